package dev.polymnia.llama;

/// What a step costs on this machine with this model, by rows, measured when the model is loaded.
///
/// Kernels take rows in blocks: with the x86 ones three rows cost more than four. So the engine
/// asks here how many rows a step should have. The block is found by measuring and never assumed,
/// because it differs between processors and quantisations. Immutable.
final class StepCosts {
    static final int MEASURED = 8;

    /// A saving has to be clear of the noise of the measurement before a row is added for nothing.
    private static final double CLEARLY_LESS = 0.95;

    private final long[] nanos;
    private final long readNanos;

    /// @param nanos nanoseconds of a step with `index + 1` rows, for 1 to 8 rows
    /// @param readNanos nanoseconds for each row of a step that reads many
    StepCosts(long[] nanos, long readNanos) {
        this.nanos = nanos.clone();
        this.readNanos = readNanos;
        if (nanos.length != MEASURED) {
            throw new IllegalArgumentException(nanos.length + " measurements");
        }
    }

    long[] nanos() {
        return nanos.clone();
    }

    long readNanos() {
        return readNanos;
    }

    /// Returns the size of the blocks in which rows are cheap: 4 if a fourth or an eighth row makes
    /// a step cheaper or costs next to nothing, else 2 by the same rule, else 1.
    int quantum() {
        if (isFree(4) || isFree(8)) {
            return 4;
        }
        return isFree(2) || isFree(6) ? 2 : 1;
    }

    /// Returns how many rows without a use make a step with so many rows cheaper, by filling the
    /// last block; mostly 0.
    int padding(int rows) {
        int quantum = quantum();
        int over = rows % quantum;
        if (rows < 2 || over == 0) {
            return 0;
        }
        // Larger steps are not measured; they are taken to behave like the last block that was.
        int like = rows <= MEASURED ? rows : MEASURED - quantum + over;
        int full = like + quantum - over;
        return nanos[full - 1] < CLEARLY_LESS * nanos[like - 1] ? quantum - over : 0;
    }

    private boolean isFree(int rows) {
        return nanos[rows - 1] < 1.05 * nanos[rows - 2];
    }
}
