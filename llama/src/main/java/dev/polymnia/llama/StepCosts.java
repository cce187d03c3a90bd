package dev.polymnia.llama;

import java.util.Arrays;

/// What a step costs on this machine with this model, by rows, measured when the model is loaded.
///
/// Kernels take rows in blocks: with some x86 ones three rows cost more than four. So the engine
/// asks here how many rows a step should have. The block is found by measuring and never assumed,
/// because it differs between processors and quantisations. Between the rows that were measured
/// costs are taken to grow evenly, beyond them as between the last two. Immutable.
final class StepCosts {
    /// The rows that are measured; each number up to 8, so that blocks are seen.
    static final int[] MEASURED = {1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 24, 32, 64, 128};

    /// Up to this many rows each number is measured.
    static final int EACH = 8;

    /// A saving has to be clear of the noise of the measurement before a row is added for nothing.
    private static final double CLEARLY_LESS = 0.95;

    private static final double NEXT_TO_NOTHING = 1.05;

    private final long[] nanos;

    /// @param nanos nanoseconds of a step with so many rows as [#MEASURED] says
    StepCosts(long[] nanos) {
        this.nanos = nanos.clone();
        if (nanos.length != MEASURED.length) {
            throw new IllegalArgumentException(nanos.length + " measurements");
        }
    }

    /// Returns the nanoseconds that were measured, in the order of [#MEASURED].
    long[] measured() {
        return nanos.clone();
    }

    /// Returns what a step is expected to cost.
    ///
    /// @param rows 0 or more; 0 costs nothing
    double nanos(int rows) {
        if (rows <= EACH) {
            return rows == 0 ? 0 : nanos[rows - 1];
        }
        int found = Arrays.binarySearch(MEASURED, rows);
        if (found >= 0) {
            return nanos[found];
        }
        int above = Math.min(-found - 1, MEASURED.length - 1);
        double slope =
                (double) (nanos[above] - nanos[above - 1])
                        / (MEASURED[above] - MEASURED[above - 1]);
        return nanos[above - 1] + Math.max(0, slope) * (rows - MEASURED[above - 1]);
    }

    /// Returns the nanoseconds for each row of a step that reads many.
    long readNanos() {
        return nanos[nanos.length - 1] / MEASURED[MEASURED.length - 1];
    }

    /// Returns the most rows of a step that costs no more than so many nanoseconds.
    ///
    /// @param least the rows it has anyway
    /// @param most the rows it may have
    int rowsWithin(double budget, int least, int most) {
        int low = least;
        int high = Math.max(least, most);
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (nanos(middle) <= budget) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /// Returns the size of the blocks in which rows are cheap: 4 if a fourth or an eighth row makes
    /// a step cheaper or costs next to nothing, else 2 by the same rule, else 1.
    int quantum() {
        if (isFree(4) || isFree(8)) {
            return 4;
        }
        return isFree(2) || isFree(6) ? 2 : 1;
    }

    /// Returns how many more rows cost next to nothing, because they fill a block.
    int freeRows(int rows) {
        return moreRows(rows, NEXT_TO_NOTHING);
    }

    /// Returns how many rows without a use make a step cheaper, by filling the last block; mostly
    /// 0.
    int padding(int rows) {
        return rows < 2 ? 0 : moreRows(rows, CLEARLY_LESS);
    }

    private int moreRows(int rows, double share) {
        int quantum = quantum();
        int over = rows % quantum;
        if (rows == 0 || over == 0) {
            return 0;
        }
        // Larger steps are not measured row by row; they are taken to behave like the last block.
        int like = rows <= EACH ? rows : EACH - quantum + over;
        int full = like + quantum - over;
        return nanos[full - 1] < share * nanos[like - 1] ? quantum - over : 0;
    }

    private boolean isFree(int rows) {
        return nanos[rows - 1] < NEXT_TO_NOTHING * nanos[rows - 2];
    }
}
