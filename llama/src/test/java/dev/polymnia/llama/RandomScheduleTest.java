package dev.polymnia.llama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.model.Branch;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.BranchListener;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.BranchResult;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.Priority;
import dev.polymnia.core.model.Probe;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.Trunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Anything in any order: what was started ends once, says what it says alone, and leaves nothing.
final class RandomScheduleTest {
    private static final int ACTIONS = 400;
    private static final int SCHEDULES = 250;
    private static final String WORDS = "a b c d e f g h i j k l m n o p q r s t u v w x y z";

    private final List<Trunk> trunks = new ArrayList<>();
    private final List<Live> branches = new ArrayList<>();
    private final List<Ends> all = new ArrayList<>();

    private record Live(Branch branch, Prompt prompt, Cancellation cancellation) {}

    private static final class Ends implements BranchListener {
        private final AtomicInteger ends = new AtomicInteger();

        @Override
        public void on(BranchEvent event) {
            if (event instanceof BranchEvent.Ended || event instanceof BranchEvent.Failed) {
                ends.incrementAndGet();
            }
        }
    }

    /// Eight times 250 schedules of up to 400 actions, with and without guesses.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void ends_once_says_what_it_says_alone_and_leaves_nothing(long seed) {
        for (int i = 0; i < SCHEDULES; i++) {
            check(new Random(1000 * seed + i));
        }
    }

    private void check(Random random) {
        trunks.clear();
        branches.clear();
        all.clear();
        FakeContext context = new FakeContext(300, 4 + random.nextInt(6));
        int drafts = random.nextInt(3);
        try (LlamaModel model = FakeModel.over(context, 8, 4, drafts, Integer.MAX_VALUE)) {
            for (int i = random.nextInt(ACTIONS); i > 0; i--) {
                act(random, model);
            }
            branches.forEach(live -> checkResult(live, live.branch().await()));
            branches.forEach(live -> live.branch().close());
            trunks.forEach(Trunk::close);
        }
        assertThat(context.cellsUsed()).isZero();
        assertThat(all).allSatisfy(ends -> assertThat(ends.ends.get()).isEqualTo(1));
    }

    private void act(Random random, LlamaModel model) {
        switch (random.nextInt(13)) {
            case 0 -> trunks.add(model.open(prompt(random)));
            case 10 -> probe(random, model);
            case 11 -> generate(random, model);
            case 12 -> trunks.stream().skip(random.nextInt(4)).findFirst().ifPresent(Trunk::pin);
            case 1, 2, 3 -> fork(random);
            case 4 -> any(random, live -> live.branch().cancel());
            case 5 -> any(random, live -> live.cancellation().request());
            case 6 -> resume(random);
            case 7 -> close(random);
            case 8 -> closeTrunk(random);
            default -> any(random, live -> checkResult(live, live.branch().await()));
        }
    }

    private void fork(Random random) {
        if (trunks.isEmpty()) {
            return;
        }
        Prompt prompt = prompt(random);
        Cancellation cancellation = new Cancellation();
        Trunk trunk = trunks.get(random.nextInt(trunks.size()));
        Branch branch = trunk.fork(request(random, prompt, cancellation), ends());
        branches.add(new Live(branch, prompt, cancellation));
    }

    private void generate(Random random, LlamaModel model) {
        Prompt prompt = prompt(random);
        Cancellation cancellation = new Cancellation();
        BranchResult result = model.generate(request(random, prompt, cancellation), ends());
        checkWords(prompt, result);
    }

    /// A probe behind what a branch has said so far, running or stopped.
    private void probe(Random random, LlamaModel model) {
        Prompt prompt = prompt(random);
        String next = FakeModel.greedy(prompt, 1).strip();
        Probe probe = new Probe(prompt, List.of(next, "w5"), GenerationOptions.DEFAULT);

        List<Double> found = model.probe(List.of(probe)).getFirst().probabilities();

        assertThat(found.getFirst()).isGreaterThanOrEqualTo(found.getLast());
        assertThat(found.getFirst()).isBetween(0.0, 1.0);
    }

    private void resume(Random random) {
        if (branches.isEmpty()) {
            return;
        }
        Live live = branches.get(random.nextInt(branches.size()));
        BranchResult result = live.branch().await();
        checkResult(live, result);
        live.branch()
                .resume(
                        request(
                                random,
                                live.prompt().withBeginning(result.message().text()),
                                live.cancellation()),
                        ends());
    }

    private void close(Random random) {
        if (!branches.isEmpty()) {
            Live live = branches.remove(random.nextInt(branches.size()));
            live.branch().close();
            live.branch().await();
        }
    }

    private void closeTrunk(Random random) {
        if (trunks.isEmpty() || random.nextInt(3) > 0) {
            return;
        }
        trunks.remove(random.nextInt(trunks.size())).close();
        branches.forEach(live -> live.branch().cancel());
        branches.forEach(live -> live.branch().await());
        branches.clear();
    }

    private void any(Random random, Consumer<Live> action) {
        if (!branches.isEmpty()) {
            action.accept(branches.get(random.nextInt(branches.size())));
        }
    }

    private Ends ends() {
        Ends ends = new Ends();
        all.add(ends);
        return ends;
    }

    private static Prompt prompt(Random random) {
        int from = 2 * random.nextInt(3);
        return EngineTest.prompt(WORDS.substring(from, from + 2 * random.nextInt(1, 20) - 1));
    }

    private static BranchRequest request(Random random, Prompt prompt, Cancellation cancellation) {
        return new BranchRequest(
                prompt,
                GenerationOptions.DEFAULT
                        .withMaxTokens(random.nextInt(1, 60))
                        .withPriority(
                                random.nextInt(3) == 0 ? Priority.BACKGROUND : Priority.INTERACTIVE)
                        .withCancellation(cancellation));
    }

    /// The fake's scores depend on nothing but the tokens, so what was said can be computed again.
    private static void checkResult(Live live, BranchResult result) {
        checkWords(live.prompt(), result);
    }

    private static void checkWords(Prompt prompt, BranchResult result) {
        String said = result.message().text();
        int words = said.isEmpty() ? 0 : said.strip().split(" ", -1).length;
        assertThat(said).isEqualTo(FakeModel.greedy(prompt, words));
    }
}
