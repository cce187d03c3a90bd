package dev.polymnia.llama;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides who is in the context's memory. Confined to the engine thread.
///
/// Runs enter in the order in which they came. A run enters with the cells for its tokens and for a
/// few more; while it speaks it asks for more. If there is no room, then in this order:
///
/// 1. Who is in memory without running leaves: stopped branches and trunks without running
///    branches, those that nobody waits for first, the least recently used first. Their tokens are
///    known, so they are only read again when they are needed. That is why a trunk that is open and
///    idle, or a branch that nobody closed, never blocks anybody.
/// 2. A run that wants to enter waits, and so does everyone behind it.
/// 3. A run that wants to grow sends the youngest run back to the head of the queue; that may be
///    itself. The oldest is never sent back by another, so it always gets on.
/// 4. A run that is alone and does not fit beside its own trunk goes on without it.
///
/// A single run always fits, because the limit of a prompt and its answer is no more than all
/// cells. So the engine cannot get stuck, and nobody starves.
final class Residents {
    private static final int GROWTH = 128;

    private final Cells cells;
    private final ArrayDeque<Run> waiting = new ArrayDeque<>();
    private final List<Run> running = new ArrayList<>();
    private final List<TrunkState> trunks = new ArrayList<>();
    private final List<BranchState> branches = new ArrayList<>();
    private long clock;
    private long evictions;
    private long suspensions;

    Residents(Cells cells) {
        this.cells = cells;
    }

    /// Returns the runs in memory, in the order in which they entered.
    List<Run> running() {
        return running;
    }

    /// Returns the runs that wait to enter.
    Iterable<Run> waiting() {
        return waiting;
    }

    List<TrunkState> trunks() {
        return trunks;
    }

    List<BranchState> branches() {
        return branches;
    }

    long evictions() {
        return evictions;
    }

    long suspensions() {
        return suspensions;
    }

    /// Returns whether there is nothing to do.
    boolean idle() {
        return waiting.isEmpty()
                && running.isEmpty()
                && trunks.stream().allMatch(trunk -> trunk.remaining() == 0);
    }

    /// Takes a run into the queue. What its branch still holds of an earlier run is cut to what
    /// both have in common, or dropped if the trunk has more in common.
    void enqueue(Run run) {
        BranchState branch = run.branch();
        branch.begin(run);
        Strand strand = branch.strand();
        if (strand.resident()) {
            int common = common(run, strand.held());
            if (common < common(run, branch.trunk())) {
                strand.leave();
            } else {
                strand.truncate(common);
                strand.settle();
            }
        }
        if (!branches.contains(branch)) {
            branches.add(branch);
        }
        waiting.addLast(run);
    }

    /// Lets in who can enter; then lets trunks that nobody has asked for yet be read if there is
    /// room to spare.
    void admit() {
        while (!waiting.isEmpty() && enter(waiting.getFirst())) {
            Run run = waiting.removeFirst();
            running.add(run);
            TrunkState trunk = run.branch().trunk();
            if (run.usesTrunk() && trunk != null) {
                trunk.use(++clock);
            }
        }
        for (TrunkState trunk : trunks) {
            if (waiting.isEmpty()
                    && trunk.fresh()
                    && cells.fits(2, trunk.prompt().size() + GROWTH)) {
                trunk.enter();
            }
        }
        connect();
    }

    /// Lets runs that wait for their trunk take over what it holds.
    void connect() {
        for (Run run : running) {
            TrunkState trunk = run.branch().trunk();
            if (!run.connected() && trunk != null) {
                run.connect(trunk);
            }
        }
    }

    /// Makes sure that a run has a cell for its next token.
    ///
    /// @return whether it has; if not, it waits in the queue again
    boolean grow(Run run) {
        Strand strand = run.branch().strand();
        int needed = strand.held().size() + 1 - strand.shared();
        while (needed > strand.promised()) {
            int more = Math.max(1, Math.min(GROWTH, run.left()));
            if (makeRoom(0, more, run)) {
                strand.promise(strand.promised() + more);
                return true;
            }
            Run youngest = running.getLast();
            suspend(youngest);
            if (youngest == run) {
                return false;
            }
        }
        return true;
    }

    /// Takes out a run that has stopped. What it holds stays until the room is needed.
    void stop(Run run) {
        waiting.remove(run);
        if (running.remove(run)) {
            releaseTrunk(run);
            run.branch().strand().settle();
        }
        run.branch().stop(++clock);
    }

    /// Drops a branch that has stopped.
    void forget(BranchState branch) {
        branch.strand().leave();
        branches.remove(branch);
    }

    /// Drops a trunk whose branches are forgotten.
    void forget(TrunkState trunk) {
        trunk.close();
        trunk.strand().leave();
        trunks.remove(trunk);
    }

    private boolean enter(Run run) {
        Strand strand = run.branch().strand();
        if (strand.resident()) {
            int own = wanted(run) - strand.shared();
            if (makeRoom(0, own - strand.promised(), run)) {
                strand.promise(own);
                run.admit(strand.held().size(), strand.shared() > 0);
                return true;
            }
            if (!running.isEmpty()) {
                return false;
            }
            strand.leave();
        }
        return enterWithTrunk(run) || (running.isEmpty() && enterAlone(run));
    }

    private boolean enterWithTrunk(Run run) {
        TrunkState trunk = run.branch().trunk();
        int shared = common(run, trunk);
        if (trunk == null || shared == 0) {
            return enterAlone(run);
        }
        boolean there = trunk.strand().resident();
        int own = wanted(run) - shared;
        if (!makeRoom(there ? 1 : 2, own + (there ? 0 : trunk.prompt().size()), run)) {
            return false;
        }
        if (!there) {
            trunk.enter();
        }
        run.branch().strand().enter(own);
        run.admit(shared, true);
        return true;
    }

    private boolean enterAlone(Run run) {
        int own = wanted(run);
        if (!makeRoom(1, own, null)) {
            return false;
        }
        run.branch().strand().enter(own);
        run.admit(0, false);
        return true;
    }

    private static int wanted(Run run) {
        return run.tokens().size() + Math.min(GROWTH, run.left());
    }

    private static int common(Run run, @Nullable TrunkState trunk) {
        return trunk == null || trunk.closed() ? 0 : common(run, trunk.prompt());
    }

    /// The last token is always read: its row gives the scores for the first draw.
    private static int common(Run run, TokenList held) {
        return Math.min(run.tokens().commonPrefix(held), run.tokens().size() - 1);
    }

    private void suspend(Run run) {
        suspensions++;
        running.remove(run);
        releaseTrunk(run);
        run.branch().strand().leave();
        run.suspend();
        waiting.addFirst(run);
    }

    private static void releaseTrunk(Run run) {
        TrunkState trunk = run.branch().trunk();
        if (run.usesTrunk() && trunk != null) {
            trunk.release();
        }
    }

    /// Makes room by sending away who does not run; sends nobody away in vain.
    ///
    /// @param keep the run for which room is made; its branch and trunk stay; null to keep nobody
    private boolean makeRoom(int sequences, int moreCells, @Nullable Run keep) {
        if (cells.fits(sequences, moreCells)) {
            return true;
        }
        List<Idler> idlers = idlers(keep);
        int freed = idlers.stream().mapToInt(idler -> idler.strand().promised()).sum();
        if (!cells.fits(sequences - idlers.size(), moreCells - freed)) {
            return false;
        }
        for (Idler idler : idlers) {
            if (cells.fits(sequences, moreCells)) {
                break;
            }
            evict(idler);
        }
        return cells.fits(sequences, moreCells);
    }

    /// Sends away everybody who does not run.
    ///
    /// @return whether there was anybody
    boolean evictIdle() {
        List<Idler> idlers = idlers(null);
        idlers.forEach(this::evict);
        return !idlers.isEmpty();
    }

    private void evict(Idler idler) {
        evictions++;
        TrunkState trunk = idler.trunk();
        if (trunk != null) {
            // Cells that a stopped branch shares stay as long as it does, and would be nobody's.
            for (BranchState branch : branches) {
                if (branch.trunk() == trunk && branch.strand().shared() > 0) {
                    branch.strand().leave();
                }
            }
        }
        idler.strand().leave();
    }

    private record Idler(
            Strand strand, @Nullable TrunkState trunk, boolean awaited, long lastUse) {}

    private List<Idler> idlers(@Nullable Run keep) {
        List<Idler> idlers = new ArrayList<>();
        for (BranchState branch : branches) {
            Run run = branch.run();
            if (branch.strand().resident()
                    && (keep == null || keep.branch() != branch)
                    && (run == null || !running.contains(run))) {
                idlers.add(new Idler(branch.strand(), null, run != null, branch.lastUse()));
            }
        }
        for (TrunkState trunk : trunks) {
            if (trunk.strand().resident()
                    && !trunk.used()
                    && (keep == null || keep.branch().trunk() != trunk)) {
                idlers.add(new Idler(trunk.strand(), trunk, awaited(trunk), trunk.lastUse()));
            }
        }
        idlers.sort(Comparator.comparing(Idler::awaited).thenComparingLong(Idler::lastUse));
        return idlers;
    }

    private boolean awaited(TrunkState trunk) {
        return waiting.stream().anyMatch(run -> run.branch().trunk() == trunk);
    }
}
