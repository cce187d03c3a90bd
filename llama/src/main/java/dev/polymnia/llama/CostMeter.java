package dev.polymnia.llama;

import dev.polymnia.core.Fault;
import java.util.Arrays;

/// Measures [StepCosts] on a fresh context and leaves it empty. Goes through all numbers of rows in
/// turn, at least twice, and keeps the least of each, so that something else that runs for a moment
/// does not fall on one number alone. Confined to the loading thread.
final class CostMeter {
    private static final int READ_ROWS = 64;
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
        step(StepCosts.MEASURED, 1); // reads the weights from disk and sizes the native buffers
        long[] nanos = new long[StepCosts.MEASURED];
        Arrays.fill(nanos, Long.MAX_VALUE);
        long begin = System.nanoTime();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            for (int count = 1; count <= StepCosts.MEASURED; count++) {
                nanos[count - 1] = Math.min(nanos[count - 1], step(count, 1));
            }
            if (round + 1 >= FEWEST_ROUNDS && System.nanoTime() - begin > ENOUGH_NANOS) {
                break;
            }
        }
        int length = Math.min(READ_ROWS, rows.tokens.length);
        return new StepCosts(nanos, step(1, length) / length);
    }

    /// Takes a step with one row of scores for each sequence.
    ///
    /// @return its nanoseconds
    private long step(int sequences, int length) {
        int used = Math.min(sequences, context.sequences());
        rows.clear();
        for (int sequence = 0; sequence < used; sequence++) {
            for (int position = 0; position < length; position++) {
                rows.add(token, position, sequence, position == length - 1);
            }
        }
        // With fewer sequences than rows to be measured, the rest goes on in the first one.
        for (int more = used; more < sequences; more++) {
            rows.add(token, length + more - used, 0, false);
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
