package dev.polymnia.llama;

/// A sequence of the context's memory and the place in the [PrefixTree] where it ends. It is either
/// running, which means that a [Run] adds tokens to it, or idle, which means that it is kept in
/// case somebody goes on from there. Confined to the engine thread; moved by [Memory] and the tree
/// only.
final class Strand {
    private final int sequence;
    private PrefixTree.Node node;
    private Use use = Use.RUNNING;
    private long lastUse;

    /// Why a strand is in memory, in the order in which strands are evicted, the first ones first.
    enum Use {
        /// Nobody asked for it to stay.
        IDLE,
        /// An open trunk ends here.
        OPEN,
        /// It must stay as long as anything else can go.
        PINNED,
        /// A run adds tokens to it: never evicted.
        RUNNING
    }

    /// @param node where it ends
    Strand(int sequence, PrefixTree.Node node) {
        this.sequence = sequence;
        this.node = node;
    }

    int sequence() {
        return sequence;
    }

    /// Returns how many tokens it holds.
    int length() {
        return node.end();
    }

    PrefixTree.Node node() {
        return node;
    }

    void moveTo(PrefixTree.Node value) {
        node = value;
    }

    Use use() {
        return use;
    }

    boolean running() {
        return use == Use.RUNNING;
    }

    /// @param now a clock that counts uses
    void useFor(Use value, long now) {
        use = value;
        lastUse = now;
    }

    long lastUse() {
        return lastUse;
    }
}
