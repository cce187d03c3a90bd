package dev.polymnia.llama;

/// A sequence of tokens that may lie in the context's memory: that of a trunk or of a branch. It is
/// either resident, with a sequence of its own, or it is not and has to be read again before it can
/// go on. Confined to the engine thread.
final class Strand {
    private static final int NONE = -1;

    private final StepContext context;
    private final Cells cells;
    private TokenList held = new TokenList();
    private int sequence = NONE;
    private int shared;
    private int promised;

    Strand(StepContext context, Cells cells) {
        this.context = context;
        this.cells = cells;
    }

    boolean resident() {
        return sequence != NONE;
    }

    int sequence() {
        return sequence;
    }

    /// Returns the tokens in memory, in order.
    TokenList held() {
        return held;
    }

    /// Returns how many of the first cells belong to the trunk.
    int shared() {
        return shared;
    }

    /// Returns how many cells of its own are promised to it.
    int promised() {
        return promised;
    }

    /// Becomes resident and empty.
    ///
    /// @param own cells that are promised
    void enter(int own) {
        sequence = cells.take(own);
        promised = own;
        shared = 0;
        held = new TokenList();
    }

    /// Takes over the first tokens of another strand. Costs no cells.
    void shareFrom(Strand other, int tokens) {
        long begin = System.nanoTime();
        context.share(other.sequence, sequence, tokens);
        cells.countFork(System.nanoTime() - begin);
        held.addAll(other.held, 0, tokens);
        shared = tokens;
    }

    /// Drops all tokens after the first ones.
    void truncate(int tokens) {
        if (tokens < held.size()) {
            context.truncate(sequence, tokens);
            held.truncate(tokens);
            shared = Math.min(shared, tokens);
        }
    }

    /// Removes from memory what a failed step may have left there.
    void repair() {
        context.truncate(sequence, held.size());
    }

    void promise(int own) {
        cells.promise(own - promised);
        promised = own;
    }

    /// Gives back what is promised and not used.
    void settle() {
        promise(held.size() - shared);
    }

    /// Leaves the memory; does nothing if it is not there.
    void leave() {
        if (sequence == NONE) {
            return;
        }
        context.truncate(sequence, 0);
        cells.giveBack(sequence, promised);
        sequence = NONE;
        promised = 0;
        shared = 0;
        held = new TokenList();
    }
}
