package dev.polymnia.llama;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.StopReason;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// What the tokens of a [Run] are read for. Confined to the engine thread once the run is
/// submitted.
interface Purpose {
    /// Returns how many tokens it may still draw; 0 if it only reads.
    int left();

    /// Returns whether it wants the scores after the last token.
    boolean draws();

    /// Returns as what its tokens stay in memory once it has ended.
    default Strand.Use staysAs() {
        return Strand.Use.IDLE;
    }

    /// Returns why it has to stop before the next step, or null if it may go on. What the callbacks
    /// throw comes through.
    @Nullable StopReason stopBeforeStep();

    /// Is told what it has cost to have the tokens in memory, before [#started] and before the end.
    ///
    /// @param cached tokens that the memory held already
    /// @param computed tokens that were read
    void spent(int cached, int computed);

    /// Is told, once, that the prompt is in memory.
    void started();

    /// Takes the scores after the last token.
    ///
    /// @param logits valid during the call
    /// @param tokens what stands before; a token that is drawn is added
    /// @return why it stops, or null if it goes on
    @Nullable StopReason draw(MemorySegment logits, TokenList tokens);

    /// Tells the end. The run has left the engine's books before: whoever is told may act on it at
    /// once.
    void end(StopReason reason);

    /// Tells a failure, as [#end].
    void fail(Fault fault);
}
