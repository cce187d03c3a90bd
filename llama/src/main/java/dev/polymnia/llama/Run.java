package dev.polymnia.llama;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Priority;
import dev.polymnia.core.model.StopReason;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Tokens that have to be in memory, and what for: a branch that speaks, a trunk that is read, a
/// probe. Where it stands in the memory is moved by [Residents] only. Confined to the engine thread
/// once it is submitted.
final class Run {
    private final TokenList tokens;
    private final int promptSize;
    private final Purpose purpose;
    private final Group group;
    private final Priority priority;
    private final Drafts drafts = new Drafts();
    private boolean ended;
    private boolean started;
    private int cached;
    private int computed;

    // Where it stands among the residents.
    private long order;
    private long submittedNanos;
    private int passedOver;
    private @Nullable Strand strand;
    private @Nullable Strand left;
    private int reserved;
    private @Nullable Run source;
    private int toShare;

    /// Those that came together, such as the branches of a trunk: between groups the engine is fair
    /// first, and then between runs. Confined to the engine thread.
    static final class Group {
        private int running;
    }

    /// @param tokens at least one; grows while the run draws
    Run(TokenList tokens, Purpose purpose, Group group, Priority priority) {
        this.tokens = tokens;
        this.promptSize = tokens.size();
        this.purpose = purpose;
        this.group = group;
        this.priority = priority;
    }

    /// Returns the prompt and what has been drawn since.
    TokenList tokens() {
        return tokens;
    }

    int promptSize() {
        return promptSize;
    }

    Purpose purpose() {
        return purpose;
    }

    Group group() {
        return group;
    }

    boolean interactive() {
        return priority == Priority.INTERACTIVE;
    }

    Drafts drafts() {
        return drafts;
    }

    /// Returns how many tokens the memory does not hold yet; 0 only once a trunk is read.
    int remaining() {
        return tokens.size() - strand().length();
    }

    /// Returns whether it needs one row for its next token.
    boolean speaks() {
        return source == null && started && remaining() == 1;
    }

    /// Returns how many rows it needs to read what it is made of, beyond what it takes over from
    /// its source; 0 if it speaks.
    int unread() {
        return speaks() ? 0 : source == null ? remaining() : tokens.size() - toShare;
    }

    /// Enters in the books that the memory holds more of the tokens now.
    void read(Memory memory, int count) {
        memory.hold(strand(), tokens, count);
        reserved -= count;
        computed += started ? 0 : count;
    }

    /// Draws the next token, if that is what it is for.
    ///
    /// @return why the run stops, or null if it goes on
    @Nullable StopReason draw(MemorySegment logits) {
        tellStarted();
        return purpose.draw(logits, tokens);
    }

    /// Tells once that what it had to read is in memory.
    void tellStarted() {
        if (!started) {
            started = true;
            purpose.spent(cached, computed);
            purpose.started();
        }
    }

    int cached() {
        return cached;
    }

    int computed() {
        return computed;
    }

    void end(StopReason reason) {
        endReading();
        purpose.end(reason);
    }

    void fail(Fault fault) {
        endReading();
        purpose.fail(fault);
    }

    private void endReading() {
        ended = true;
        if (!started) {
            purpose.spent(cached, computed);
        }
    }

    /// Returns whether it has been told its end.
    boolean ended() {
        return ended;
    }

    void queue(long number, long nanos) {
        order = number;
        submittedNanos = nanos;
    }

    /// Returns its number in the order of arrival.
    long order() {
        return order;
    }

    long submittedNanos() {
        return submittedNanos;
    }

    /// Counts that another one was let in before it.
    ///
    /// @return how often that happened
    int passOver() {
        return ++passedOver;
    }

    int passedOver() {
        return passedOver;
    }

    boolean resident() {
        return strand != null;
    }

    Strand strand() {
        return requireNonNull(strand, "not in memory");
    }

    /// Returns how many cells it may still use.
    int reserved() {
        return reserved;
    }

    void reserve(int cells) {
        reserved += cells;
    }

    /// Returns the run whose reading it waits for; null if it waits for nobody.
    @Nullable Run source() {
        return source;
    }

    /// Returns how many tokens it takes over from its source.
    int toShare() {
        return toShare;
    }

    /// Enters the memory.
    ///
    /// @param place holds the beginning of the tokens
    /// @param cells reserved for it
    void enter(Strand place, int cells) {
        strand = place;
        reserved = cells;
        passedOver = 0;
        group.running++;
        connect();
    }

    /// Waits until another run has read what both have in common.
    void waitFor(Run reader, int share) {
        source = reader;
        toShare = share;
    }

    /// Goes on from what its strand holds now.
    void connect() {
        source = null;
        if (!started) {
            cached = strand().length();
            computed = 0;
        }
    }

    /// Leaves the memory.
    ///
    /// @return the strand, which is no longer its own
    Strand leave() {
        Strand own = strand();
        left = own;
        strand = null;
        source = null;
        reserved = 0;
        group.running--;
        return own;
    }

    /// Returns what it left in memory, which may be gone by now; null if it has left nothing.
    @Nullable Strand left() {
        return left;
    }

    /// Returns how many runs of its group are in memory.
    int siblings() {
        return group.running;
    }
}
