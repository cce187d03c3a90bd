package dev.polymnia.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.agents.Assistant;
import dev.polymnia.agents.RunRequest;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.run.Budget;
import dev.polymnia.remote.RemoteOptions;
import dev.polymnia.server.Endpoints;
import dev.polymnia.server.Endpoints.Heard;
import dev.polymnia.server.Endpoints.Kept;
import dev.polymnia.server.Endpoints.Wanted;
import dev.polymnia.server.Served;
import dev.polymnia.testkit.FakeServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Endpoints that owners add, with one that speaks HTTP.
@Timeout(value = 1, unit = TimeUnit.MINUTES)
final class KeptEndpointsTest {
    private static final String KEY = "sk-very-secret-42";
    private static final FakeServer.Answer HELLO =
            call -> call.stream().says(0, "Hello!\\n").finish(0, "stop").usage(9, 0, 2).done();

    private final FakeServer server = new FakeServer();
    private final Cancellation cancellation = new Cancellation();

    @TempDir private Path folder;
    private EndpointFile file;
    private KeptEndpoints endpoints;

    @BeforeEach
    void open() {
        file = new EndpointFile(folder.resolve("endpoints.json"));
        endpoints = again();
    }

    @AfterEach
    void close() {
        endpoints.close();
        server.close();
    }

    /// Returns those of another start.
    private KeptEndpoints again() {
        return new KeptEndpoints(
                file,
                AddedEndpointTest::connect,
                (model, hosts) ->
                        new Served(new Assistant(model, Clock.SYSTEM), model.info(), hosts));
    }

    private Wanted wanted(String key, String model) {
        return new Wanted(server.url(), key, model);
    }

    private Endpoints.Added add(String key, String model) {
        return endpoints.add(wanted(key, model), _ -> {}, cancellation);
    }

    private static String say(Served served) {
        RunRequest request =
                new RunRequest(
                        "run",
                        List.of(Message.user("Hello?")),
                        Mode.INSTANT,
                        Budget.UNLIMITED,
                        1,
                        1,
                        new Cancellation());
        return served.assistant().answer(request, _ -> {}).text();
    }

    private static void assertFault(Fault.Code code, ThrowingCallable call, String... words) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> {
                            assertThat(fault.code()).isEqualTo(code);
                            assertThat(fault.getMessage()).contains(words).doesNotContain(KEY);
                        });
    }

    @Test
    void what_is_added_answers_and_is_there_at_the_next_start() {
        server.then(HELLO);

        Endpoints.Added added = add(KEY, "");

        assertThat(added.kept().address()).isEqualTo(server.url() + "/v1");
        assertThat(added.kept().model()).isEqualTo("tiny");
        assertThat(added.kept().hasKey()).isTrue();
        assertThat(added.kept().toString() + added.served()).doesNotContain(KEY);
        assertThat(added.served().hosts()).containsExactly("127.0.0.1:" + server.port());
        assertThat(say(added.served())).isEqualTo("Hello!");
        try (KeptEndpoints later = again()) {
            assertThat(later.all()).containsExactly(added.kept());
            Served served = later.connect(added.kept().id(), cancellation);
            assertThat(served.model().name()).isEqualTo("tiny");
            assertThat(say(served)).isEqualTo("Hello!");
        }
        assertThat(server.calls())
                .hasSize(2)
                .allSatisfy(call ->
                        assertThat(call.headers()).containsEntry("authorization", "Bearer " + KEY));
    }

    @Test
    void what_is_refused_is_not_kept() {
        assertThatThrownBy(() ->
                        endpoints.add(
                                wanted("", ""),
                                kept -> {
                                    throw new IllegalStateException("taken: " + kept.model());
                                },
                                cancellation))
                .hasMessage("taken: tiny");
        assertThat(file.file()).doesNotExist();

        server.models(call -> call.error(401, "not this one: " + KEY));
        assertFault(Fault.Code.INVALID, () -> add(KEY, ""), "refuses the key");
        assertFault(
                Fault.Code.INVALID, () -> add("a key", ""), "The key of the endpoint", "not shown");
        assertFault(
                Fault.Code.INVALID,
                () -> endpoints.test(new Wanted("far.example", "", ""), cancellation),
                "no web address");
        assertThat(endpoints.all()).isEmpty();
    }

    @Test
    void what_is_removed_is_gone_with_its_key() {
        Kept kept = add(KEY, "").kept();
        endpoints.remove(kept.id());

        assertThat(endpoints.all()).isEmpty();
        assertThat(file.file()).content().doesNotContain(KEY);
        assertFault(
                Fault.Code.NOT_FOUND, () -> endpoints.connect(kept.id(), cancellation), kept.id());
        assertFault(Fault.Code.NOT_FOUND, () -> endpoints.remove(kept.id()), kept.id());
    }

    @Test
    void a_test_asks_the_only_model_for_a_few_words() {
        server.models(FakeServer.list("tiny", "vllm", ",\"max_model_len\":32768")).then(HELLO);

        Heard heard = endpoints.test(wanted(KEY, ""), cancellation);

        assertThat(heard.models()).containsExactly("tiny");
        assertThat(heard.model()).isEqualTo("tiny");
        assertThat(heard.words()).isEqualTo("Hello!");
        assertThat(heard.contextTokens()).isEqualTo(32_768);
        assertThat(heard.time()).isPositive();
        assertThat(server.calls())
                .singleElement()
                .satisfies(call -> {
                    assertThat(call.body()).contains("\"max_tokens\":32");
                    assertThat(call.headers()).containsEntry("authorization", "Bearer " + KEY);
                });
        assertThat(file.file()).doesNotExist();
    }

    @Test
    void a_test_tells_the_models_where_none_of_several_is_chosen() {
        server.models("{\"data\":[{\"id\":\"one\"},{\"id\":\"two\"}]}").then(HELLO);

        Heard several = endpoints.test(wanted("", ""), cancellation);
        assertThat(several.models()).containsExactly("one", "two");
        assertThat(several.model()).isEmpty();
        assertThat(server.calls()).isEmpty();

        assertThat(endpoints.test(wanted("", "two"), cancellation).model()).isEqualTo("two");
        assertFault(
                Fault.Code.NOT_FOUND,
                () -> endpoints.test(wanted("", "three"), cancellation),
                "no model 'three'",
                "one, two");
        assertFault(Fault.Code.INVALID, () -> add("", ""), "2 models", "one, two");
    }

    @Test
    void an_endpoint_that_says_our_key_again_does_not_have_it_told() {
        server.models(FakeServer.list("tiny-" + KEY, "", ""))
                .then(call -> call.stream().says(0, "You are " + KEY).finish(0, "stop").done());

        Heard heard = endpoints.test(wanted(KEY, ""), cancellation);

        assertThat(heard.words()).isEqualTo("You are ***");
        assertThat(heard.toString()).contains("tiny-***").doesNotContain(KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-" + KEY, " tiny", "ti\\u0007ny"})
    void a_model_without_a_proper_name_is_not_kept(String name) {
        server.models(FakeServer.list(name, "", ""));

        assertFault(Fault.Code.CORRUPT, () -> add(KEY, ""), "what is no name");
        assertThat(file.file()).doesNotExist();
    }

    @Test
    void a_model_that_only_thinks_in_a_few_words_is_heard_thinking() {
        server.then(call ->
                call.stream()
                        .delta(0, "\"reasoning_content\":\"They greet me\"")
                        .finish(0, "length")
                        .done());

        assertThat(endpoints.test(wanted("", ""), cancellation).words()).isEqualTo("They greet me");
    }

    @Test
    void a_test_ends_if_nothing_is_said() {
        server.then(FakeServer.Call::awaitGone);

        assertFault(
                Fault.Code.UNAVAILABLE,
                () -> trial(Duration.ofMillis(50), Duration.ofMinutes(1)).run(cancellation),
                "has not said a word");
    }

    @Test
    void a_test_ends_if_there_is_no_end() {
        server.then(call -> {
            call.stream().says(0, "Hello!");
            while (true) {
                call.raw(": I am at work\n\n");
            }
        });

        Heard heard = trial(Duration.ofMinutes(1), Duration.ofMillis(200)).run(cancellation);

        assertThat(heard.model()).isEqualTo("tiny");
    }

    @Test
    void a_test_ends_if_it_is_not_wanted_any_more() {
        server.then(call -> {
            cancellation.request();
            call.awaitGone();
        });

        assertFault(
                Fault.Code.CANCELLED,
                () -> endpoints.test(wanted("", ""), cancellation),
                "cancelled");
    }

    /// Returns a trial of little patience.
    private EndpointTrial trial(Duration firstToken, Duration longest) {
        Duration connect = Duration.ofSeconds(5);
        return new EndpointTrial(
                RemoteOptions.of(server.url())
                        .withRetries(0)
                        .withTimeouts(connect, firstToken, Duration.ofSeconds(5)),
                longest);
    }
}
