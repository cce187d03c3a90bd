package dev.polymnia.llama;

import dev.polymnia.llama.Strand.Use;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The context's memory: which sequences hold which tokens, which cells are promised, and what is
/// dropped when there is no room. Confined to the engine thread.
///
/// A cell is in use (its token is in the [PrefixTree]), or reserved for a run that will need it, or
/// free. Cells are reserved before they are used, so a step never finds the memory full. What no
/// run needs stays until its room is wanted: then the least recently used end of a prefix goes
/// first, and no more of it than is needed.
final class Memory {
    /// Idle tokens are dropped in blocks of this size, so that not every step drops a few.
    private static final int BLOCK = 64;

    private static final int PINNED_SHARE = 4;

    private static final Comparator<Strand> FIRST_TO_GO =
            Comparator.comparing(Strand::use).thenComparingLong(Strand::lastUse);

    private final StepContext context;
    private final PrefixTree tree = new PrefixTree();
    private final ArrayDeque<Integer> free = new ArrayDeque<>();
    private final int capacity;
    private final int sequences;
    private final int idleTokens;
    private int reserved;
    private @Nullable Strand latest;
    private long clock;
    private long forks;
    private long forkNanos;
    private long evictions;
    private long evictedTokens;

    /// @param capacity cells
    /// @param sequences numbered from 0
    /// @param idleTokens how many tokens that nobody asked for may stay, beside those of the strand
    ///   that became idle last, which is the most probable to be continued
    Memory(StepContext context, int capacity, int sequences, int idleTokens) {
        this.context = context;
        this.capacity = capacity;
        this.sequences = sequences;
        this.idleTokens = idleTokens;
        for (int i = 0; i < sequences; i++) {
            free.add(i);
        }
    }

    /// Returns how many of the first tokens are in memory.
    int held(TokenList tokens, int most) {
        return tree.longest(tokens, most).length();
    }

    /// Makes a running strand of the longest prefix in memory. Costs no cells.
    ///
    /// @param most the longest prefix that is wanted
    /// @return null if all sequences run
    @Nullable Strand fork(TokenList tokens, int most) {
        PrefixTree.Match match = tree.longest(tokens, most);
        if (free.isEmpty() && !freeSequence(match)) {
            return adopt(match);
        }
        // Making room may have merged nodes.
        match = tree.longest(tokens, match.length());
        Strand strand = new Strand(free.remove(), tree.root());
        share(strand, match);
        return strand;
    }

    /// Lets a running strand begin anew, from the longest prefix in memory.
    void refork(Strand strand, TokenList tokens, int most) {
        context.truncate(strand.sequence(), 0);
        tree.detach(strand);
        share(strand, tree.longest(tokens, most));
    }

    private void share(Strand strand, PrefixTree.Match match) {
        if (match.length() > 0) {
            long begin = System.nanoTime();
            context.share(tree.holder(match).sequence(), strand.sequence(), match.length());
            forks++;
            forkNanos += System.nanoTime() - begin;
        }
        tree.attach(strand, match);
        strand.useFor(Use.RUNNING, ++clock);
        // Who waited idly at the same place is not needed any more.
        for (Strand other : List.copyOf(strand.node().strands())) {
            if (other.use() == Use.IDLE) {
                drop(other);
            }
        }
    }

    /// Drops an idle strand to have its sequence, one that does not hold the prefix if possible.
    private boolean freeSequence(PrefixTree.Match match) {
        List<Strand> holders = match.length() == 0 ? List.of() : tree.strandsAt(match).toList();
        Optional<Strand> victim =
                firstUnpinned(tree::redundant)
                        .or(() -> firstUnpinned(strand -> !holders.contains(strand)))
                        .or(() ->
                                holders.size() < 2
                                        ? Optional.empty()
                                        : firstUnpinned(holders::contains));
        victim.ifPresent(this::evict);
        return victim.isPresent();
    }

    /// Takes over the only strand that holds a prefix, if that is what has to go.
    private @Nullable Strand adopt(PrefixTree.Match match) {
        Optional<Strand> last =
                match.length() == 0 ? Optional.empty() : firstUnpinned(strand -> true);
        if (last.isEmpty()) {
            return null;
        }
        Strand strand = last.get();
        int surplus = strand.length() - match.length();
        context.truncate(strand.sequence(), match.length());
        if (surplus > 0) {
            evictions++;
            evictedTokens += surplus;
            tree.shorten(strand, surplus);
        }
        strand.useFor(Use.RUNNING, ++clock);
        return strand;
    }

    /// Reserves cells, for which room is made.
    ///
    /// @param pinnedToo whether what is pinned may go, too
    /// @return whether they are reserved; nothing is dropped in vain
    boolean reserve(int cells, boolean pinnedToo) {
        if (!makeRoom(cells, pinnedToo)) {
            return false;
        }
        reserved += cells;
        return true;
    }

    /// Gives back cells that were reserved and not used.
    void release(int cells) {
        reserved -= cells;
    }

    /// Enters in the books that reserved cells are used.
    ///
    /// @param tokens all tokens of the strand
    /// @param count how many more of them are in memory
    void hold(Strand strand, TokenList tokens, int count) {
        tree.append(strand, tokens, count);
        reserved -= count;
    }

    /// Removes from memory what the books do not know: what a failed step or a rejected draft left.
    void repair(Strand strand) {
        context.truncate(strand.sequence(), strand.length());
    }

    /// Ends the running of a strand; what it holds stays until its room is wanted.
    ///
    /// @param wanted any but running; what is pinned beyond a quarter of the sequences or half of
    ///   the cells stays as an open trunk does, so that there is always something that can go
    void idle(Strand strand, Use wanted) {
        Use use = wanted == Use.PINNED && !mayPin(strand) ? Use.OPEN : wanted;
        strand.useFor(use, ++clock);
        if (use == Use.IDLE && tree.redundant(strand)) {
            drop(strand);
            return;
        }
        latest = use == Use.IDLE ? strand : latest;
        int staying = tree.sizeOf(other -> other.use() != Use.IDLE || other == latest);
        if (tree.size() - staying > idleTokens) {
            evictOf(Use.IDLE, tree.size() - staying - idleTokens);
        }
    }

    private boolean mayPin(Strand strand) {
        long pinned =
                tree.strands()
                        .filter(other -> other != strand && other.use() == Use.PINNED)
                        .count();
        int tokens = tree.sizeOf(other -> other == strand || other.use() == Use.PINNED);
        return pinned < sequences / PINNED_SHARE && tokens <= capacity / 2;
    }

    /// Changes why a strand stays; does nothing if it has left or runs for somebody else.
    ///
    /// @param use any but running
    void keep(@Nullable Strand strand, Use use) {
        if (strand != null && !strand.running() && strand.node().strands().contains(strand)) {
            idle(strand, use);
        }
    }

    /// Returns whether cells are free, with nothing dropped for them.
    boolean hasFree(int cells) {
        return !free.isEmpty() && capacity - tree.size() - reserved >= cells;
    }

    private boolean makeRoom(int cells, boolean pinnedToo) {
        int missing = cells + reserved + tree.size() - capacity;
        if (missing <= 0) {
            return true;
        }
        Use last = pinnedToo ? Use.PINNED : Use.OPEN;
        int droppable = tree.size() - tree.sizeOf(strand -> strand.use().compareTo(last) > 0);
        if (droppable < missing) {
            return false;
        }
        evictOf(last, missing);
        return true;
    }

    /// Drops so many tokens, or a few more, if that many can be.
    ///
    /// @param last of strands up to this use
    private void evictOf(Use last, int tokens) {
        int target = tree.size() - tokens;
        while (tree.size() > target) {
            Optional<Strand> victim = first(strand -> strand.use().compareTo(last) <= 0);
            if (victim.isEmpty()) {
                return;
            }
            evict(victim.get(), tree.size() - target);
        }
    }

    private void evict(Strand strand, int wanted) {
        int own = tree.own(strand);
        int count = Math.ceilDiv(wanted, BLOCK) * BLOCK;
        if (own <= count) {
            evict(strand);
            return;
        }
        evictions++;
        evictedTokens += count;
        tree.shorten(strand, count);
        repair(strand);
    }

    /// Drops the last node of a strand, and the strand unless it is the only one that holds what
    /// comes before.
    private void evict(Strand strand) {
        int before = tree.size();
        int own = tree.own(strand);
        if (own > 0 && !free.isEmpty()) {
            tree.shorten(strand, own);
            repair(strand);
        }
        if (own == 0 || free.isEmpty() || tree.redundant(strand)) {
            drop(strand);
        }
        evictions++;
        evictedTokens += before - tree.size();
    }

    private Optional<Strand> firstUnpinned(Predicate<Strand> accepted) {
        return first(strand -> strand.use() != Use.PINNED && accepted.test(strand));
    }

    private Optional<Strand> first(Predicate<Strand> accepted) {
        return tree.strands().filter(strand -> !strand.running()).filter(accepted).min(FIRST_TO_GO);
    }

    /// Drops all that no run needs.
    ///
    /// @return whether there was anything
    boolean evictIdle() {
        List<Strand> idle = tree.strands().filter(strand -> !strand.running()).toList();
        idle.forEach(this::drop);
        return !idle.isEmpty();
    }

    /// Takes a strand out of the memory.
    void drop(Strand strand) {
        context.truncate(strand.sequence(), 0);
        tree.detach(strand);
        free.addFirst(strand.sequence());
    }

    /// Returns how many tokens are in memory.
    int tokens() {
        return tree.size();
    }

    int reserved() {
        return reserved;
    }

    int sequencesInUse() {
        return sequences - free.size();
    }

    long forks() {
        return forks;
    }

    long forkNanos() {
        return forkNanos;
    }

    /// Returns how often something was dropped to make room.
    long evictions() {
        return evictions;
    }

    long evictedTokens() {
        return evictedTokens;
    }
}
