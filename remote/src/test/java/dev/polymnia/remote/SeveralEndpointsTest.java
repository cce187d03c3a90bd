package dev.polymnia.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.Branch;
import dev.polymnia.core.model.BranchListener;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.BranchResult;
import dev.polymnia.core.model.Capability;
import dev.polymnia.core.model.Channel;
import dev.polymnia.core.model.Prices;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.Trunk;
import dev.polymnia.core.run.Account;
import dev.polymnia.core.run.Budget;
import dev.polymnia.testkit.FakeServer;
import dev.polymnia.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Several endpoints that serve one model: which one is asked, and what happens if it fails.
final class SeveralEndpointsTest extends RemoteFixture {
    private static final FakeServer.Answer WORD =
            call -> call.stream().says(0, "Yes").finish(0, "stop").usage(9, 0, 2).done();
    private static final FakeServer.Answer ILL = call -> call.error(503, "it hurts");

    private final FakeServer other = new FakeServer();
    private final ManualClock clock = new ManualClock();

    @AfterEach
    void closeOther() {
        other.close();
    }

    private RemoteOptions otherOptions() {
        return RemoteOptions.of(other.url());
    }

    private RemoteModel both() {
        return several(clock, options(), otherOptions());
    }

    /// Two endpoints, and of every call only the answer of the first one counts.
    private RemoteModel bothOnce() {
        return several(clock, options().withRetries(0), otherOptions().withRetries(0));
    }

    /// Returns a conversation that is at home at an endpoint.
    private static Prompt at(RemoteModel model, FakeServer server) {
        return IntStream.range(0, 1000)
                .mapToObj(i -> Prompt.of(Message.user("Question number " + i)))
                .filter(prompt -> home(model, prompt).equals(server.url() + "/v1"))
                .findFirst()
                .orElseThrow();
    }

    private static String home(RemoteModel model, Prompt prompt) {
        try (Pool.Seat seat = model.pool().seat(prompt)) {
            return seat.link().options().base().toString();
        }
    }

    private BranchResult ask(RemoteModel model, Prompt prompt) {
        return model.generate(new BranchRequest(prompt, OPTIONS), told);
    }

    @Test
    void all_branches_of_a_trunk_are_asked_at_one_endpoint() {
        server.then(WORD);
        other.then(WORD);
        RemoteModel model = both();
        Prompt prompt = at(model, other);

        try (Trunk trunk = model.open(prompt)) {
            for (int i = 0; i < 4; i++) {
                Prompt hinted = prompt.withHint("Try number " + i);
                try (Branch branch = trunk.fork(new BranchRequest(hinted, OPTIONS), told)) {
                    branch.await();
                    branch.resume(new BranchRequest(hinted, OPTIONS), told);
                    branch.await();
                }
            }
        }

        assertThat(other.calls()).hasSize(8);
        assertThat(server.calls()).isEmpty();
    }

    @Test
    void the_turns_of_a_conversation_have_one_home_and_conversations_have_several() {
        RemoteModel model = both();
        List<String> homes = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Prompt first = Prompt.of(Message.system("Be short."), Message.user("Question " + i));
            Prompt second = first.plus(Message.assistant("So?")).plus(Message.user("Why?"));
            homes.add(home(model, first));

            assertThat(home(model, second)).isEqualTo(homes.getLast());
        }

        assertThat(homes).contains(server.url() + "/v1", other.url() + "/v1");
    }

    @Test
    void another_program_finds_the_same_home() {
        Prompt prompt = at(both(), other);

        assertThat(home(several(clock, otherOptions(), options()), prompt))
                .isEqualTo(other.url() + "/v1");
    }

    @Test
    void no_endpoint_has_more_than_its_share_and_a_quarter() {
        RemoteModel model = both();
        Prompt prompt = at(model, server);
        List<Pool.Seat> seats = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            seats.add(model.pool().seat(prompt));
            long here =
                    seats.stream()
                            .filter(seat -> seat.link() == model.pool().links().getFirst())
                            .count();

            int all = i + 1;
            assertThat(here).isLessThanOrEqualTo(Math.max((all + 1) / 2, (int) (1.25 * all / 2)));
        }
        seats.forEach(Pool.Seat::close);

        assertThat(home(model, prompt)).isEqualTo(server.url() + "/v1");
    }

    @Test
    void of_two_trunks_neither_waits_for_the_other() {
        RemoteModel model = both();
        Prompt prompt = at(model, server);

        try (Pool.Seat first = model.pool().seat(prompt);
                Pool.Seat second = model.pool().seat(prompt)) {
            assertThat(first.link()).isNotSameAs(second.link());
        }
    }

    static Stream<Arguments> failuresBeforeWords() {
        return Stream.of(
                failure("HTTP 500", call -> call.error(500, "it hurts")),
                failure("loading", call -> call.error(503, "loading", "Retry-After: 8")),
                failure("too many requests", call -> call.error(429, "full", "Retry-After: 8")),
                failure("no answer", call -> {}),
                failure("a page", call -> call.respond(200, "text/html", "<html>Hi</html>")),
                failure("headers only", FakeServer.Call::stream),
                failure("a role only", call -> call.stream().delta(0, "\"role\":\"assistant\"")),
                failure("no words", call -> call.stream().done()));
    }

    private static Arguments failure(String name, FakeServer.Answer answer) {
        return Arguments.of(name, answer);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failuresBeforeWords")
    void what_fails_before_words_is_asked_for_elsewhere(String name, FakeServer.Answer answer) {
        server.then(answer);
        other.then(WORD);
        RemoteModel model = bothOnce();
        Prompt prompt = at(model, server);

        try (Trunk trunk = model.open(prompt)) {
            for (int i = 0; i < 2; i++) {
                try (Branch branch = trunk.fork(new BranchRequest(prompt, OPTIONS), told)) {
                    assertThat(branch.await().message().text()).isEqualTo("Yes");
                }
            }
        }

        // The second branch went where the trunk had moved to.
        assertThat(server.calls()).as(name).hasSize(1);
        assertThat(other.calls()).hasSize(2);
    }

    @Test
    void what_fails_after_words_is_not_asked_for_again() {
        server.then(call -> call.stream().says(0, "It is"));
        other.then(WORD);
        RemoteModel model = both();

        assertFault(
                Fault.Code.UNAVAILABLE,
                () -> ask(model, at(model, server)),
                "in the middle of an answer",
                server.url());

        assertThat(told.words(Channel.ANSWER)).isEqualTo("It is");
        assertThat(server.calls()).hasSize(1);
        assertThat(other.calls()).isEmpty();
    }

    @Test
    void what_is_wrong_with_a_request_is_wrong_everywhere() {
        server.then(call -> call.error(400, "no"));
        other.then(WORD);
        RemoteModel model = both();

        assertFault(Fault.Code.INVALID, () -> ask(model, at(model, server)), "refuses the request");
        assertThat(other.calls()).isEmpty();
    }

    @Test
    void when_all_have_failed_they_are_tried_again() {
        FakeServer.Answer later = call -> call.error(503, "later", "Retry-After: 0");
        server.then(later);
        other.then(later, WORD);
        RemoteModel model = both();

        assertThat(ask(model, at(model, server)).message().text()).isEqualTo("Yes");
        assertThat(server.calls().size() + other.calls().size()).isBetween(3, 4);
    }

    @Test
    void tokens_are_reserved_anew_at_the_other_endpoint() {
        server.then(ILL);
        other.then(WORD);
        RemoteModel model = both();
        Account account = new Account(Budget.UNLIMITED.withTokens(12), clock);

        model.generate(
                new BranchRequest(at(model, server), OPTIONS.withMeter(account.meter())), told);

        assertThat(json(other.calls().getFirst()).path("max_tokens").asInt()).isEqualTo(12);
        assertThat(account.tokensLeft()).isEqualTo(10);
    }

    private RemoteModel bothPriced() {
        Map<String, Prices> prices = Map.of("tiny", new Prices(1_000_000, 1_000_000, 1_000_000));
        return several(clock, options().withPrices(prices), otherOptions().withPrices(prices));
    }

    static Stream<Arguments> failuresThatMayCost() {
        return Stream.of(
                failure("no words", call -> call.stream().done()),
                failure("headers only", FakeServer.Call::stream));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failuresThatMayCost")
    void a_call_that_may_have_to_be_paid_is_not_made_twice(String name, FakeServer.Answer answer) {
        server.then(answer);
        other.then(WORD);
        RemoteModel model = bothPriced();

        assertFault(Fault.Code.UNAVAILABLE, () -> ask(model, at(model, server)), server.url());
        assertThat(other.calls()).as(name).isEmpty();
    }

    @Test
    void a_call_that_is_refused_costs_nothing_and_is_made_elsewhere() {
        server.then(ILL);
        other.then(WORD);
        RemoteModel model = bothPriced();
        Account account =
                new Account(Budget.UNLIMITED.withMoney(2000), clock, model.info().prices());

        model.generate(
                new BranchRequest(at(model, server), OPTIONS.withMeter(account.meter())), told);

        // Nine tokens were read and two written, at a millionth each.
        assertThat(account.tokensLeft()).isEqualTo(1989);
    }

    @Test
    void a_wave_that_moves_goes_apart_where_answers_come_singly() {
        server.models(FakeServer.list("tiny", "vllm", "")).then(ILL);
        other.models(FakeServer.list("tiny", "library", "")).then(WORD);
        RemoteModel model = bothOnce();
        Prompt prompt = at(model, server);
        List<Trunk.Fork> forks =
                IntStream.range(0, 3)
                        .mapToObj(i ->
                                new Trunk.Fork(
                                        new BranchRequest(prompt, OPTIONS.withSeed(i)),
                                        BranchListener.NONE))
                        .toList();

        try (Trunk trunk = model.open(prompt)) {
            for (Branch branch : trunk.forkAll(forks)) {
                assertThat(branch.await().message().text()).isEqualTo("Yes");
            }
        }

        assertThat(json(server.calls().getFirst()).path("n").asInt()).isEqualTo(3);
        assertThat(other.calls()).hasSize(3).noneMatch(call -> json(call).has("n"));
    }

    @Test
    void an_endpoint_that_keeps_failing_is_left_alone_and_tried_again_later() {
        AtomicReference<FakeServer.Answer> answer = new AtomicReference<>(ILL);
        server.then(call -> answer.get().to(call));
        other.then(WORD);
        RemoteModel model = bothOnce();
        Prompt prompt = at(model, server);

        askTimes(model, prompt, 5);
        assertThat(server.calls()).hasSize(3);
        assertThat(home(model, prompt)).isEqualTo(other.url() + "/v1");

        clock.advance(Duration.ofSeconds(15));
        askTimes(model, prompt, 2);
        assertThat(server.calls()).hasSize(4);

        clock.advance(Duration.ofSeconds(29));
        askTimes(model, prompt, 1);
        assertThat(server.calls()).hasSize(4);

        answer.set(WORD);
        clock.advance(Duration.ofSeconds(1));
        askTimes(model, prompt, 2);
        assertThat(server.calls()).hasSize(6);
        assertThat(other.calls()).hasSize(8);
    }

    @Test
    void an_endpoint_that_begins_and_says_nothing_is_left_alone_too() {
        server.then(call -> call.stream().delta(0, "\"role\":\"assistant\""));
        other.then(WORD);
        RemoteModel model = bothOnce();

        askTimes(model, at(model, server), 5);

        assertThat(server.calls()).hasSize(3);
    }

    private void askTimes(RemoteModel model, Prompt prompt, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(ask(model, prompt).message().text()).isEqualTo("Yes");
        }
    }

    @Test
    void when_all_are_left_alone_it_is_said_since_when_and_until_when() {
        server.then(ILL);
        other.then(ILL);
        RemoteModel model = bothOnce();
        for (int i = 0; i < 3; i++) {
            assertFault(Fault.Code.UNAVAILABLE, () -> ask(model), "HTTP 503");
        }

        assertFault(
                Fault.Code.UNAVAILABLE,
                () -> ask(model),
                "None of the 2 endpoints",
                server.url() + "/v1 has failed since 2026-01-01T00:00:00Z",
                other.url() + "/v1 has failed since 2026-01-01T00:00:00Z",
                "tried again at 2026-01-01T00:00:15Z",
                "it hurts");
        assertThat(server.calls()).hasSize(3);
        assertThat(other.calls()).hasSize(3);
    }

    @Test
    void a_lone_endpoint_is_always_asked() {
        server.then(ILL);
        RemoteModel model = model(options().withRetries(0));

        for (int i = 0; i < 6; i++) {
            assertFault(Fault.Code.UNAVAILABLE, () -> ask(model), "HTTP 503");
        }

        assertThat(server.calls()).hasSize(6);
    }

    @Test
    void endpoints_with_different_models_are_refused() {
        other.models(FakeServer.list("large", "somebody", ""));

        assertFault(
                Fault.Code.INVALID,
                this::both,
                server.url() + "/v1 has 'tiny'",
                other.url() + "/v1 has 'large'",
                "--model");
    }

    @Test
    void an_endpoint_is_named_once() {
        assertFault(
                Fault.Code.INVALID,
                () -> several(Clock.SYSTEM, options(), options()),
                server.url(),
                "named twice");
    }

    @Test
    void endpoints_with_different_prices_are_refused() {
        Map<String, Prices> prices = Map.of("tiny", new Prices(2_000_000, 1_000_000, 500_000));

        assertFault(
                Fault.Code.INVALID,
                () -> several(clock, options().withPrices(prices), otherOptions()),
                "different prices for 'tiny'",
                server.url() + "/v1 takes 2, 1, 0.5",
                other.url() + "/v1 takes 0, 0, 0");
    }

    @Test
    void what_they_can_do_is_what_each_of_them_can() {
        server.models(FakeServer.list("tiny", "llamacpp", ",\"meta\":{\"n_ctx\":4096}"));
        other.models(FakeServer.list("tiny", "vllm", ",\"max_model_len\":2048"));
        FakeServer plain = new FakeServer();

        try (plain) {
            RemoteModel able = both();
            RemoteModel less = several(clock, options(), RemoteOptions.of(plain.url()));

            assertThat(able.info().capabilities())
                    .contains(Capability.BEGINNING, Capability.GRAMMAR);
            assertThat(able.info().contextTokens()).isEqualTo(2048);
            assertThat(less.info().capabilities())
                    .contains(Capability.SCHEMA)
                    .doesNotContain(Capability.BEGINNING, Capability.GRAMMAR);
            assertThat(less.info().contextTokens()).isEqualTo(4096);
        }
    }
}
