package dev.polymnia.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.agents.Assistant;
import dev.polymnia.agents.RunRequest;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.Branch;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.BranchResult;
import dev.polymnia.core.model.Capability;
import dev.polymnia.core.model.Channel;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Trunk;
import dev.polymnia.core.model.Usage;
import dev.polymnia.core.run.Account;
import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.core.run.RunEvent;
import dev.polymnia.testkit.FakeServer;
import dev.polymnia.testkit.ManualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Several answers of one call.
final class TogetherTest extends RemoteFixture {
    private final List<Told> listeners = new ArrayList<>();

    private List<Branch> fork(Trunk trunk, int count, GenerationOptions options) {
        List<Trunk.Fork> forks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            listeners.add(new Told());
            forks.add(
                    new Trunk.Fork(
                            new BranchRequest(PROMPT, options.withSeed(100 + i)),
                            listeners.getLast()));
        }
        return trunk.forkAll(forks);
    }

    private static FakeServer.Answer answers(int given) {
        return call -> {
            call.stream();
            int asked = json(call).path("n").asInt(1);
            for (int i = 0; i < Math.min(given, asked); i++) {
                call.says(i, "It is").says(i, " " + i).finish(i, "stop");
            }
            call.usage(31, 8, 3L * Math.min(given, asked)).done();
        };
    }

    @Test
    void equal_requests_are_one_call_and_each_gets_its_own_words() {
        server.then(answers(4));
        RemoteModel model = model();

        try (Trunk trunk = model.open(PROMPT)) {
            List<Branch> branches = fork(trunk, 3, OPTIONS);
            Usage sum = Usage.NONE;
            for (int i = 0; i < 3; i++) {
                BranchResult result = branches.get(i).await();
                sum = sum.plus(result.usage());
                assertThat(result.message().text()).isEqualTo("It is " + i);
                assertThat(listeners.get(i).words(Channel.ANSWER)).isEqualTo("It is " + i);
            }

            assertThat(sum).isEqualTo(new Usage(8, 23, 9));
            assertThat(trunk.tokens()).isEqualTo(31);
            assertThat(server.calls()).hasSize(1);
            assertThat(json(server.calls().getFirst()).path("n").asInt()).isEqualTo(3);
            assertThat(json(server.calls().getFirst()).path("seed").asInt()).isEqualTo(100);
            assertThat(model.info().can(Capability.SHARED_PREFIXES)).isTrue();
        }
    }

    @Test
    void different_requests_are_calls_of_their_own() {
        server.then(answers(1));

        try (Trunk trunk = model().open(PROMPT)) {
            List<Branch> branches =
                    trunk.forkAll(
                            List.of(
                                    new Trunk.Fork(new BranchRequest(PROMPT, OPTIONS), told),
                                    new Trunk.Fork(
                                            new BranchRequest(PROMPT.withHint("Hurry."), OPTIONS),
                                            told),
                                    new Trunk.Fork(
                                            new BranchRequest(PROMPT, OPTIONS.withMaxTokens(5)),
                                            told)));
            branches.forEach(Branch::await);

            assertThat(server.calls()).hasSize(3).noneMatch(call -> json(call).has("n"));
        }
    }

    @Test
    void an_answer_that_ends_early_does_not_wait_for_the_others() throws InterruptedException {
        CountDownLatch seen = new CountDownLatch(1);
        server.then(call -> {
            call.stream().says(0, "slow").says(1, "quick").finish(1, "stop");
            call.says(0, " still");
            seen.await();
            call.finish(0, "stop").usage(31, 0, 7).done();
        });

        try (Trunk trunk = model().open(PROMPT)) {
            List<Branch> branches = fork(trunk, 2, OPTIONS);

            assertThat(branches.get(1).await().usage()).isEqualTo(new Usage(0, 0, 2));
            seen.countDown();
            assertThat(branches.get(0).await().usage()).isEqualTo(new Usage(0, 31, 5));
        }
    }

    @Test
    void bills_of_each_answer_are_added_up() {
        // As llama.cpp's server does it.
        server.then(call ->
                call.stream()
                        .says(1, "one")
                        .says(0, "two")
                        .finish(1, "stop")
                        .usage(31, 0, 2)
                        .says(0, " three")
                        .finish(0, "stop")
                        .usage(31, 0, 3)
                        .done());

        try (Trunk trunk = model().open(PROMPT)) {
            Usage sum =
                    fork(trunk, 2, OPTIONS).stream()
                            .map(branch -> branch.await().usage())
                            .reduce(Usage.NONE, Usage::plus);

            assertThat(sum).isEqualTo(new Usage(0, 31, 5));
        }
    }

    @Test
    void a_cancelled_branch_is_told_no_more_and_the_last_one_closes_the_stream()
            throws InterruptedException {
        CountDownLatch cancelled = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        server.then(call -> {
            call.stream().says(0, "a").says(1, "b");
            cancelled.await();
            call.says(0, "c").says(1, "d");
            call.awaitGone();
            gone.countDown();
        });

        try (Trunk trunk = model().open(PROMPT)) {
            List<Branch> branches = fork(trunk, 2, OPTIONS);
            listeners.get(0).awaitWords();
            listeners.get(1).awaitWords();
            branches.get(0).cancel();
            assertThat(branches.get(0).await().reason()).isEqualTo(StopReason.CANCELLED);
            cancelled.countDown();
            while (!listeners.get(1).words(Channel.ANSWER).equals("bd")) {
                Thread.onSpinWait();
            }
            branches.get(1).cancel();

            assertThat(branches.get(1).await().message().text()).isEqualTo("bd");
            assertThat(listeners.get(0).words(Channel.ANSWER)).isEqualTo("a");
            gone.await();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Field 'n': Value must be between 1 <= value <= 2, but got 4",
                "n_cmpl cannot be greater than the number of slots"
            })
    void an_endpoint_that_takes_fewer_is_asked_for_fewer(String message) {
        server.then(call -> {
            if (json(call).path("n").asInt(1) > 2) {
                call.error(400, message);
            } else {
                answers(2).to(call);
            }
        });
        RemoteModel model = model();

        try (Trunk trunk = model.open(PROMPT)) {
            fork(trunk, 4, OPTIONS).forEach(Branch::await);
            assertThat(server.calls()).hasSize(3);
            fork(trunk, 4, OPTIONS).forEach(Branch::await);
            assertThat(server.calls()).hasSize(5);
        }
    }

    @Test
    void missing_answers_are_asked_for_and_that_is_remembered() {
        server.then(answers(1));
        RemoteModel model = model();

        try (Trunk trunk = model.open(PROMPT)) {
            List<Branch> branches = fork(trunk, 3, OPTIONS);
            Usage sum =
                    branches.stream()
                            .map(branch -> branch.await().usage())
                            .reduce(Usage.NONE, Usage::plus);

            assertThat(sum).isEqualTo(new Usage(24, 69, 9));
            assertThat(server.calls()).hasSize(3);
            assertThat(server.calls().stream().map(call -> json(call).path("seed").asInt()))
                    .containsExactlyInAnyOrder(100, 101, 102);
            assertThat(model.info().can(Capability.SHARED_PREFIXES)).isFalse();
        }
    }

    @Test
    void ollama_is_not_asked_for_several() {
        server.models(FakeServer.list("tiny", "library", "")).then(answers(1));
        RemoteModel model = model();

        try (Trunk trunk = model.open(PROMPT)) {
            fork(trunk, 2, OPTIONS).forEach(Branch::await);

            assertThat(server.calls()).noneMatch(call -> json(call).has("n"));
            assertThat(model.info().can(Capability.SHARED_PREFIXES)).isFalse();
        }
    }

    @Test
    void a_small_budget_is_shared_evenly() {
        server.then(call -> {
            call.stream();
            int limit = json(call).path("max_tokens").asInt();
            for (int i = 0; i < 4; i++) {
                for (int token = 0; token < limit; token++) {
                    call.says(i, "x");
                }
                call.finish(i, "length");
            }
            call.usage(31, 0, 4L * limit).done();
        });
        Account account = new Account(Budget.UNLIMITED.withTokens(30), new ManualClock());

        try (Trunk trunk = model().open(PROMPT)) {
            List<Branch> branches = fork(trunk, 4, OPTIONS.withMeter(account.meter()));
            for (Branch branch : branches) {
                BranchResult result = branch.await();
                assertThat(result.reason()).isEqualTo(StopReason.BUDGET_TOKENS);
                assertThat(result.usage().generated()).isEqualTo(7);
            }
            assertThat(account.tokensLeft()).isEqualTo(2);
        }
    }

    @Test
    void what_is_not_spent_together_goes_back() {
        server.then(answers(4));
        Account account = new Account(Budget.UNLIMITED.withTokens(1000), new ManualClock());

        try (Trunk trunk = model().open(PROMPT)) {
            fork(trunk, 4, OPTIONS.withMeter(account.meter())).forEach(Branch::await);

            assertThat(account.tokensLeft()).isEqualTo(1000 - 12);
        }
    }

    @Test
    void a_failure_is_told_to_all_with_their_words() {
        server.then(call -> call.stream().says(0, "a").says(1, "b").finish(1, "stop"));

        try (Trunk trunk = model().open(PROMPT)) {
            List<Branch> branches = fork(trunk, 2, OPTIONS);

            assertFault(Fault.Code.UNAVAILABLE, () -> branches.get(0).await(), "middle");
            assertThat(branches.get(1).await().message().text()).isEqualTo("b");
            assertThat(listeners.get(0).words(Channel.ANSWER)).isEqualTo("a");
        }
    }

    @Test
    void agents_contemplate_with_one_call_a_wave() {
        server.then(call -> {
            call.stream();
            for (int i = 0; i < json(call).path("n").asInt(1); i++) {
                call.says(i, "Six sevens.\\nAnswer: ").says(i, "42").finish(i, "stop");
            }
            call.usage(40, 0, 12).done();
        });
        List<RunEvent> events = new ArrayList<>();
        RunRequest request =
                new RunRequest(
                        "run",
                        List.of(Message.user("What is 6 times 7?")),
                        Mode.CONTEMPLATING,
                        Budget.UNLIMITED,
                        7,
                        8,
                        new Cancellation());

        Outcome outcome = new Assistant(model(), new ManualClock()).answer(request, events::add);

        assertThat(outcome.answer()).contains("42");
        assertThat(server.calls()).hasSize(1);
        assertThat(json(server.calls().getFirst()).path("n").asInt()).isEqualTo(4);
        assertThat(events.getLast().event())
                .isInstanceOfSatisfying(
                        Event.RunFinished.class,
                        finished ->
                                assertThat(finished.ledger().usage())
                                        .isEqualTo(new Usage(0, 40, 12)));
    }
}
