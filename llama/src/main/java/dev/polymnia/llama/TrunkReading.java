package dev.polymnia.llama;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Usage;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Reads a trunk's prompt and leaves it in memory. What goes wrong is told by the branches, which
/// read the prompt themselves then.
final class TrunkReading implements Purpose {
    private volatile Usage usage = Usage.NONE;
    private volatile boolean closed;
    private volatile boolean pinned;

    /// Asks for the trunk to stay once it is read; thread-safe.
    void pin() {
        pinned = true;
    }

    /// Asks for no more reading; thread-safe.
    void close() {
        closed = true;
    }

    /// Returns what was read so far as it is known; thread-safe.
    Usage usage() {
        return usage;
    }

    @Override
    public int left() {
        return 0;
    }

    @Override
    public boolean draws() {
        return false;
    }

    @Override
    public Strand.Use staysAs() {
        return closed ? Strand.Use.IDLE : pinned ? Strand.Use.PINNED : Strand.Use.OPEN;
    }

    @Override
    public @Nullable StopReason stopBeforeStep() {
        return closed ? StopReason.CANCELLED : null;
    }

    @Override
    public void spent(int cached, int computed) {
        usage = new Usage(cached, computed, 0);
    }

    @Override
    public void started() {}

    @Override
    public @Nullable StopReason draw(MemorySegment logits, TokenList tokens) {
        throw new IllegalStateException("a trunk draws nothing");
    }

    @Override
    public void end(StopReason reason) {}

    @Override
    public void fail(Fault fault) {}
}
