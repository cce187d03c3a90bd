package dev.polymnia.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Message;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class AlternativeProbesTest {
    private static final Prompt PROMPT = Prompt.of(Message.user("Is it true?"));
    private static final List<String> WORDS = List.of("Yes", "No");
    private static final Usage USAGE = new Usage(2, 3, 1);

    @Test
    void words_count_with_and_without_a_space_and_unknown_ones_as_nothing() {
        Fake model =
                Fake.telling(
                        StopReason.LENGTH,
                        alternative("Yes", 0.5),
                        alternative(" Yes", 0.25),
                        alternative("\nYes", 0.1),
                        alternative("Yesterday", 0.05));

        Probe.Result result = probe(model, List.of("Yes", " Yes", "No")).getFirst();

        assertThat(result.probabilities().get(0)).isCloseTo(0.75, within(1e-12));
        assertThat(result.probabilities().get(1)).isCloseTo(0.75, within(1e-12));
        assertThat(result.probabilities().get(2)).isZero();
        assertThat(result.usage()).isEqualTo(USAGE);
    }

    @Test
    void what_an_endpoint_rounds_up_is_at_most_certain() {
        Fake model =
                Fake.telling(
                        StopReason.LENGTH, alternative("Yes", 0.99), alternative(" Yes", 0.02));

        assertThat(probe(model, WORDS).getFirst().probabilities()).containsExactly(1.0, 0.0);
    }

    @Test
    void one_token_is_asked_for_with_what_the_probe_says() {
        Fake model = Fake.telling(StopReason.LENGTH, alternative("Yes", 0.5));
        Cancellation cancellation = new Cancellation();
        GenerationOptions options =
                GenerationOptions.DEFAULT
                        .withMaxTokens(99)
                        .withSampling(new Sampling(1, 0, 1, 0, 1))
                        .withStops(List.of("Y"))
                        .withPriority(Priority.BACKGROUND)
                        .withCancellation(cancellation);

        List<Probe.Result> _ = model.probe(List.of(new Probe(PROMPT, WORDS, options)));

        assertThat(model.asked)
                .containsExactly(
                        new BranchRequest(
                                PROMPT,
                                GenerationOptions.DEFAULT
                                        .withMaxTokens(1)
                                        .withDetail(Detail.LOG_PROBABILITIES.withAlternatives(20))
                                        .withToolChoice(ToolChoice.NONE)
                                        .withPriority(Priority.BACKGROUND)
                                        .withCancellation(cancellation)));
    }

    @Test
    void all_are_asked_before_one_is_waited_for_and_closed_in_the_end() {
        Fake model = Fake.telling(StopReason.LENGTH, alternative("No", 0.5));
        Probe probe = new Probe(PROMPT, WORDS, GenerationOptions.DEFAULT);

        assertThat(model.probe(List.of(probe, probe, probe))).hasSize(3);

        assertThat(model.startedBeforeTheFirstAwait).isEqualTo(3);
        assertThat(model.open).isZero();
        assertThat(model.probe(List.of())).isEmpty();
    }

    @Test
    void a_model_that_ends_at_once_has_no_word() {
        assertThat(probe(Fake.telling(StopReason.END), WORDS).getFirst().probabilities())
                .containsExactly(0.0, 0.0);
    }

    @Test
    void what_cannot_be_known_is_a_fault() {
        assertFault(Fault.Code.UNSUPPORTED, Fake.telling(StopReason.LENGTH), "alternatives");
        assertFault(
                Fault.Code.CANCELLED, Fake.ending(StopReason.CANCELLED, Usage.NONE), "cancelled");
        assertFault(
                Fault.Code.BUDGET_SPENT,
                Fake.ending(StopReason.BUDGET_TOKENS, Usage.NONE),
                "BUDGET_TOKENS");
        Fake without =
                new Fake(
                        EnumSet.noneOf(Capability.class),
                        listener -> Fake.ended(StopReason.LENGTH, USAGE));
        assertFault(Fault.Code.UNSUPPORTED, without, "tiny", "nothing can be probed");
        assertThat(without.asked).isEmpty();
    }

    @Test
    void one_that_cannot_start_leaves_nothing_open() {
        Fake model = Fake.telling(StopReason.LENGTH, alternative("No", 0.5));
        Probe good = new Probe(PROMPT, WORDS, GenerationOptions.DEFAULT);
        Probe bad = new Probe(PROMPT.withBeginning("It"), WORDS, GenerationOptions.DEFAULT);

        assertThatThrownBy(() -> model.probe(List.of(good, bad)))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.UNSUPPORTED));

        assertThat(model.asked).hasSize(1);
        assertThat(model.open).isZero();
    }

    private static List<Probe.Result> probe(Fake model, List<String> words) {
        return model.probe(List.of(new Probe(PROMPT, words, GenerationOptions.DEFAULT)));
    }

    private static void assertFault(Fault.Code code, Fake model, String... words) {
        assertThatThrownBy(() -> probe(model, WORDS))
                .hasMessageContainingAll(words)
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(code));
        assertThat(model.open).isZero();
    }

    private static TokenDetail.Alternative alternative(String text, double probability) {
        return new TokenDetail.Alternative(-1, text, Math.log(probability));
    }

    /// A model whose every branch tells the same when it is awaited.
    private static final class Fake implements BranchingModel {
        private final ModelInfo info;
        private final Function<BranchListener, BranchResult> script;
        private final List<BranchRequest> asked = new ArrayList<>();
        private int startedBeforeTheFirstAwait = -1;
        private int open;

        Fake(EnumSet<Capability> can, Function<BranchListener, BranchResult> script) {
            info = DemandsTest.model(can);
            this.script = script;
        }

        static Fake telling(StopReason reason, TokenDetail.Alternative... alternatives) {
            return new Fake(
                    EnumSet.of(Capability.ALTERNATIVES),
                    listener -> {
                        TokenDetail token =
                                new TokenDetail(-1, "", -1, Double.NaN, List.of(alternatives));
                        if (reason != StopReason.END) {
                            listener.on(new BranchEvent.Delta(Channel.ANSWER, "", List.of()));
                            listener.on(new BranchEvent.Delta(Channel.ANSWER, "x", List.of(token)));
                        }
                        return ended(reason, USAGE);
                    });
        }

        static Fake ending(StopReason reason, Usage usage) {
            return new Fake(EnumSet.of(Capability.ALTERNATIVES), listener -> ended(reason, usage));
        }

        private static BranchResult ended(StopReason reason, Usage usage) {
            return new BranchResult(Message.assistant(""), reason, usage, Double.NaN);
        }

        @Override
        public ModelInfo info() {
            return info;
        }

        @Override
        public Trunk open(Prompt prompt) {
            open++;
            return new FakeTrunk();
        }

        @Override
        public void close() {}

        private final class FakeTrunk implements Trunk {
            @Override
            public int tokens() {
                return 0;
            }

            @Override
            public Branch fork(BranchRequest request, BranchListener listener) {
                Demands.check(request, info);
                asked.add(request);
                return new FakeBranch(listener);
            }

            @Override
            public void close() {
                open--;
            }
        }

        private final class FakeBranch implements Branch {
            private final BranchListener listener;

            FakeBranch(BranchListener listener) {
                this.listener = listener;
            }

            @Override
            public BranchResult await() {
                if (startedBeforeTheFirstAwait < 0) {
                    startedBeforeTheFirstAwait = asked.size();
                }
                return script.apply(listener);
            }

            @Override
            public void resume(BranchRequest request, BranchListener other) {
                throw new IllegalStateException("nobody resumes a probe");
            }

            @Override
            public void cancel() {}

            @Override
            public void close() {}
        }
    }
}
