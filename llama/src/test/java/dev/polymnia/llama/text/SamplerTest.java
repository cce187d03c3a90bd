package dev.polymnia.llama.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.offset;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Detail;
import dev.polymnia.core.model.Sampling;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SamplerTest {
    private static final double MARGIN = 1e-4;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 40, 511, 512, 513, 1300})
    void draws_what_the_plain_reference_draws(int vocabulary) {
        int compared = 0;
        for (int seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(31L * vocabulary + seed);
            compared += compare(randomSampling(random), random, vocabulary, 12);
        }
        assertThat(compared).isGreaterThan(200 * 12 * 8 / 10);
    }

    @Test
    void draws_what_the_plain_reference_draws_from_a_large_vocabulary() {
        int compared = 0;
        for (int seed = 0; seed < 24; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            compared += compare(randomSampling(random), random, 40_000, 2);
        }
        assertThat(compared).isGreaterThan(24);
    }

    private static int compare(
            Sampling sampling, SplittableRandom random, int vocabulary, int steps) {
        long seed = random.nextLong();
        // What is told must not change what is drawn.
        Detail detail = random.nextBoolean() ? Detail.NONE : new Detail(true, random.nextInt(9), 0);
        Sampler sampler = new Sampler(sampling, seed, detail, vocabulary);
        ReferenceSampler reference = new ReferenceSampler(sampling);
        SplitMix units = new SplitMix(seed);
        int compared = 0;
        for (int step = 0; step < steps; step++) {
            float[] logits = randomLogits(random, vocabulary);
            double unit = sampling.temperature() == 0 ? 0 : units.next();
            int expected = reference.draw(logits, unit, MARGIN);
            int drawn = sampler.sample(MemorySegment.ofArray(logits)).token();
            if (!reference.wasClose()) {
                assertThat(drawn).as("%s, step %d", sampling, step).isEqualTo(expected);
                compared++;
            }
            sampler.accept(drawn);
            reference.accept(drawn);
        }
        return compared;
    }

    private static Sampling randomSampling(SplittableRandom random) {
        double[] temperatures = {0, 0.05, 0.7, 1, 1.6, 2};
        int[] counts = {0, 0, 1, 3, 20, 300, 700, 100_000};
        double[] masses = {1, 1, 0.95, 0.8, 0.3, 1e-9};
        double[] shares = {0, 0, 0.05, 0.3, 1};
        double[] penalties = {1, 1.1, 2};
        return new Sampling(
                temperatures[random.nextInt(temperatures.length)],
                counts[random.nextInt(counts.length)],
                masses[random.nextInt(masses.length)],
                shares[random.nextInt(shares.length)],
                penalties[random.nextInt(penalties.length)]);
    }

    private static float[] randomLogits(SplittableRandom random, int size) {
        float[] logits = new float[size];
        int kind = random.nextInt(6);
        double spread = random.nextDouble(0.1, 8);
        for (int i = 0; i < size; i++) {
            logits[i] =
                    switch (kind) {
                        case 0 -> Math.round(random.nextGaussian() * 2); // many ties
                        case 1 -> (float) (random.nextGaussian() * 1e4); // one has it all
                        case 2 -> 0.5f; // flat
                        case 3 ->
                                random.nextInt(3) == 0 && i > 0
                                        ? Float.NEGATIVE_INFINITY
                                        : (float) random.nextGaussian();
                        default -> (float) (random.nextGaussian() * spread);
                    };
        }
        return logits;
    }

    @Test
    void takes_the_lowest_number_of_equal_scores_at_temperature_zero() {
        float[] logits = new float[2000];
        logits[700] = 3;
        logits[1900] = 3;
        assertThat(greedy(logits)).isEqualTo(700);
        assertThat(greedy(new float[] {-0f, 0f, -1})).isZero();
    }

    @Test
    void takes_both_zeros_for_equal_scores() {
        MemorySegment row = MemorySegment.ofArray(new float[] {-1, -0f, 0f, -1});
        Sampler sampler = new Sampler(new Sampling(1, 1, 1, 0, 1), 1, Detail.NONE, 4);
        for (int i = 0; i < 20; i++) {
            assertThat(sampler.sample(row).token()).isEqualTo(1);
        }
    }

    private static int greedy(float[] logits) {
        return new Sampler(Sampling.GREEDY, 1, Detail.NONE, logits.length)
                .sample(MemorySegment.ofArray(logits))
                .token();
    }

    @Test
    void draws_as_often_as_the_probabilities_say() {
        float[] logits = {1, 0, 2, Float.NEGATIVE_INFINITY, -1, 0.5f, 2};
        double temperature = 0.8;
        for (Sampling sampling :
                List.of(
                        new Sampling(temperature, 0, 1, 0, 1),
                        new Sampling(temperature, 6, 1, 1e-9, 1))) {
            double total = 0;
            for (float logit : logits) {
                total += Math.exp(logit / temperature);
            }
            int draws = 100_000;
            int[] counts = frequencies(sampling, logits, draws);
            double chiSquare = 0;
            for (int i = 0; i < logits.length; i++) {
                double expected = draws * Math.exp(logits[i] / temperature) / total;
                chiSquare += expected == 0 ? 0 : square(counts[i] - expected) / expected;
            }
            // 5 degrees of freedom: above 20.5 once in a thousand seeds.
            assertThat(chiSquare).isLessThan(20.5);
            assertThat(counts[3]).isZero();
        }
    }

    private static int[] frequencies(Sampling sampling, float[] logits, int draws) {
        Sampler sampler = new Sampler(sampling, 20_260_101, Detail.NONE, logits.length);
        MemorySegment row = MemorySegment.ofArray(logits);
        int[] counts = new int[logits.length];
        for (int i = 0; i < draws; i++) {
            counts[sampler.sample(row).token()]++;
        }
        return counts;
    }

    private static double square(double value) {
        return value * value;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 512, 5000, 151_936})
    void tells_the_models_own_log_probabilities_and_confidence(int vocabulary) {
        SplittableRandom random = new SplittableRandom(vocabulary);
        int top = 20;
        Sampler sampler =
                new Sampler(
                        new Sampling(1.2, 40, 0.9, 0, 1.3),
                        7,
                        new Detail(true, top, 0),
                        vocabulary);
        for (int step = 0; step < 5; step++) {
            float[] logits = new float[vocabulary];
            for (int i = 0; i < vocabulary; i++) {
                logits[i] = (float) (random.nextGaussian() * 3 * step + 40 * step);
            }
            double[] expected = ReferenceSampler.logProbabilities(logits);
            Draw draw = sampler.sample(MemorySegment.ofArray(logits));
            sampler.accept(draw.token());
            assertThat(draw.logProbability())
                    .isCloseTo(expected[draw.token()], offset(1e-4))
                    .isLessThanOrEqualTo(0);
            double confidence =
                    -ReferenceSampler.ordered(logits).stream()
                            .limit(top)
                            .mapToDouble(token -> expected[token])
                            .average()
                            .orElseThrow();
            assertThat(draw.confidence()).isCloseTo(confidence, offset(1e-4));
        }
    }

    @Test
    void takes_the_confidence_over_the_tokens_that_are_possible() {
        float[] logits = new float[100];
        Arrays.fill(logits, Float.NEGATIVE_INFINITY);
        logits[4] = 2;
        logits[9] = 2;
        Draw draw =
                new Sampler(Sampling.GREEDY, 0, new Detail(true, 10, 0), 100)
                        .sample(MemorySegment.ofArray(logits));
        assertThat(draw.confidence()).isCloseTo(Math.log(2), offset(1e-4));
    }

    @Test
    void tells_the_most_probable_alternatives_in_order() {
        SplittableRandom random = new SplittableRandom(11);
        Sampler sampler =
                new Sampler(new Sampling(1.5, 0, 1, 0, 1), 3, new Detail(true, 0, 7), 2000);
        for (int i = 0; i < 20; i++) {
            float[] logits = randomLogits(random, 2000);
            double[] expected = ReferenceSampler.logProbabilities(logits);

            Draw draw = sampler.sample(MemorySegment.ofArray(logits));

            List<Integer> tokens =
                    draw.alternatives().stream().map(Draw.Alternative::token).toList();
            assertThat(tokens).isEqualTo(ReferenceSampler.ordered(logits).subList(0, 7));
            assertThat(draw.alternatives())
                    .allSatisfy(each ->
                            assertThat(each.logProbability())
                                    .isCloseTo(expected[each.token()], offset(1e-4)));
        }
    }

    @Test
    void a_bias_moves_the_scores_and_leaves_the_probabilities_that_are_told() {
        MemorySegment logits = MemorySegment.ofArray(new float[] {1, 3, 2, 0});
        LogitRow row = new LogitRow(4);
        Draw plain = new Sampler(Sampling.GREEDY, 0, Detail.NONE, Map.of(), row).sample(logits);
        Draw raised =
                new Sampler(
                                Sampling.GREEDY,
                                0,
                                Detail.LOG_PROBABILITIES,
                                Map.of(3, 5.0, 99, 100.0),
                                row)
                        .sample(logits);
        Draw without =
                new Sampler(Sampling.GREEDY, 0, Detail.NONE, Map.of(1, -100.0), row).sample(logits);

        assertThat(plain.token()).isEqualTo(1);
        assertThat(raised.token()).isEqualTo(3);
        assertThat(raised.logProbability())
                .isCloseTo(-Math.log(Math.exp(1) + Math.exp(3) + Math.exp(2) + 1), offset(1e-4));
        assertThat(without.token()).isEqualTo(2);
    }

    @Test
    void a_filter_is_drawn_from_as_if_nothing_else_were_there() {
        float[] logits = {2, 1, 0, -1, 0.5f, 3};
        TokenFilter even = only(0b010101);
        Sampler sampler = new Sampler(new Sampling(1, 0, 1, 0, 1), 5, Detail.NONE, 6);
        int[] counts = new int[6];
        int draws = 20_000;
        for (int i = 0; i < draws; i++) {
            counts[sampler.sample(MemorySegment.ofArray(logits), even).token()]++;
        }
        double mass = Math.exp(2) + Math.exp(0) + Math.exp(0.5);
        for (int token = 0; token < 6; token++) {
            double expected = token % 2 == 0 ? Math.exp(logits[token]) / mass : 0;
            assertThat((double) counts[token] / draws).isCloseTo(expected, offset(0.015));
        }
    }

    @Test
    void a_filter_and_a_bias_that_leave_nothing_are_told() {
        Sampler sampler =
                new Sampler(Sampling.GREEDY, 0, Detail.NONE, Map.of(2, -100.0), new LogitRow(3));
        MemorySegment logits = MemorySegment.ofArray(new float[] {1, 2, 3});

        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> sampler.sample(logits, only(0b100)))
                .satisfies(fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INVALID));
    }

    private static TokenFilter only(long bits) {
        return new TokenFilter() {
            @Override
            public boolean allows(int token) {
                return (bits >>> token & 1) == 1;
            }

            @Override
            public long[] allowed() {
                return new long[] {bits};
            }
        };
    }

    @Test
    void tells_nothing_that_was_not_asked_for() {
        MemorySegment row = MemorySegment.ofArray(new float[] {1, 2});
        Draw bare = new Sampler(Sampling.GREEDY, 0, Detail.NONE, 2).sample(row);
        assertThat(bare).isEqualTo(new Draw(1, Double.NaN, Double.NaN, List.of()));
        Draw told = new Sampler(Sampling.GREEDY, 0, Detail.LOG_PROBABILITIES, 2).sample(row);
        assertThat(told.logProbability()).isNegative();
        assertThat(told.confidence()).isNaN();
    }

    @Test
    void forgets_tokens_after_sixty_four_others() {
        Sampling sampling = new Sampling(0, 0, 1, 0, 2);
        Sampler sampler = new Sampler(sampling, 0, Detail.NONE, 300);
        float[] logits = new float[300];
        logits[0] = 3;
        logits[1] = 2;
        MemorySegment row = MemorySegment.ofArray(logits);
        sampler.accept(0);
        assertThat(sampler.sample(row).token()).isEqualTo(1);
        for (int i = 0; i < 63; i++) {
            sampler.accept(100 + i);
        }
        assertThat(sampler.sample(row).token()).isEqualTo(1);
        sampler.accept(200);
        assertThat(sampler.sample(row).token()).isZero();
    }

    @Test
    void draws_the_same_again_from_the_same_seed() {
        float[] logits = randomLogits(new SplittableRandom(1), 3000);
        Sampling sampling = new Sampling(1.5, 0, 0.99, 0, 1.1);
        assertThat(draws(sampling, 42, logits)).isEqualTo(draws(sampling, 42, logits));
        assertThat(draws(sampling, 42, logits)).isNotEqualTo(draws(sampling, 43, logits));
    }

    private static List<Integer> draws(Sampling sampling, long seed, float[] logits) {
        Sampler sampler = new Sampler(sampling, seed, Detail.NONE, logits.length);
        return Stream.generate(
                        () -> {
                            int token = sampler.sample(MemorySegment.ofArray(logits)).token();
                            sampler.accept(token);
                            return token;
                        })
                .limit(50)
                .toList();
    }

    @Test
    void shares_the_work_space_with_other_samplers() {
        LogitRow row = new LogitRow(3000);
        SplittableRandom random = new SplittableRandom(5);
        Sampling one = new Sampling(0.9, 50, 0.9, 0, 1.5);
        Sampling other = new Sampling(1.4, 0, 0.7, 0.02, 1);
        Sampler shared = new Sampler(one, 1, Detail.LOG_PROBABILITIES, Map.of(), row);
        Sampler alone = new Sampler(one, 1, Detail.LOG_PROBABILITIES, 3000);
        Sampler between = new Sampler(other, 2, new Detail(true, 5, 0), Map.of(), row);
        for (int i = 0; i < 50; i++) {
            MemorySegment logits = MemorySegment.ofArray(randomLogits(random, 3000));
            Draw draw = alone.sample(logits);
            assertThat(shared.sample(logits)).isEqualTo(draw);
            between.accept(between.sample(logits).token());
            shared.accept(draw.token());
            alone.accept(draw.token());
        }
    }

    @Test
    void refuses_scores_that_nothing_can_be_drawn_from() {
        float[] logits = new float[600];
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            for (int place : new int[] {0, 300, 599}) {
                logits[place] = bad;
                assertRefused(logits, "token " + place);
                logits[place] = 0;
            }
        }
        Arrays.fill(logits, Float.NEGATIVE_INFINITY);
        assertRefused(logits, "negative infinity for every token");
    }

    private static void assertRefused(float[] logits, String what) {
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> greedy(logits))
                .withMessageContaining(what)
                .extracting(Fault::code)
                .isEqualTo(Fault.Code.INTERNAL);
    }

    @Test
    void keeps_extreme_scores_finite() {
        float[] logits = {Float.MAX_VALUE, -Float.MAX_VALUE, 0};
        for (double temperature : new double[] {0, Double.MIN_VALUE, 1e-3, 2}) {
            Sampler sampler =
                    new Sampler(
                            new Sampling(temperature, 0, 1, 0, 2), 3, new Detail(true, 2, 0), 3);
            sampler.accept(1);
            Draw draw = sampler.sample(MemorySegment.ofArray(logits));
            assertThat(draw.token()).isZero();
            assertThat(draw.logProbability()).isCloseTo(0, offset(1e-9));
        }
        Sampler sampler = new Sampler(new Sampling(1, 0, 1, 0, 2), 3, Detail.NONE, 1);
        sampler.accept(0);
        MemorySegment lowest = MemorySegment.ofArray(new float[] {-Float.MAX_VALUE});
        assertThat(sampler.sample(lowest).token()).isZero();
    }

    @Test
    void refuses_tokens_outside_the_vocabulary() {
        Sampler sampler = new Sampler(Sampling.GREEDY, 0, Detail.NONE, 10);
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> sampler.accept(10));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new LogitRow(0));
    }
}
