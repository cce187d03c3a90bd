package dev.polymnia.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.Channel;
import dev.polymnia.testkit.FakeServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What goes wrong at an endpoint, and what a person is told of it.
final class FaultsTest extends RemoteFixture {
    private static final String KEY = "sk-very-secret-42";

    @ParameterizedTest
    @CsvSource({
        "401, INVALID, wants a key",
        "403, INVALID, wants a key",
        "404, NOT_FOUND, knows no model 'tiny'",
        "413, CONTEXT_FULL, shorten it",
        "429, OVERLOADED, no more requests",
        "500, UNAVAILABLE, HTTP 500: it hurts",
        "503, UNAVAILABLE, HTTP 503: it hurts",
        "400, INVALID, refuses the request",
        "418, INVALID, refuses the request",
        "302, INVALID, sends us on"
    })
    void a_refusal_says_what_to_do(int status, Fault.Code code, String words) {
        server.then(call -> call.error(status, "it hurts", "Retry-After: 0"));

        assertFault(code, () -> ask(model()), words, server.url());
    }

    @Test
    void a_key_that_is_refused_is_called_so() {
        server.then(call -> call.error(401, "Incorrect API key provided: " + KEY));

        assertFault(
                Fault.Code.INVALID, () -> ask(model(options().withKey(KEY))), "refuses the key");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "request (9031 tokens) exceeds the available context size (2048 tokens), try"
                        + " increasing it",
                "This model's maximum context length is 4096 tokens. However, you requested 9000",
                "prompt is too long: 210000 tokens > 200000 maximum"
            })
    void a_prompt_that_does_not_fit_is_called_so(String message) {
        server.then(call -> call.error(400, message));

        assertFault(Fault.Code.CONTEXT_FULL, () -> ask(model()), "shorten it", message);
    }

    @Test
    void the_models_are_listed_when_one_is_not_there() {
        server.models("{\"data\":[{\"id\":\"one\"},{\"id\":\"two\"}]}");

        assertFault(Fault.Code.NOT_FOUND, () -> model(options().withModel("three")), "one, two");
        assertFault(Fault.Code.INVALID, this::model, "2 models", "one, two");
        assertThat(model(options().withModel("two")).info().name()).isEqualTo("two");
    }

    @Test
    void an_endpoint_tells_its_models_whether_or_not_one_is_chosen() {
        server.models("{\"data\":[{\"id\":\"one\"},{\"owned_by\":\"nobody\"},{\"id\":\"two\"}]}");
        assertThat(RemoteModel.models(options(), new Cancellation())).containsExactly("one", "two");

        server.models(call -> call.error(404, "no such page"));
        assertThat(RemoteModel.models(options(), new Cancellation())).isEmpty();

        server.models(call -> call.error(401, "who are you?"));
        assertFault(
                Fault.Code.INVALID,
                () -> RemoteModel.models(options(), new Cancellation()),
                "wants a key");
    }

    @Test
    void an_endpoint_without_a_list_needs_a_name() {
        server.models(call -> call.error(404, "no such page"));

        assertFault(Fault.Code.NOT_FOUND, this::model, "no list of models", "name a model");
        assertThat(model(options().withModel("mine")).info().name()).isEqualTo("mine");
    }

    @Test
    void a_web_page_is_no_endpoint() {
        server.then(call -> call.respond(200, "text/html", "<html>Welcome</html>"));
        assertFault(Fault.Code.CORRUPT, () -> ask(model()), "text/html", "check the address");

        server.models(call -> call.respond(200, "text/html; charset=utf-8", "<html>Hi</html>"));
        assertFault(Fault.Code.CORRUPT, this::model, "text/html", "check the address");
    }

    @Test
    void an_error_page_does_not_hide_its_status() {
        server.then(call ->
                call.respond(502, "text/html", "<html>Bad gateway</html>", "Retry-After: 0"));

        assertFault(Fault.Code.UNAVAILABLE, () -> ask(model()), "HTTP 502");
    }

    @Test
    void broken_json_is_called_so() {
        server.models(call -> call.json(200, "{\"data\":["));
        assertFault(Fault.Code.CORRUPT, this::model, "no JSON");

        server.models(FakeServer.list("tiny", "me", ""))
                .then(call -> call.stream().data("{\"choices\":[{").done());
        assertFault(Fault.Code.CORRUPT, () -> ask(model()), "no JSON");
    }

    @Test
    void a_stream_that_stops_in_the_middle_keeps_its_words() {
        server.then(call -> call.stream().says(0, "It is").says(0, " fo"));

        assertFault(Fault.Code.UNAVAILABLE, () -> ask(model()), "in the middle of an answer");
        assertThat(told.words(Channel.ANSWER)).isEqualTo("It is fo");
        assertThat(told.events().getLast())
                .isInstanceOfSatisfying(
                        BranchEvent.Failed.class,
                        failed -> assertThat(failed.usage().generated()).isEqualTo(2));
        assertThat(server.calls()).hasSize(1);
    }

    @Test
    void a_stream_of_nothing_is_a_failure() {
        server.then(call -> call.stream().done());

        assertFault(Fault.Code.UNAVAILABLE, () -> ask(model()), "ended its stream");
    }

    @Test
    void an_error_in_the_stream_is_told_with_its_words() {
        server.then(call ->
                call.stream().says(0, "It").data("{\"error\":{\"message\":\"out of memory\"}}"));

        assertFault(Fault.Code.UNAVAILABLE, () -> ask(model()), "out of memory");
        assertThat(told.words(Channel.ANSWER)).isEqualTo("It");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"type\":\"invalid_request_error\",\"code\":null", "\"code\":400"})
    void a_stream_may_say_that_the_request_is_wrong(String kind) {
        server.then(call ->
                call.stream().data("{\"error\":{\"message\":\"no such type\"," + kind + "}}"));

        assertFault(Fault.Code.INVALID, () -> ask(model()), "refuses the request", "no such type");
    }

    @Test
    void an_answer_that_is_withheld_is_no_answer() {
        server.then(call -> call.stream().says(0, "Take").finish(0, "content_filter"));

        assertFault(Fault.Code.UNAVAILABLE, () -> ask(model()), "withheld", "content_filter");
    }

    @Test
    void silence_before_the_first_word_has_a_limit() {
        RemoteOptions impatient =
                options()
                        .withTimeouts(
                                Duration.ofSeconds(5),
                                Duration.ofMillis(200),
                                Duration.ofSeconds(20));
        server.then(FakeServer.Call::awaitGone);

        assertFault(
                Fault.Code.UNAVAILABLE, () -> ask(model(impatient)), "not said a word in 200 ms");
    }

    @Test
    void silence_in_the_middle_has_a_limit() {
        RemoteOptions impatient =
                options()
                        .withTimeouts(
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(20),
                                Duration.ofMillis(200));
        server.then(call -> call.stream().says(0, "It").awaitGone());

        assertFault(Fault.Code.UNAVAILABLE, () -> ask(model(impatient)), "fell silent", "200 ms");
        assertThat(told.words(Channel.ANSWER)).isEqualTo("It");
    }

    @Test
    void signs_of_life_are_no_words() {
        RemoteOptions impatient =
                options()
                        .withTimeouts(
                                Duration.ofSeconds(5),
                                Duration.ofMillis(400),
                                Duration.ofSeconds(20));
        server.then(call -> {
            call.stream();
            while (true) {
                call.raw(": still there\n\n");
            }
        });

        assertThatThrownBy(() -> ask(model(impatient))).isInstanceOf(Fault.class);
    }

    @Test
    void an_endless_line_is_cut_off() {
        String block = "x".repeat(1 << 16);
        server.then(call -> {
            call.stream().raw("data: ");
            while (true) {
                call.raw(block);
            }
        });

        assertFault(Fault.Code.CORRUPT, () -> ask(model()), "a line of more than");
    }

    @Test
    void endless_events_are_cut_off() {
        String block = (": " + "x".repeat(1 << 10) + "\n\n").repeat(64);
        server.then(call -> {
            call.stream();
            while (true) {
                call.raw(block);
            }
        });

        assertFault(Fault.Code.CORRUPT, () -> ask(model()), "bytes, which no answer has");
    }

    @Test
    void an_endless_list_of_models_is_cut_off() {
        String block = (" ".repeat(1 << 10) + "\n").repeat(256);
        server.models(call -> {
            call.json(200, "{\"data\":[");
            while (true) {
                call.raw(block);
            }
        });

        assertFault(Fault.Code.CORRUPT, this::model, "bytes, which no answer has");
    }

    @Test
    void a_server_that_is_not_there_is_named() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        RemoteOptions nowhere = RemoteOptions.of("http://127.0.0.1:" + port).withRetries(0);

        assertFault(Fault.Code.UNAVAILABLE, () -> model(nowhere), "takes no connection", "" + port);
    }

    @Test
    void a_host_that_is_not_known_is_named() {
        RemoteOptions nowhere = RemoteOptions.of("http://nowhere.invalid").withRetries(0);

        assertFault(Fault.Code.UNAVAILABLE, () -> model(nowhere), "nowhere.invalid", "name");
    }

    @Test
    void a_server_that_speaks_no_tls_is_not_trusted() {
        RemoteOptions wrong =
                RemoteOptions.of(server.url().replace("http", "https")).withRetries(0);

        assertFault(Fault.Code.UNAVAILABLE, () -> model(wrong), "certificate", "clock");
    }

    @Test
    void a_proxy_that_fails_is_named() {
        RemoteOptions far = RemoteOptions.of("http://endpoint.invalid").withRetries(0);
        Map<String, String> environment = Map.of("HTTP_PROXY", "http://127.0.0.1:" + server.port());
        server.models(call -> call.error(407, "who are you"));

        assertFault(
                Fault.Code.UNAVAILABLE,
                () ->
                        RemoteModel.connect(
                                far, name -> instructed(), new Cancellation(), environment),
                "the proxy 127.0.0.1:" + server.port(),
                "HTTP_PROXY");
    }

    @Test
    void this_machine_is_asked_without_a_proxy() {
        Map<String, String> environment = Map.of("HTTP_PROXY", "http://nowhere.invalid");

        try (RemoteModel near =
                RemoteModel.connect(
                        options(), name -> instructed(), new Cancellation(), environment)) {
            assertThat(near.info().name()).isNotEmpty();
        }
    }

    @Test
    void the_key_is_in_no_message_and_no_trace() {
        RemoteOptions options = options().withKey(KEY).withRetries(0);
        server.models(call -> call.error(401, "wrong key " + KEY));
        assertSecret(() -> model(options));

        server.models(call -> call.raw("HTTP/1.1 " + KEY + " nonsense\r\n\r\n"));
        assertSecret(() -> model(options));

        server.models(call -> call.json(200, "{\"" + KEY + "\" oh"));
        assertSecret(() -> model(options));

        server.models(FakeServer.list("tiny", "me", ""));
        server.then(
                call -> call.stream().data("{\"error\":{\"message\":\"" + KEY + "\"}}"),
                call -> call.stream().data("{" + KEY));
        RemoteModel model = model(options);
        assertSecret(() -> ask(model));
        assertSecret(() -> ask(model));
        assertThat(told.events().toString()).doesNotContain(KEY);
        assertThat(options.toString()).doesNotContain(KEY).contains("with a key");
        assertThat(server.calls().getFirst().headers())
                .containsEntry("authorization", "Bearer " + KEY);
    }

    private static void assertSecret(Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> {
                            StringWriter trace = new StringWriter();
                            fault.printStackTrace(new PrintWriter(trace));
                            assertThat(trace.toString()).doesNotContain(KEY);
                        });
    }
}
