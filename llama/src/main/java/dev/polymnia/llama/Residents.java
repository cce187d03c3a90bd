package dev.polymnia.llama;

import dev.polymnia.core.model.StopReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides which runs are in memory. Confined to the engine thread.
///
/// A run enters with what the memory holds of its tokens, and with cells for the rest and for a few
/// more; while it speaks it asks for more. What another run is reading just now it does not read
/// again but waits for.
///
/// Who enters next: interactive runs before background ones, then the group with the fewest runs in
/// memory, then in order of arrival. A run that was passed over too often is next whatever it is,
/// so nobody starves. If there is no room, then in this order:
///
/// 1. What no run needs is dropped ([Memory]).
/// 2. For an interactive run the youngest background run leaves.
/// 3. A run that wants to enter waits, and so does everyone behind it.
/// 4. A run that wants to grow sends the youngest run back to the queue, a background one if there
///    is one; that may be itself. The oldest interactive run is never sent back by another.
///
/// A run that is alone always fits, because a prompt and its answer are no longer than all cells
/// are. So the engine cannot get stuck. What a run that left has read stays in memory as long as
/// there is room.
final class Residents {
    private static final int GROWTH = 128;
    private static final int MOST_PASSES = 64;

    private final Memory memory;
    private final List<Run> waiting = new ArrayList<>();
    private final List<Run> running = new ArrayList<>();
    private final List<Run> trunks = new ArrayList<>();
    private long arrivals;
    private long suspensions;
    private long admissions;
    private long queueNanos;
    private long cachedTokens;
    private long computedTokens;
    private boolean blocked;

    Residents(Memory memory) {
        this.memory = memory;
    }

    /// Returns the runs in memory, in the order in which they entered.
    List<Run> running() {
        return running;
    }

    /// Returns the runs that wait to enter.
    List<Run> waiting() {
        return waiting;
    }

    /// Returns how often a run had to leave the memory for a while.
    long suspensions() {
        return suspensions;
    }

    /// Returns how many runs have entered.
    long admissions() {
        return admissions;
    }

    /// Returns the time that runs waited to enter, in all.
    long queueNanos() {
        return queueNanos;
    }

    /// Returns how many prompt tokens the runs that have ended found in memory.
    long cachedTokens() {
        return cachedTokens;
    }

    /// Returns how many prompt tokens were read for the runs that have ended.
    long computedTokens() {
        return computedTokens;
    }

    /// Returns whether there is nothing to do.
    boolean idle() {
        return waiting.isEmpty() && running.isEmpty() && trunks.isEmpty();
    }

    /// Takes a run into the queue.
    void enqueue(Run run) {
        run.queue(arrivals++, System.nanoTime());
        waiting.add(run);
        blocked = false;
    }

    /// Takes in a trunk, which is read ahead of its branches if there is room to spare; if not, the
    /// first of them reads it.
    void enqueueTrunk(Run trunk) {
        trunk.queue(arrivals++, System.nanoTime());
        trunks.add(trunk);
    }

    /// Lets in who can enter.
    void admit() {
        for (Run trunk : List.copyOf(trunks)) {
            trunks.remove(trunk);
            if (memory.hasFree(trunk.tokens().size()) && enter(trunk)) {
                running.add(trunk);
            }
        }
        while (!blocked && !waiting.isEmpty()) {
            Run next = next();
            if (enter(next)) {
                letIn(next);
            } else {
                blocked = !next.interactive() || !suspendBackground();
            }
        }
        connect();
    }

    private Run next() {
        Comparator<Run> order =
                Comparator.comparing((Run run) -> run.passedOver() < MOST_PASSES)
                        .thenComparing(run -> !run.interactive())
                        .thenComparingInt(Run::siblings)
                        .thenComparingLong(Run::order);
        return waiting.stream().min(order).orElseThrow();
    }

    private void letIn(Run run) {
        waiting.remove(run);
        running.add(run);
        admissions++;
        queueNanos += System.nanoTime() - run.submittedNanos();
        for (Run other : waiting) {
            if (other.order() < run.order()) {
                other.passOver();
            }
        }
    }

    private boolean enter(Run run) {
        TokenList tokens = run.tokens();
        int most = most(run);
        Run source = readerFor(run, most);
        int share = source == null ? 0 : Math.min(tokens.commonPrefix(source.tokens()), most);
        Strand strand = memory.fork(tokens, most);
        if (strand == null) {
            return false;
        }
        int wanted = wanted(run, Math.max(strand.length(), share));
        if (!memory.reserve(wanted, running.isEmpty())) {
            memory.idle(strand, Strand.Use.IDLE);
            return false;
        }
        run.enter(strand, wanted);
        if (source != null) {
            run.waitFor(source, share);
        }
        return true;
    }

    private static int wanted(Run run, int held) {
        return run.tokens().size() - held + Math.min(GROWTH, run.purpose().left());
    }

    /// Returns the run that is reading most of what a run needs, if that is more than is in memory.
    private @Nullable Run readerFor(Run run, int most) {
        TokenList tokens = run.tokens();
        Run best = null;
        int longest = memory.held(tokens, most);
        for (Run other : running) {
            int common = Math.min(other.tokens().commonPrefix(tokens), most);
            if (common > longest && common > other.strand().length() && !waits(other, run)) {
                best = other;
                longest = common;
            }
        }
        return best;
    }

    /// Returns whether a run waits for another one, be it through others: one that had to leave may
    /// come back before those that wait for it have noticed.
    private static boolean waits(Run run, Run wanted) {
        for (Run next = run.source(); next != null; next = next.source()) {
            if (next == wanted) {
                return true;
            }
        }
        return false;
    }

    /// Lets runs that wait for another one take over what it has read.
    void connect() {
        for (Run run : List.copyOf(running)) {
            Run source = run.source();
            if (source == null || !run.resident()) {
                continue;
            }
            boolean there = source.resident() && !source.ended();
            if (there && source.strand().length() < run.toShare()) {
                continue;
            }
            memory.refork(run.strand(), run.tokens(), most(run));
            int missing = wanted(run, run.strand().length()) - run.reserved();
            if (missing > 0 && !memory.reserve(missing, running.size() == 1)) {
                suspend(run); // its source has left before it had read enough
                continue;
            }
            run.reserve(Math.max(0, missing));
            run.connect();
        }
    }

    /// The last token is always read if its row gives the scores for the first draw.
    private static int most(Run run) {
        return run.purpose().draws() ? run.tokens().size() - 1 : run.tokens().size();
    }

    /// Makes sure that a run has a cell for its next token.
    ///
    /// @return whether it has; if not, it waits in the queue again
    boolean grow(Run run) {
        while (run.reserved() < 1) {
            int more = Math.clamp(run.purpose().left(), 1, GROWTH);
            if (memory.reserve(more, running.size() == 1)) {
                run.reserve(more);
                return true;
            }
            Run youngest = youngestBackground().orElse(running.getLast());
            suspend(youngest);
            if (youngest == run) {
                return false;
            }
        }
        return true;
    }

    private Optional<Run> youngestBackground() {
        return running.reversed().stream().filter(run -> !run.interactive()).findFirst();
    }

    private boolean suspendBackground() {
        Optional<Run> background = youngestBackground();
        background.ifPresent(this::suspend);
        return background.isPresent();
    }

    private void suspend(Run run) {
        suspensions++;
        remove(run, Strand.Use.IDLE);
        if (run.purpose().draws()) {
            run.queue(run.order(), System.nanoTime());
            waiting.add(run);
        } else {
            count(run);
            run.end(StopReason.CANCELLED);
        }
    }

    /// Takes out a run that has stopped. What it holds stays until the room is needed.
    ///
    /// @param use why it stays
    void stop(Run run, Strand.Use use) {
        waiting.remove(run);
        trunks.remove(run);
        if (run.resident()) {
            remove(run, use);
        }
        count(run);
        blocked = false;
    }

    private void count(Run run) {
        cachedTokens += run.cached();
        computedTokens += run.computed();
    }

    private void remove(Run run, Strand.Use use) {
        running.remove(run);
        memory.release(run.reserved());
        memory.idle(run.leave(), use);
        blocked = false;
    }
}
