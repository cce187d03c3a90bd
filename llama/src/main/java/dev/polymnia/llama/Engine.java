package dev.polymnia.llama;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.BranchLife;
import dev.polymnia.core.model.StopReason;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// The one thread that steps a model. Everybody else speaks to it through a queue of commands,
/// which it takes between steps; with nothing to do it waits there. Each round: take commands, end
/// runs that were asked to stop, let waiting ones in, compute one step, draw a token for each row.
///
/// [#submit], [#close] and [#statistics] are thread-safe; all else is confined to the thread.
final class Engine implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger("dev.polymnia.llama");

    /// Sequences and cells that rows without a use need.
    private static final int SCRATCH_SEQUENCES = 1;

    private static final int SCRATCH_CELLS = 8;

    private final StepContext context;
    private final Lexicon lexicon;
    private final Runnable release;
    private final Cells cells;
    private final Residents residents;
    private final Step step;
    private final Thread thread;
    private final LinkedBlockingQueue<Command> commands = new LinkedBlockingQueue<>();
    private final Object gate = new Object();
    private boolean closed; // guarded by gate

    private long steps;
    private long spokenRows;
    private long readRows;
    private long paddingRows;
    private long decodeNanos;
    private long otherNanos;
    private volatile EngineStatistics statistics =
            new EngineStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// Something to be done on the engine thread. Whatever it throws ends the engine.
    @FunctionalInterface
    interface Command {
        void run();
    }

    /// @param context owned by this engine from now on
    /// @param rows large enough for every step that the scheduler plans
    /// @param release what is done last, on the engine thread, once the context is closed
    Engine(StepContext context, Lexicon lexicon, Scheduler scheduler, Rows rows, Runnable release) {
        this.context = context;
        this.lexicon = lexicon;
        this.release = release;
        cells = new Cells(usableCells(context), context.sequences() - SCRATCH_SEQUENCES);
        residents = new Residents(cells);
        step = new Step(context, scheduler, rows, context.sequences() - 1);
        thread = Thread.ofPlatform().name("polymnia-engine").daemon().unstarted(this::work);
        thread.setUncaughtExceptionHandler(
                (where, thrown) -> LOGGER.log(Level.ERROR, "The engine thread died.", thrown));
    }

    /// Returns how many tokens trunks and branches may hold together.
    static int usableCells(StepContext context) {
        return context.cells() - SCRATCH_CELLS;
    }

    void start() {
        thread.start();
    }

    Strand newStrand() {
        return new Strand(context, cells);
    }

    Residents residents() {
        return residents;
    }

    /// Hands over a command.
    ///
    /// @return whether it will be run; false once the engine is closed
    boolean submit(Command command) {
        synchronized (gate) {
            return !closed && commands.add(command);
        }
    }

    /// Returns what has been done up to the last round.
    EngineStatistics statistics() {
        return statistics;
    }

    /// Ends all runs, waits for the thread to end, and gives back the context. Closing again waits
    /// too. Called on the engine thread itself (by a listener), it does not wait.
    @Override
    public void close() {
        synchronized (gate) {
            if (!closed) {
                closed = true;
                commands.add(() -> {}); // wakes it
            }
        }
        if (thread.equals(Thread.currentThread())) {
            return;
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Ends a run, waiting or running. Does nothing to one that has ended.
    void end(Run run, StopReason reason) {
        if (run.equals(run.branch().run())) {
            residents.stop(run);
            run.end(reason);
        }
    }

    private void work() {
        try {
            while (!isClosed()) {
                takeCommands();
                long begin = System.nanoTime();
                long decodedBefore = decodeNanos;
                round();
                otherNanos += System.nanoTime() - begin - (decodeNanos - decodedBefore);
                publish();
            }
            runCommands();
            endAll(null);
            publish();
        } catch (Throwable thrown) {
            die(thrown);
        } finally {
            context.close();
            release.run();
        }
    }

    private boolean isClosed() {
        synchronized (gate) {
            return closed;
        }
    }

    private void takeCommands() {
        if (residents.idle()) {
            publish();
            try {
                commands.take().run();
            } catch (InterruptedException e) {
                throw new IllegalStateException("Nobody may interrupt the engine thread.", e);
            }
        }
        runCommands();
    }

    private void runCommands() {
        for (Command next = commands.poll(); next != null; next = commands.poll()) {
            next.run();
        }
    }

    private void round() {
        for (Run run : runs()) {
            stopIfAsked(run);
        }
        residents.admit();
        for (Run run : List.copyOf(residents.running())) {
            if (run.speaks()) {
                residents.grow(run);
            }
        }
        if (step.compose(residents)) {
            compute();
        }
    }

    private void compute() {
        long begin = System.nanoTime();
        int code = step.compute();
        decodeNanos += System.nanoTime() - begin;
        count();
        if (code != 0) {
            recover(code);
            return;
        }
        residents.connect();
        for (Step.Output output : step.outputs()) {
            draw(output.run(), output.row());
        }
    }

    private void draw(Run run, int row) {
        StopReason reason;
        try {
            reason = run.draw(context.logits(row), lexicon);
        } catch (Throwable thrown) {
            fail(run, BranchLife.faultOf(thrown));
            return;
        }
        if (reason != null) {
            end(run, reason);
        }
    }

    private void stopIfAsked(Run run) {
        StopReason reason;
        try {
            reason = run.stopBeforeStep();
        } catch (Throwable thrown) {
            fail(run, BranchLife.faultOf(thrown));
            return;
        }
        if (reason != null) {
            end(run, reason);
        }
    }

    private void fail(Run run, Fault fault) {
        if (run.equals(run.branch().run())) {
            residents.stop(run);
            run.fail(fault);
        }
    }

    /// After a step that failed. The memory has been repaired; only those whose rows were in the
    /// step fail, and with code 1 (no room) only if sending away the idle does not help.
    private void recover(int code) {
        if (code == 1 && residents.evictIdle()) {
            return;
        }
        List<Run> touched = new ArrayList<>(step.touchedRuns());
        for (TrunkState trunk : step.touchedTrunks()) {
            touched.addAll(usersOf(trunk));
        }
        String message =
                "A step of %d rows failed with code %d of llama.cpp (%s). Try again; if it happens again, choose a smaller context."
                        .formatted(step.count(), code, NativeLog.lastError());
        for (Run run : touched) {
            fail(run, new Fault(Fault.Code.INTERNAL, message));
        }
        for (TrunkState trunk : step.touchedTrunks()) {
            trunk.strand().leave();
        }
    }

    private List<Run> usersOf(TrunkState trunk) {
        return residents.running().stream()
                .filter(run -> run.branch().trunk() == trunk && run.usesTrunk())
                .toList();
    }

    private List<Run> runs() {
        List<Run> all = new ArrayList<>(residents.running());
        residents.waiting().forEach(all::add);
        return all;
    }

    private void endAll(@Nullable Fault fault) {
        for (Run run : runs()) {
            if (fault == null) {
                end(run, StopReason.CANCELLED);
            } else {
                fail(run, fault);
            }
        }
    }

    /// A defect: nothing can be trusted any more, so everybody is told, and the engine is closed.
    private void die(Throwable thrown) {
        LOGGER.log(Level.ERROR, "The engine has to stop.", thrown);
        synchronized (gate) {
            closed = true;
        }
        Fault fault =
                new Fault(
                        Fault.Code.INTERNAL,
                        "The engine stopped because of a defect: " + thrown,
                        requireNonNull(thrown));
        commands.forEach(command -> {
            try {
                command.run();
            } catch (RuntimeException again) {
                fault.addSuppressed(again);
            }
        });
        endAll(fault);
    }

    private void count() {
        steps++;
        spokenRows += step.speakers();
        paddingRows += step.padding();
        readRows += step.count() - step.padding() - step.speakers();
    }

    private void publish() {
        statistics =
                new EngineStatistics(
                        steps,
                        spokenRows,
                        readRows,
                        paddingRows,
                        decodeNanos,
                        otherNanos,
                        cells.forks(),
                        cells.forkNanos(),
                        residents.evictions(),
                        residents.suspensions(),
                        cells.sequencesInUse(),
                        cells.promised());
    }
}
