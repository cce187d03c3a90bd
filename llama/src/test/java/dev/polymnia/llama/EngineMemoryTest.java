package dev.polymnia.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Branch;
import dev.polymnia.core.model.BranchListener;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.BranchResult;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Trunk;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// What stays in memory, what is read again, and who has to leave.
final class EngineMemoryTest {
    private static final Prompt PROMPT =
            EngineTest.prompt("the quick brown fox jumps over the lazy dog");

    @Test
    void trunks_that_are_open_and_idle_block_nobody() {
        FakeContext context = new FakeContext(400, 4);
        try (LlamaModel model = FakeModel.over(context, 16, 8)) {
            List<Trunk> trunks = new ArrayList<>();
            List<Branch> branches = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                trunks.add(model.open(EngineTest.prompt("chat number " + i + " of many")));
            }
            for (int i = 0; i < 24; i++) {
                Prompt prompt = EngineTest.prompt("chat number " + i + " of many goes on");
                branches.add(trunks.get(i).fork(request(prompt, 9), BranchListener.NONE));
            }
            for (Branch branch : branches) {
                assertThat(branch.await().reason()).isIn(StopReason.LENGTH, StopReason.END);
            }
            assertThat(model.statistics().evictions()).isPositive();
            branches.forEach(Branch::close);
            trunks.forEach(Trunk::close);
        }
        assertThat(context.cellsUsed()).isZero();
    }

    @Test
    void branches_that_outgrow_the_memory_take_turns_and_say_the_same() {
        GenerationOptions options = GenerationOptions.DEFAULT.withMaxTokens(230);
        List<BranchResult> alone = new ArrayList<>();
        try (LlamaModel model = FakeModel.over(new FakeContext(2048, 9), 16, 8)) {
            for (int i = 0; i < 6; i++) {
                alone.add(model.generate(request(i, options), BranchListener.NONE));
            }
            assertThat(model.statistics().suspensions()).isZero();
        }
        try (LlamaModel model = FakeModel.over(new FakeContext(512, 9), 16, 8);
                Trunk trunk = model.open(PROMPT)) {
            List<Branch> branches = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                branches.add(trunk.fork(request(i, options), BranchListener.NONE));
            }
            for (int i = 0; i < 6; i++) {
                BranchResult result = branches.get(i).await();
                assertThat(result.message()).isEqualTo(alone.get(i).message());
                assertThat(result.reason()).isEqualTo(alone.get(i).reason());
            }
        }
    }

    @Test
    void a_branch_may_fill_the_whole_context_beside_its_trunk() {
        FakeContext context = new FakeContext(64, 4);
        try (LlamaModel model = FakeModel.over(context, 16, 8);
                Trunk trunk =
                        model.open(
                                EngineTest.prompt(
                                        "a b c d e f g h i j k l m n o p q r s t u v w"))) {
            Prompt other = EngineTest.prompt("a b c x y z");
            BranchRequest request = new BranchRequest(other, GenerationOptions.DEFAULT);

            try (Branch branch = trunk.fork(request, BranchListener.NONE)) {
                BranchResult result = branch.await();

                int most = model.info().contextTokens();
                assertThat(result.reason()).isIn(StopReason.LENGTH, StopReason.END);
                if (result.reason() == StopReason.LENGTH) {
                    assertThat(result.usage().prompt() + result.usage().generated())
                            .isEqualTo(most);
                }
            }
        }
    }

    @Test
    void a_continuation_reads_only_what_differs() {
        try (LlamaModel model = FakeModel.over(new FakeContext(512, 5), 16, 8);
                Trunk trunk = model.open(PROMPT);
                Branch branch = trunk.fork(request(PROMPT, 10), BranchListener.NONE)) {
            String said = branch.await().message().text();

            branch.resume(
                    request(PROMPT.withBeginning(said + " therefore"), 3), BranchListener.NONE);
            BranchResult probe = branch.await();
            assertThat(probe.usage().cached()).isEqualTo(trunk.tokens() + 9);
            assertThat(probe.usage().computed()).isEqualTo(2);

            branch.resume(request(PROMPT.withBeginning(said), 10), BranchListener.NONE);
            BranchResult back = branch.await();
            assertThat(back.usage().computed()).isEqualTo(1);
            assertThat(back.message())
                    .isEqualTo(model.generate(request(PROMPT, 20), BranchListener.NONE).message());
        }
    }

    @Test
    void a_continuation_that_left_the_branch_goes_back_to_the_trunk() {
        Prompt other = EngineTest.prompt("the quick red fox sleeps");
        try (LlamaModel model = FakeModel.over(new FakeContext(512, 5), 16, 8);
                Trunk trunk = model.open(PROMPT);
                Branch branch = trunk.fork(request(other, 10), BranchListener.NONE)) {
            BranchResult first = branch.await();

            branch.resume(request(PROMPT, 5), BranchListener.NONE);

            assertThat(first.usage().cached()).isLessThan(trunk.tokens() - 1);
            assertThat(branch.await().usage().cached()).isEqualTo(trunk.tokens() - 1);
        }
    }

    @Test
    void prompts_that_come_at_once_and_begin_alike_are_read_once() {
        FakeContext context = new FakeContext(2048, 20);
        String words = "word ".repeat(100);
        try (LlamaModel model = FakeModel.over(context, 16, 8);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<BranchResult>> results = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                BranchRequest request = request(EngineTest.prompt(words + "number " + i), 5);
                results.add(threads.submit(() -> model.generate(request, BranchListener.NONE)));
            }
            long computed = 0;
            for (Future<BranchResult> result : results) {
                computed += result.get().usage().computed();
            }
            assertThat(computed).isLessThan(102 + 8 * 4);
            assertThat(model.statistics().hitRate()).isGreaterThan(0.8);
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void what_a_closed_branch_has_read_is_not_read_again() {
        try (LlamaModel model = FakeModel.over(new FakeContext(512, 5), 16, 8)) {
            BranchResult first = model.generate(request(PROMPT, 10), BranchListener.NONE);
            Prompt more = PROMPT.withBeginning(first.message().text());

            BranchResult second = model.generate(request(more, 5), BranchListener.NONE);

            assertThat(first.usage().cached()).isZero();
            assertThat(second.usage().computed()).isEqualTo(1);
        }
    }

    @Test
    void a_pinned_trunk_stays_when_all_else_goes() {
        try (LlamaModel model = FakeModel.over(new FakeContext(256, 6), 16, 8);
                Trunk pinned = model.open(PROMPT);
                Trunk plain =
                        model.open(EngineTest.prompt("nobody asks for this one any more at all"))) {
            assertThat(model.generate(request(PROMPT, 1), BranchListener.NONE).usage().cached())
                    .isPositive();
            pinned.pin();
            for (int i = 0; i < 6; i++) {
                Prompt other = EngineTest.prompt((i + " other words ").repeat(25));
                model.generate(request(other, 80), BranchListener.NONE);
            }
            assertThat(model.statistics().evictions()).isPositive();

            assertThat(model.generate(request(PROMPT, 1), BranchListener.NONE).usage().computed())
                    .isEqualTo(1);
            assertThat(plain.tokens()).isPositive();
        }
    }

    @Test
    void of_two_trunks_that_are_alike_one_stays_when_the_other_is_closed() {
        try (LlamaModel model = FakeModel.over(new FakeContext(256, 6), 16, 8)) {
            Trunk closed = model.open(PROMPT);
            try (Trunk open = model.open(PROMPT)) {
                model.generate(request(EngineTest.prompt("x"), 1), BranchListener.NONE);
                closed.close();
                for (int i = 0; i < 6; i++) {
                    Prompt other = EngineTest.prompt((i + " other words ").repeat(25));
                    model.generate(request(other, 80), BranchListener.NONE);
                }
                assertThat(model.statistics().evictions()).isPositive();

                BranchResult result = model.generate(request(PROMPT, 1), BranchListener.NONE);
                assertThat(result.usage().computed()).isEqualTo(1);
                assertThat(open.tokens()).isPositive();
            }
        }
    }

    @Test
    void pins_never_block_a_branch() {
        try (LlamaModel model = FakeModel.over(new FakeContext(256, 6), 16, 8)) {
            List<Trunk> trunks = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                Trunk trunk = model.open(EngineTest.prompt(i + " is pinned ".repeat(20)));
                trunk.pin();
                trunks.add(trunk);
                model.generate(request(EngineTest.prompt(i + " asks"), 2), BranchListener.NONE);
            }

            Prompt large = EngineTest.prompt("large ".repeat(180));
            assertThat(model.generate(request(large, 9), BranchListener.NONE).message().text())
                    .isEqualTo(FakeModel.greedy(large, 9));
            trunks.forEach(Trunk::close);
        }
    }

    @Test
    void a_branch_that_no_cells_are_left_for_is_refused_with_the_numbers() {
        try (LlamaModel model = FakeModel.over(new FakeContext(64, 4), 16, 8)) {
            Prompt tooLong = EngineTest.prompt("word ".repeat(80));

            assertThatThrownBy(() -> model.generate(request(tooLong, 1), BranchListener.NONE))
                    .isInstanceOfSatisfying(
                            Fault.class,
                            fault -> {
                                assertThat(fault.code()).isEqualTo(Fault.Code.CONTEXT_FULL);
                                assertThat(fault.getMessage()).contains("82");
                            });
        }
    }

    private static BranchRequest request(Prompt prompt, int tokens) {
        return new BranchRequest(prompt, GenerationOptions.DEFAULT.withMaxTokens(tokens));
    }

    private static BranchRequest request(int number, GenerationOptions options) {
        return new BranchRequest(PROMPT.withHint("number " + number), options);
    }
}
