package dev.polymnia.llama;

/// The engine's side of a trunk. Confined to the engine thread.
final class TrunkState {
    private final TokenList prompt;
    private final Strand strand;
    private boolean fresh = true;
    private boolean closed;
    private int users;
    private long lastUse;

    TrunkState(TokenList prompt, Strand strand) {
        this.prompt = prompt;
        this.strand = strand;
    }

    TokenList prompt() {
        return prompt;
    }

    Strand strand() {
        return strand;
    }

    /// Returns how many tokens are still to be read, 0 if it is not in memory.
    int remaining() {
        return strand.resident() ? prompt.size() - strand.held().size() : 0;
    }

    /// Returns whether nobody has begun to read it yet.
    boolean fresh() {
        return fresh && !closed;
    }

    boolean closed() {
        return closed;
    }

    void close() {
        closed = true;
    }

    /// Begins to be read.
    void enter() {
        fresh = false;
        strand.enter(prompt.size());
    }

    /// Returns whether running branches share its cells, so that it has to stay.
    boolean used() {
        return users > 0;
    }

    void use(long now) {
        users++;
        lastUse = now;
    }

    void release() {
        users--;
    }

    long lastUse() {
        return lastUse;
    }
}
