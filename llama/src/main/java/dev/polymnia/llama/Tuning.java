package dev.polymnia.llama;

import java.util.Arrays;
import java.util.stream.Stream;

/// How many threads are fastest on this machine with this model, and what steps cost with them.
///
/// @param single threads for a step of one row
/// @param many threads for a step of more rows
/// @param costs what steps cost with these
record Tuning(int single, int many, StepCosts costs) {
    /// Another number of threads has to be clearly faster to be chosen.
    private static final double CLEARLY_LESS = 0.95;

    private static final double MUCH_LESS = 0.75;

    /// Rows of the step by which threads for many rows are chosen.
    private static final int MANY_ROWS = 16;

    /// Measures on a fresh context, which is left empty, and sets its threads.
    ///
    /// @param cores given to this process
    /// @param wanted threads; 0 to choose
    static Tuning measure(StepContext context, CostMeter meter, int cores, int wanted) {
        int single = wanted;
        int many = wanted;
        if (wanted == 0) {
            single = cores;
            many = cores;
            double singleNanos = Double.MAX_VALUE;
            double manyNanos = Double.MAX_VALUE;
            for (int threads : candidates(cores)) {
                context.threads(threads, threads);
                long one = meter.quick(1);
                long more = meter.quick(MANY_ROWS);
                if (one < CLEARLY_LESS * singleNanos) {
                    single = threads;
                    singleNanos = one;
                }
                if (more < CLEARLY_LESS * manyNanos) {
                    many = threads;
                    manyNanos = more;
                }
            }
        }
        context.threads(single, many);
        return new Tuning(single, many, meter.measure());
    }

    /// Returns whether a step is much faster than it was when this was measured: the machine was
    /// busy then. The other way round it is busy now, and this is the better measurement.
    boolean isSurpassed(CostMeter meter) {
        return meter.quick(1) < MUCH_LESS * costs.nanos(1);
    }

    /// All cores; half of them, for machines whose cores are threads of half as many; and one less,
    /// for machines that do something else besides.
    private static int[] candidates(int cores) {
        return Stream.of(cores, cores / 2, cores > 4 ? cores - 1 : cores)
                .filter(threads -> threads > 0)
                .distinct()
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /// Returns this as text, which [#parse] reads.
    String format() {
        StringBuilder text = new StringBuilder(single + " " + many);
        Arrays.stream(costs.measured()).forEach(nanos -> text.append(' ').append(nanos));
        return text.toString();
    }

    /// Returns what [#format] wrote.
    ///
    /// @throws IllegalArgumentException if it did not
    static Tuning parse(String text) {
        String[] words = text.strip().split(" ", -1);
        if (words.length < 3) {
            throw new IllegalArgumentException("'" + text + "'");
        }
        long[] nanos = new long[words.length - 2];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = Long.parseLong(words[i + 2]);
            if (nanos[i] <= 0) {
                throw new IllegalArgumentException("a step of " + nanos[i] + " ns");
            }
        }
        int single = Integer.parseInt(words[0]);
        int many = Integer.parseInt(words[1]);
        if (single < 1 || many < 1) {
            throw new IllegalArgumentException(single + " and " + many + " threads");
        }
        return new Tuning(single, many, new StepCosts(nanos));
    }
}
