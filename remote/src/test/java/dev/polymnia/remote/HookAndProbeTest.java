package dev.polymnia.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Branch;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.BranchResult;
import dev.polymnia.core.model.Detail;
import dev.polymnia.core.model.Probe;
import dev.polymnia.core.model.StopHook;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.TokenDetail;
import dev.polymnia.core.model.Trunk;
import dev.polymnia.core.model.Usage;
import dev.polymnia.core.run.Account;
import dev.polymnia.core.run.Budget;
import dev.polymnia.testkit.FakeServer;
import dev.polymnia.testkit.ManualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// Stop hooks and probes at endpoints.
final class HookAndProbeTest extends RemoteFixture {
    private final List<TokenDetail> hooked = new ArrayList<>();

    /// Stops after a number of tokens.
    private StopHook after(int tokens) {
        return token -> {
            hooked.add(token);
            return hooked.size() == tokens;
        };
    }

    private static String described(String text, String... tokens) {
        List<String> all = new ArrayList<>();
        for (String token : tokens) {
            all.add("{\"token\":\"%s\",\"logprob\":-0.5}".formatted(token));
        }
        return "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"},\"logprobs\":{\"content\":[%s]}}]}"
                .formatted(text, String.join(",", all));
    }

    @Test
    void a_hook_is_asked_after_each_piece_and_closes_the_stream() throws InterruptedException {
        CountDownLatch gone = new CountDownLatch(1);
        server.then(call -> {
            call.stream().delta(0, "\"role\":\"assistant\"").says(0, "One").says(0, " two");
            call.awaitGone();
            gone.countDown();
        });
        Account account = new Account(Budget.UNLIMITED.withTokens(100), new ManualClock());

        BranchResult result =
                ask(model(), OPTIONS.withStopHook(after(2)).withMeter(account.meter()));

        assertThat(result.reason()).isEqualTo(StopReason.STOP_HOOK);
        assertThat(result.message().text()).isEqualTo("One two");
        assertThat(result.usage().generated()).isEqualTo(2);
        assertThat(account.tokensLeft()).isEqualTo(98);
        assertThat(hooked)
                .hasSize(2)
                .containsOnly(new TokenDetail(-1, "", Double.NaN, Double.NaN, List.of()));
        gone.await();
    }

    @Test
    void a_hook_sees_the_tokens_of_a_piece_one_by_one() {
        server.then(call ->
                call.stream()
                        .data(described("One two three", "One", " two", " three"))
                        .awaitGone());

        BranchResult result =
                ask(model(), OPTIONS.withDetail(Detail.LOG_PROBABILITIES).withStopHook(after(2)));

        assertThat(result.reason()).isEqualTo(StopReason.STOP_HOOK);
        assertThat(result.message().text()).isEqualTo("One two three");
        assertThat(result.usage().generated()).isEqualTo(3);
        assertThat(hooked).hasSize(2).allMatch(token -> token.logProbability() == -0.5);
        assertThat(told.tokens()).hasSize(3);
    }

    @Test
    void words_held_back_for_a_stop_string_are_told_when_a_hook_stops() {
        server.then(call -> call.stream().says(0, "A st").awaitGone());

        BranchResult result =
                ask(model(), OPTIONS.withStops(List.of("stop")).withStopHook(after(1)));

        assertThat(result.reason()).isEqualTo(StopReason.STOP_HOOK);
        assertThat(result.message().text()).isEqualTo("A st");
    }

    @Test
    void a_stop_string_comes_before_the_hook() {
        server.then(call -> call.stream().says(0, "A stop").awaitGone());

        BranchResult result =
                ask(model(), OPTIONS.withStops(List.of("stop")).withStopHook(after(1)));

        assertThat(result.reason()).isEqualTo(StopReason.STOP_STRING);
        assertThat(hooked).isEmpty();
    }

    @Test
    void a_hook_that_throws_fails_its_branch() {
        server.then(call -> call.stream().says(0, "One").awaitGone());

        assertFault(
                Fault.Code.INTERNAL,
                () ->
                        ask(
                                model(),
                                OPTIONS.withStopHook(token -> {
                                    throw new IllegalStateException("thrown by the test");
                                })),
                "its stop hook threw",
                "thrown by the test");
        assertThat(told.events().getLast()).isInstanceOf(BranchEvent.Failed.class);
    }

    @Test
    void a_hook_stops_its_own_answer_and_the_others_go_on() throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        server.then(call -> {
            call.stream().says(0, "One").says(1, "Uno");
            stopped.await();
            call.says(0, " two").says(1, " dos").finish(1, "stop").usage(9, 0, 5).done();
        });

        try (Trunk trunk = model().open(PROMPT)) {
            List<Branch> branches =
                    trunk.forkAll(
                            List.of(
                                    new Trunk.Fork(
                                            new BranchRequest(
                                                    PROMPT, OPTIONS.withStopHook(after(1))),
                                            told),
                                    new Trunk.Fork(new BranchRequest(PROMPT, OPTIONS), told)));
            BranchResult first = branches.getFirst().await();
            stopped.countDown();
            BranchResult second = branches.getLast().await();

            assertThat(first.reason()).isEqualTo(StopReason.STOP_HOOK);
            assertThat(first.message().text()).isEqualTo("One");
            assertThat(second.reason()).isEqualTo(StopReason.END);
            assertThat(second.message().text()).isEqualTo("Uno dos");
            assertThat(first.usage().plus(second.usage())).isEqualTo(new Usage(0, 9, 5));
            assertThat(server.calls()).hasSize(1);
        }
    }

    private static FakeServer.Answer first(String alternatives) {
        return call ->
                call.stream()
                        .data(
                                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Yes\"},\"logprobs\":{\"content\":[{\"token\":\"Yes\",\"logprob\":-0.1,\"top_logprobs\":[%s]}]}}]}"
                                        .formatted(alternatives))
                        .finish(0, "length")
                        .usage(9, 0, 1)
                        .done();
    }

    @Test
    void a_probe_asks_for_one_token_and_its_alternatives() {
        server.then(
                first(
                        "{\"token\":\"Yes\",\"logprob\":-0.5},{\"token\":\""
                                + " No\",\"logprob\":-1.5},{\"token\":\" Yes\",\"logprob\":-2.5}"));

        List<Probe.Result> results =
                model().probe(
                                List.of(
                                        new Probe(PROMPT, List.of("Yes", "No"), OPTIONS),
                                        new Probe(PROMPT, List.of("Maybe"), OPTIONS)));

        assertThat(results.getFirst().probabilities().getFirst())
                .isCloseTo(Math.exp(-0.5) + Math.exp(-2.5), within(1e-9));
        assertThat(results.getFirst().probabilities().getLast())
                .isCloseTo(Math.exp(-1.5), within(1e-9));
        assertThat(results.getLast().probabilities()).containsExactly(0.0);
        assertThat(results.getFirst().usage()).isEqualTo(new Usage(0, 9, 1));
        assertThat(server.calls()).hasSize(2);
        for (FakeServer.Call call : server.calls()) {
            JsonNode sent = json(call);
            assertThat(sent.path("max_tokens").asInt()).isEqualTo(1);
            assertThat(sent.path("top_logprobs").asInt()).isEqualTo(20);
            assertThat(sent.path("temperature").asDouble()).isZero();
        }
    }

    @Test
    void an_endpoint_that_tells_no_alternatives_cannot_be_probed() {
        server.then(first(""), call -> call.error(400, "logprobs are not supported"), first(""));
        RemoteModel model = model();
        List<Probe> probes = List.of(new Probe(PROMPT, List.of("Yes"), OPTIONS));

        for (int i = 0; i < 3; i++) {
            assertFault(Fault.Code.UNSUPPORTED, () -> model.probe(probes), "nothing can be probed");
        }
        assertThat(server.calls()).hasSize(3);
    }

    @Test
    void nothing_to_fork_is_a_mistake() {
        try (Trunk trunk = model().open(PROMPT)) {
            assertFault(
                    Fault.Code.INVALID, () -> trunk.forkAll(List.of()), "No branches were asked");
        }
    }
}
