package dev.polymnia.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Branch;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.BranchResult;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Trunk;
import dev.polymnia.core.model.Usage;
import dev.polymnia.core.run.Account;
import dev.polymnia.core.run.Budget;
import dev.polymnia.testkit.FakeServer;
import dev.polymnia.testkit.ManualClock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Budgets, cancelling, and trying again.
final class LimitsTest extends RemoteFixture {
    private static final FakeServer.Answer WORD =
            call -> call.stream().says(0, "Yes").finish(0, "stop").usage(9, 0, 2).done();

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch gone = new CountDownLatch(1);

    private final FakeServer.Answer silence =
            call -> {
                asked.countDown();
                call.awaitGone();
                gone.countDown();
            };

    @Test
    void what_is_granted_is_the_limit_and_the_rest_goes_back() {
        server.then(WORD);
        Account account = new Account(Budget.UNLIMITED.withTokens(12), new ManualClock());

        BranchResult result = ask(model(), OPTIONS.withMeter(account.meter()));

        assertThat(result.reason()).isEqualTo(StopReason.END);
        assertThat(json(server.calls().getFirst()).path("max_tokens").asInt()).isEqualTo(12);
        assertThat(account.tokensLeft()).isEqualTo(10);
    }

    @Test
    void without_a_limit_none_is_sent() {
        server.then(WORD);

        ask(model(), OPTIONS.withMaxTokens(Integer.MAX_VALUE));

        assertThat(json(server.calls().getFirst()).has("max_tokens")).isFalse();
    }

    @Test
    void an_empty_budget_makes_no_call() {
        Account account = new Account(Budget.UNLIMITED.withTokens(1), new ManualClock());
        account.meter().reserve(1);

        assertThat(ask(model(), OPTIONS.withMeter(account.meter())).reason())
                .isEqualTo(StopReason.BUDGET_TOKENS);
        assertThat(server.calls()).isEmpty();
    }

    @Test
    void an_endpoint_that_ignores_the_limit_is_stopped() {
        server.then(call -> {
            call.stream();
            while (true) {
                call.says(0, "x");
            }
        });

        BranchResult result = ask(model(), OPTIONS.withMaxTokens(5));

        assertThat(result.reason()).isEqualTo(StopReason.LENGTH);
        assertThat(result.usage().generated()).isEqualTo(6);
    }

    @Test
    void the_time_ends_a_call_that_says_nothing() throws InterruptedException {
        server.then(silence);
        ManualClock clock = new ManualClock();
        Account account = new Account(Budget.UNLIMITED.withTime(Duration.ofSeconds(5)), clock);

        try (Trunk trunk = model().open(PROMPT);
                Branch branch =
                        trunk.fork(
                                new BranchRequest(PROMPT, OPTIONS.withMeter(account.meter())),
                                told)) {
            asked.await();
            clock.advance(Duration.ofSeconds(5));

            assertThat(branch.await().reason()).isEqualTo(StopReason.BUDGET_TIME);
            gone.await();
            assertThat(account.tokensLeft()).isEqualTo(Budget.UNLIMITED.tokens());
        }
    }

    @Test
    void cancelling_closes_a_connection_that_waits_for_an_answer() throws InterruptedException {
        server.then(silence);

        try (Trunk trunk = model().open(PROMPT);
                Branch branch = trunk.fork(new BranchRequest(PROMPT, OPTIONS), told)) {
            asked.await();
            branch.cancel();

            assertThat(branch.await().reason()).isEqualTo(StopReason.CANCELLED);
            assertThat(branch.await().usage()).isEqualTo(Usage.NONE);
            gone.await();
        }
    }

    @Test
    void cancelling_the_run_closes_a_stream() throws InterruptedException {
        server.then(call -> {
            call.stream().says(0, "So");
            silence.to(call);
        });
        Cancellation cancellation = new Cancellation();

        try (Trunk trunk = model().open(PROMPT);
                Branch branch =
                        trunk.fork(
                                new BranchRequest(PROMPT, OPTIONS.withCancellation(cancellation)),
                                told)) {
            told.awaitWords();
            cancellation.request();

            assertThat(branch.await().reason()).isEqualTo(StopReason.CANCELLED);
            assertThat(branch.await().message().text()).isEqualTo("So");
            gone.await();
        }
    }

    @Test
    void cancelling_ends_a_pause_between_two_tries() throws InterruptedException {
        server.then(call -> {
            call.error(503, "later", "Retry-After: 8");
            asked.countDown();
        });

        try (Trunk trunk = model().open(PROMPT);
                Branch branch = trunk.fork(new BranchRequest(PROMPT, OPTIONS), told)) {
            asked.await();
            branch.cancel();

            assertThat(branch.await().reason()).isEqualTo(StopReason.CANCELLED);
        }
        assertThat(server.calls()).hasSize(1);
    }

    @Test
    void cancelling_ends_the_waiting_for_the_list_of_models() throws InterruptedException {
        server.models(silence);
        Cancellation cancellation = new Cancellation();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        asked.await();
                        cancellation.request();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });

        assertFault(
                Fault.Code.CANCELLED,
                () -> RemoteModel.connect(options(), name -> instructed(), cancellation, Map.of()),
                "cancelled");
        gone.await();
    }

    @Test
    void closing_the_model_ends_what_runs() throws InterruptedException {
        server.then(silence);
        RemoteModel model = model();
        Branch branch = model.open(PROMPT).fork(new BranchRequest(PROMPT, OPTIONS), told);
        asked.await();

        model.close();

        assertThat(branch.await().reason()).isEqualTo(StopReason.CANCELLED);
        gone.await();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 409, 429, 500, 502, 503})
    void a_failure_before_the_first_word_is_tried_again(int status) {
        server.then(
                call -> call.error(status, "later", "Retry-After: 0"),
                call -> call.error(status, "later", "Retry-After: 0"),
                WORD);

        assertThat(ask(model()).message().text()).isEqualTo("Yes");
        assertThat(server.calls()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 422})
    void what_will_stay_wrong_is_not_tried_again(int status) {
        server.then(call -> call.error(status, "no"));

        assertFault(
                switch (status) {
                    case 404 -> Fault.Code.NOT_FOUND;
                    default -> Fault.Code.INVALID;
                },
                () -> ask(model()),
                "HTTP " + status);
        assertThat(server.calls()).hasSize(1);
    }

    @Test
    void it_is_not_tried_for_ever() {
        server.then(call -> call.error(429, "later", "Retry-After: 0"));

        assertFault(Fault.Code.OVERLOADED, () -> ask(model(options().withRetries(1))), "later");
        assertThat(server.calls()).hasSize(2);
    }

    @Test
    void a_connection_that_breaks_before_an_answer_is_tried_again() {
        server.then(call -> {}, WORD);

        assertThat(ask(model()).message().text()).isEqualTo("Yes");
    }
}
