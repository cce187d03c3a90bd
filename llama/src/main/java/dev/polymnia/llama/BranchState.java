package dev.polymnia.llama;

import org.jspecify.annotations.Nullable;

/// The engine's side of a branch. Confined to the engine thread, but for the trunk, which is final.
final class BranchState {
    private final @Nullable TrunkState trunk;
    private final Strand strand;
    private @Nullable Run run;
    private long lastUse;

    /// @param trunk null for a branch that stands alone
    BranchState(@Nullable TrunkState trunk, Strand strand) {
        this.trunk = trunk;
        this.strand = strand;
    }

    @Nullable TrunkState trunk() {
        return trunk;
    }

    Strand strand() {
        return strand;
    }

    /// Returns what runs or waits to run; null if the branch has stopped.
    @Nullable Run run() {
        return run;
    }

    void begin(Run value) {
        run = value;
    }

    void stop(long now) {
        run = null;
        lastUse = now;
    }

    long lastUse() {
        return lastUse;
    }
}
