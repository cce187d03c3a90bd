package dev.polymnia.llama;

import dev.polymnia.core.Fault;
import java.util.Arrays;

/// Measures [StepCosts] on a fresh context and leaves it empty. Goes through all numbers of rows in
/// turn, at least twice, and keeps the least of each, so that something else that runs for a moment
/// does not fall on one number alone. Confined to the loading thread.
final class CostMeter {
    private static final int FEWEST_ROUNDS = 2;
    private static final int MOST_ROUNDS = 6;
    private static final long ENOUGH_NANOS = 500_000_000;

    private final StepContext context;
    private final Rows rows;
    private final int token;

    /// @param token any token that may stand at the beginning of a sequence
    CostMeter(StepContext context, Rows rows, int token) {
        this.context = context;
        this.rows = rows;
        this.token = token;
    }

    StepCosts measure() {
        step(StepCosts.EACH); // reads the weights from disk and sizes the native buffers
        int[] counts = StepCosts.MEASURED;
        long[] nanos = new long[counts.length];
        Arrays.fill(nanos, Long.MAX_VALUE);
        long begin = System.nanoTime();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            for (int i = 0; i < StepCosts.EACH; i++) {
                nanos[i] = Math.min(nanos[i], step(counts[i]));
            }
            if (round + 1 >= FEWEST_ROUNDS && System.nanoTime() - begin > ENOUGH_NANOS) {
                break;
            }
        }
        for (int i = StepCosts.EACH; i < counts.length; i++) {
            // More rows never cost less than fewer, and a row never more than in a smaller step. So
            // something else that runs for a moment can spoil one number by a little only.
            long most = Math.ceilDiv(nanos[i - 1] * counts[i], counts[i - 1]);
            long least = Math.min(step(counts[i]), step(counts[i]));
            nanos[i] = Math.clamp(least, nanos[i - 1], most);
        }
        return new StepCosts(nanos);
    }

    /// Returns what a step of some rows costs now, the least of a few.
    long quick(int count) {
        step(count);
        return Math.min(step(count), step(count));
    }

    /// Takes a step with one row of scores for each sequence; with fewer sequences than rows the
    /// rest goes on in the first one.
    ///
    /// @return its nanoseconds
    private long step(int wanted) {
        int count = Math.min(wanted, rows.tokens.length);
        int used = Math.min(Math.min(count, StepCosts.EACH), context.sequences());
        rows.clear();
        for (int sequence = 0; sequence < used; sequence++) {
            rows.add(token, 0, sequence, true);
        }
        for (int more = used; more < count; more++) {
            rows.add(token, more - used + 1, 0, false);
        }
        long begin = System.nanoTime();
        int code = context.decode(rows);
        long nanos = System.nanoTime() - begin;
        for (int sequence = 0; sequence < used; sequence++) {
            context.truncate(sequence, 0);
        }
        if (code != 0) {
            throw new Fault(
                    Fault.Code.INTERNAL,
                    "The first step of the model failed with code " + code + " of llama.cpp.");
        }
        return nanos;
    }
}
