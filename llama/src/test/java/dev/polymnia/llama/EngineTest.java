package dev.polymnia.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.Branch;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.BranchListener;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.BranchResult;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.Meter;
import dev.polymnia.core.model.Priority;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Trunk;
import dev.polymnia.core.run.Account;
import dev.polymnia.core.run.Budget;
import dev.polymnia.testkit.ManualClock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class EngineTest {
    private static final Prompt PROMPT = prompt("the quick brown fox jumps over the lazy dog");

    @Test
    void a_failed_step_fails_only_the_branches_that_were_in_it() {
        AtomicInteger steps = new AtomicInteger();
        FakeContext context =
                new FakeContext(512, 4).fail(rows -> steps.incrementAndGet() == 4 ? -3 : 0);
        try (LlamaModel model = FakeModel.over(context, 64, 8)) {
            assertThatThrownBy(() -> model.generate(request(PROMPT, 9), BranchListener.NONE))
                    .isInstanceOfSatisfying(
                            Fault.class,
                            fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INTERNAL));

            BranchResult after = model.generate(request(PROMPT, 9), BranchListener.NONE);

            assertThat(after.usage().generated()).isEqualTo(9);
            assertThat(model.statistics().running()).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void what_a_failed_step_did_not_read_of_a_trunk_its_branches_read() {
        AtomicInteger steps = new AtomicInteger();
        StepGate gate = new StepGate();
        FakeContext context =
                new FakeContext(512, 4)
                        .gate(gate)
                        .fail(rows -> steps.incrementAndGet() == 2 ? -2 : 0);
        try (LlamaModel model = FakeModel.over(context, 3, 3);
                Trunk trunk = model.open(PROMPT);
                Branch branch = trunk.fork(request(PROMPT, 5), BranchListener.NONE)) {
            gate.open();

            assertThat(branch.await().message().text()).isEqualTo(FakeModel.greedy(PROMPT, 5));
            assertThat(steps.get()).isGreaterThan(5);
        }
    }

    @Test
    void a_step_without_room_is_tried_again_once_the_idle_have_left() {
        AtomicInteger steps = new AtomicInteger();
        FakeContext context =
                new FakeContext(512, 5).fail(rows -> steps.incrementAndGet() == 6 ? 1 : 0);
        try (LlamaModel model = FakeModel.over(context, 64, 8);
                Trunk idle = model.open(prompt("nobody asks"));
                Trunk trunk = model.open(PROMPT);
                Branch branch = trunk.fork(request(PROMPT, 12), BranchListener.NONE)) {
            assertThat(idle.tokens()).isPositive();
            assertThat(branch.await().usage().generated()).isEqualTo(12);
        }
    }

    @Test
    void tokens_of_many_branches_hold_a_budget_exactly() {
        Account account = new Account(Budget.UNLIMITED.withTokens(97), new ManualClock());
        try (LlamaModel model = FakeModel.over(new FakeContext(4096, 20), 16, 8);
                Trunk trunk = model.open(PROMPT)) {
            List<Branch> branches = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                branches.add(
                        trunk.fork(
                                request(i, GenerationOptions.DEFAULT.withMeter(account.meter())),
                                BranchListener.NONE));
            }
            long generated = 0;
            for (Branch branch : branches) {
                BranchResult result = branch.await();
                generated += result.usage().generated();
                assertThat(result.reason()).isIn(StopReason.BUDGET_TOKENS, StopReason.END);
            }
            assertThat(generated).isEqualTo(97);
            assertThat(account.tokensLeft()).isZero();
        }
    }

    @Test
    void a_meter_that_throws_ends_only_its_own_branch() {
        Meter broken =
                new Meter() {
                    @Override
                    public int reserve(int tokens) {
                        throw new IllegalStateException("thrown by the test");
                    }

                    @Override
                    public void release(int tokens) {}

                    @Override
                    public boolean isTimeUp() {
                        return false;
                    }
                };
        try (LlamaModel model = FakeModel.over(new FakeContext(512, 5), 16, 8);
                Trunk trunk = model.open(PROMPT);
                Branch bad =
                        trunk.fork(
                                request(0, GenerationOptions.DEFAULT.withMeter(broken)),
                                BranchListener.NONE);
                Branch good = trunk.fork(request(PROMPT, 7), BranchListener.NONE)) {
            assertThatThrownBy(bad::await).isInstanceOf(Fault.class);
            assertThat(good.await().usage().generated()).isEqualTo(7);
        }
    }

    @Test
    void a_listener_that_always_throws_is_told_one_end() {
        List<BranchEvent> told = Collections.synchronizedList(new ArrayList<>());
        BranchListener broken =
                event -> {
                    told.add(event);
                    throw new AssertionError("thrown by the test");
                };
        try (LlamaModel model = FakeModel.over(new FakeContext(512, 5), 16, 8);
                Trunk trunk = model.open(PROMPT);
                Branch bad = trunk.fork(request(PROMPT, 7), broken)) {
            assertThatThrownBy(bad::await).isInstanceOf(Fault.class);
            assertThat(told).hasSize(2);
            assertThat(told.getLast()).isInstanceOf(BranchEvent.Failed.class);
        }
    }

    @Test
    void too_many_branches_are_refused_and_the_others_go_on() {
        StepGate gate = new StepGate();
        FakeContext context = new FakeContext(2048, 5).gate(gate);
        try (LlamaModel model = FakeModel.over(context, 16, 8, 0, 40);
                Trunk trunk = model.open(PROMPT);
                Branch before = trunk.fork(request(PROMPT, 5), BranchListener.NONE)) {
            List<Trunk.Fork> many =
                    Collections.nCopies(
                            1000, new Trunk.Fork(request(PROMPT, 5), BranchListener.NONE));

            assertThatThrownBy(() -> trunk.forkAll(many))
                    .isInstanceOfSatisfying(
                            Fault.class,
                            fault -> {
                                assertThat(fault.code()).isEqualTo(Fault.Code.OVERLOADED);
                                assertThat(fault.getMessage()).contains("1000", "40");
                            });
            assertThatThrownBy(() -> trunk.forkAll(List.of()))
                    .isInstanceOfSatisfying(
                            Fault.class,
                            fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INVALID));
            gate.open();
            assertThat(before.await().usage().generated()).isEqualTo(5);
            for (Branch branch : trunk.forkAll(many.subList(0, 30))) {
                assertThat(branch.await().usage().generated()).isEqualTo(5);
            }
        }
    }

    @Test
    void a_branch_whose_continuation_was_refused_can_be_continued() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch refused = new CountDownLatch(1);
        BranchListener holding =
                event -> {
                    begun.countDown();
                    try {
                        refused.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                };
        try (LlamaModel model = FakeModel.over(new FakeContext(2048, 6), 16, 8, 0, 1);
                Trunk trunk = model.open(PROMPT);
                Branch branch = trunk.fork(request(PROMPT, 1), BranchListener.NONE)) {
            branch.await();
            try (Branch holder = trunk.fork(request(PROMPT, 1), holding)) {
                begun.await(); // the engine stands still, so what comes now waits
                try (Branch waiting = trunk.fork(request(PROMPT, 1), BranchListener.NONE)) {
                    assertThatThrownBy(() -> branch.resume(request(PROMPT, 3), BranchListener.NONE))
                            .isInstanceOfSatisfying(
                                    Fault.class,
                                    fault ->
                                            assertThat(fault.code())
                                                    .isEqualTo(Fault.Code.OVERLOADED));
                    refused.countDown();
                    waiting.await();
                }
                holder.await();
            }

            branch.resume(request(PROMPT, 3), BranchListener.NONE);
            assertThat(branch.await().usage().generated()).isEqualTo(3);
        }
    }

    @Test
    void scores_that_are_no_numbers_fail_their_branch_only() {
        FakeContext context =
                new FakeContext(512, 5)
                        .scores(tokens ->
                                tokens.contains(FakeModel.token("poison")) ? Float.NaN : 0);
        try (LlamaModel model = FakeModel.over(context, 16, 8);
                Trunk trunk = model.open(PROMPT);
                Branch bad =
                        trunk.fork(request(PROMPT.withHint("poison"), 9), BranchListener.NONE);
                Branch good = trunk.fork(request(PROMPT, 9), BranchListener.NONE)) {
            assertThatThrownBy(bad::await)
                    .isInstanceOfSatisfying(
                            Fault.class, fault -> assertThat(fault.getMessage()).contains("NaN"));
            assertThat(good.await().usage().generated()).isEqualTo(9);
        }
    }

    @Test
    void a_background_branch_gets_on_beside_a_stream_of_interactive_ones() {
        try (LlamaModel model = FakeModel.over(new FakeContext(300, 4), 16, 0);
                Trunk trunk = model.open(PROMPT);
                Branch background =
                        trunk.fork(
                                request(
                                        1,
                                        GenerationOptions.DEFAULT
                                                .withMaxTokens(20)
                                                .withPriority(Priority.BACKGROUND)),
                                BranchListener.NONE)) {
            CountDownLatch ended = new CountDownLatch(1);
            Thread.ofVirtual()
                    .start(() -> {
                        background.await();
                        ended.countDown();
                    });
            for (int i = 0; ended.getCount() > 0; i++) {
                assertThat(i).as("interactive branches before it came to its end").isLessThan(5000);
                List<Trunk.Fork> wave =
                        Collections.nCopies(
                                3,
                                new Trunk.Fork(
                                        request(PROMPT.withHint("wave " + i), 5),
                                        BranchListener.NONE));
                trunk.forkAll(wave)
                        .forEach(branch -> {
                            branch.await();
                            branch.close();
                        });
            }
            assertThat(background.await().usage().generated()).isEqualTo(20);
        }
    }

    @Test
    void guesses_save_steps_and_change_no_word() {
        // The fake says the same again after the same two words.
        FakeContext plain = new FakeContext(1024, 5).repeating(2);
        FakeContext guessing = new FakeContext(1024, 5).repeating(2);
        BranchResult expected;
        long steps;
        try (LlamaModel model = FakeModel.over(plain, 16, 8)) {
            expected = model.generate(request(PROMPT, 200), BranchListener.NONE);
            steps = model.statistics().steps();
        }
        try (LlamaModel model = FakeModel.over(guessing, 16, 8, 8, 10)) {
            BranchResult guessed = model.generate(request(PROMPT, 200), BranchListener.NONE);

            assertThat(guessed.message()).isEqualTo(expected.message());
            assertThat(guessed.usage()).isEqualTo(expected.usage());
            assertThat(model.statistics().rightGuesses()).isPositive();
            assertThat(model.statistics().steps()).isLessThan(steps);
        }
    }

    @Test
    void a_hook_that_never_wants_more_stops_at_the_first_token() {
        try (LlamaModel model = FakeModel.over(new FakeContext(512, 5), 16, 8)) {
            BranchResult result =
                    model.generate(
                            request(0, GenerationOptions.DEFAULT.withStopHook(token -> true)),
                            BranchListener.NONE);

            assertThat(result.reason()).isEqualTo(StopReason.STOP_HOOK);
            assertThat(result.usage().generated()).isEqualTo(1);
        }
    }

    @Test
    void a_storm_of_cancellations_ends_each_branch_once_and_leaves_the_engine_well()
            throws InterruptedException {
        Random random = new Random(3);
        AtomicInteger ends = new AtomicInteger();
        FakeContext context = new FakeContext(1024, 12);
        try (LlamaModel model = FakeModel.over(context, 16, 8);
                Trunk trunk = model.open(PROMPT)) {
            List<Branch> branches = new ArrayList<>();
            List<Cancellation> cancellations = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                Cancellation cancellation = new Cancellation();
                cancellations.add(cancellation);
                branches.add(
                        trunk.fork(
                                request(
                                        i,
                                        GenerationOptions.DEFAULT.withCancellation(cancellation)),
                                event -> {
                                    if (event instanceof BranchEvent.Ended) {
                                        ends.incrementAndGet();
                                    }
                                }));
            }
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int first = i;
                threads.add(
                        Thread.ofVirtual()
                                .start(() -> {
                                    for (int j = first; j < branches.size(); j += 8) {
                                        switch (random.nextInt(3)) {
                                            case 0 -> branches.get(j).cancel();
                                            case 1 -> cancellations.get(j).request();
                                            default -> branches.get(j).close();
                                        }
                                    }
                                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            for (Branch branch : branches) {
                assertThat(branch.await().reason())
                        .isIn(StopReason.CANCELLED, StopReason.END, StopReason.LENGTH);
            }
            assertThat(ends.get()).isEqualTo(400);
            assertThat(model.statistics().running()).isZero();
            assertThat(model.generate(request(PROMPT, 7), BranchListener.NONE).message().text())
                    .isEqualTo(FakeModel.greedy(PROMPT, 7));
        }
        assertThat(context.cellsUsed()).isZero();
    }

    @Test
    void closing_the_model_ends_what_runs_and_refuses_what_comes() {
        FakeContext context = new FakeContext(512, 5);
        LlamaModel model = FakeModel.over(context, 16, 8);
        Trunk trunk = model.open(PROMPT);
        Branch branch =
                trunk.fork(
                        new BranchRequest(PROMPT, GenerationOptions.DEFAULT), BranchListener.NONE);

        model.close();
        model.close();

        assertThat(branch.await().reason())
                .isIn(StopReason.CANCELLED, StopReason.END, StopReason.LENGTH);
        assertThat(context.closed()).isTrue();
        assertThatThrownBy(() -> model.open(PROMPT)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> trunk.fork(request(PROMPT, 1), BranchListener.NONE))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> branch.resume(request(PROMPT, 1), BranchListener.NONE))
                .isInstanceOf(IllegalStateException.class);
        branch.close();
        trunk.close();
    }

    @Test
    void a_listener_may_close_the_model() {
        FakeContext context = new FakeContext(512, 5);
        LlamaModel model = FakeModel.over(context, 16, 8);

        BranchResult result =
                model.generate(
                        new BranchRequest(PROMPT, GenerationOptions.DEFAULT),
                        event -> {
                            if (event instanceof BranchEvent.Delta) {
                                model.close();
                            }
                        });

        assertThat(result.reason()).isEqualTo(StopReason.CANCELLED);
        model.close();
        assertThat(context.closed()).isTrue();
    }

    static Prompt prompt(String words) {
        return Prompt.of(Message.user(words));
    }

    private static BranchRequest request(Prompt prompt, int tokens) {
        return new BranchRequest(prompt, GenerationOptions.DEFAULT.withMaxTokens(tokens));
    }

    private static BranchRequest request(int number, GenerationOptions options) {
        return new BranchRequest(PROMPT.withHint("number " + number), options);
    }
}
