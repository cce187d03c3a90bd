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
import java.util.concurrent.TimeUnit;
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

    /// It gathers for so many times its moment at the most.
    private static final int MOST_GATHERS = 5;

    private final StepContext context;
    private final Setup setup;
    private final Runnable release;
    private final Memory memory;
    private final Residents residents;
    private final Step step;
    private final Thread thread;
    private final LinkedBlockingQueue<Command> commands = new LinkedBlockingQueue<>();
    private final Object gate = new Object();
    private boolean closed; // guarded by gate
    private int submitted; // guarded by gate
    private int waiting; // guarded by gate
    private final StepLog log = new StepLog();
    private volatile EngineStatistics statistics = EngineStatistics.NONE;

    /// Something to be done on the engine thread. Whatever it throws ends the engine.
    @FunctionalInterface
    interface Command {
        void run();
    }

    /// How an engine is set up.
    ///
    /// @param scheduler plans the steps
    /// @param rows large enough for every step that the scheduler plans
    /// @param idleTokens how many tokens may stay in memory that nobody asked for
    /// @param queueLimit the most runs that wait
    /// @param gatherNanos how long an idle engine waits for more each time somebody comes; far less
    ///   than a step takes
    record Setup(
            Scheduler scheduler, Rows rows, int idleTokens, int queueLimit, long gatherNanos) {}

    /// @param context owned by this engine from now on
    /// @param release what is done last, on the engine thread, once the context is closed
    Engine(StepContext context, Setup setup, Runnable release) {
        this.context = context;
        this.release = release;
        this.setup = setup;
        int sequences = context.sequences() - SCRATCH_SEQUENCES;
        memory = new Memory(context, usableCells(context), sequences, setup.idleTokens());
        residents = new Residents(memory);
        step = new Step(context, memory, setup.scheduler(), setup.rows(), sequences);
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

    /// Hands over a command.
    ///
    /// @return whether it will be run; false once the engine is closed
    boolean submit(Command command) {
        synchronized (gate) {
            return !closed && commands.add(command);
        }
    }

    /// Hands over runs, all or none.
    ///
    /// @return whether they will be run; false once the engine is closed
    /// @throws Fault `OVERLOADED` if too many wait
    boolean submit(List<Run> runs) {
        synchronized (gate) {
            int queued = submitted + waiting;
            if (queued + runs.size() > setup.queueLimit()) {
                throw new Fault(
                        Fault.Code.OVERLOADED,
                        "%d more branches were asked for and %d wait already; at most %d may wait. Ask for fewer, or again later."
                                .formatted(runs.size(), queued, setup.queueLimit()));
            }
            if (closed) {
                return false;
            }
            submitted += runs.size();
            return commands.add(() -> enqueue(runs));
        }
    }

    private void enqueue(List<Run> runs) {
        runs.forEach(residents::enqueue);
        synchronized (gate) {
            submitted -= runs.size();
            waiting = residents.waiting().size();
        }
    }

    private void countWaiting() {
        synchronized (gate) {
            waiting = residents.waiting().size();
        }
    }

    /// Hands over a trunk.
    ///
    /// @return whether it will be read; false once the engine is closed
    boolean submitTrunk(Run trunk) {
        return submit(() -> residents.enqueueTrunk(trunk));
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

    /// Ends a run, waiting or running. Does nothing to one that has ended. On the engine thread.
    void end(Run run, StopReason reason) {
        if (!run.ended()) {
            residents.stop(run, run.purpose().staysAs());
            publish(); // who is told finds it counted
            run.end(reason);
        }
    }

    /// Drops from memory what no run needs. On the engine thread.
    void forgetIdle() {
        memory.evictIdle();
    }

    /// Lets what a run left in memory stay for another reason. On the engine thread.
    void keep(Run run, Strand.Use use) {
        memory.keep(run.left(), use);
    }

    private void work() {
        try {
            while (!isClosed()) {
                takeCommands();
                log.beginRound();
                round();
                log.endRound();
                publish();
            }
            runCommands();
            endAll(null);
            memory.evictIdle();
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
                gather();
            } catch (InterruptedException e) {
                throw new IllegalStateException("Nobody may interrupt the engine thread.", e);
            }
        }
        runCommands();
    }

    /// Waits a moment for those that come together with the one that ended the idleness, and a
    /// moment more after each that comes: they are read in the same steps then, begin to speak
    /// together, and nobody has to wait for a step that the first one has to itself.
    private void gather() throws InterruptedException {
        long begin = System.nanoTime();
        long most = MOST_GATHERS * setup.gatherNanos();
        while (!residents.idle() && System.nanoTime() - begin < most) {
            Command next = commands.poll(setup.gatherNanos(), TimeUnit.NANOSECONDS);
            if (next == null) {
                return;
            }
            next.run();
        }
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
        countWaiting();
        for (Run run : List.copyOf(residents.running())) {
            if (run.resident() && run.speaks()) {
                residents.grow(run);
            }
        }
        endRead();
        if (step.compose(residents)) {
            compute();
        }
    }

    /// Ends what only had to be read and has been.
    private void endRead() {
        for (Run run : List.copyOf(residents.running())) {
            if (!run.purpose().draws() && run.source() == null && run.remaining() == 0) {
                run.tellStarted();
                end(run, StopReason.END);
            }
        }
    }

    private void compute() {
        long begin = System.nanoTime();
        int code = step.compute();
        log.decoded(step, System.nanoTime() - begin);
        if (code != 0) {
            recover(code);
            return;
        }
        for (Step.Output output : step.outputs()) {
            draw(output);
        }
        residents.connect();
        endRead();
    }

    /// Draws the next token of a run, and those after it as long as they were guessed rightly.
    private void draw(Step.Output output) {
        Run run = output.run();
        TokenList guesses = output.guesses();
        int right = 0;
        StopReason reason = null;
        Fault fault = null;
        try {
            while (true) {
                reason = run.draw(context.logits(output.row() + right));
                if (reason != null || right == guesses.size()) {
                    break;
                }
                TokenList tokens = run.tokens();
                if (tokens.get(tokens.size() - 1) != guesses.get(right)) {
                    break;
                }
                run.read(memory, 1);
                right++;
            }
        } catch (Throwable thrown) {
            fault = BranchLife.faultOf(thrown);
        }
        if (guesses.size() > 0) {
            log.guessedRight(right);
            run.drafts().learn(guesses.size(), right);
            memory.repair(run.strand());
        }
        if (fault != null) {
            fail(run, fault);
        } else if (reason != null) {
            end(run, reason);
        }
    }

    private void stopIfAsked(Run run) {
        StopReason reason;
        try {
            reason = run.purpose().stopBeforeStep();
        } catch (Throwable thrown) {
            fail(run, BranchLife.faultOf(thrown));
            return;
        }
        if (reason != null) {
            end(run, reason);
        }
    }

    private void fail(Run run, Fault fault) {
        if (!run.ended()) {
            residents.stop(run, Strand.Use.IDLE);
            run.fail(fault);
        }
    }

    /// After a step that failed. The memory has been repaired; only those whose rows were in the
    /// step fail, and with code 1 (no room) only if sending away the idle does not help.
    private void recover(int code) {
        if (code == 1 && memory.evictIdle()) {
            return;
        }
        String message =
                "A step of %d rows failed with code %d of llama.cpp (%s). Try again; if it happens again, choose a smaller context."
                        .formatted(step.count(), code, NativeLog.lastError());
        for (Run run : List.copyOf(step.touched())) {
            fail(run, new Fault(Fault.Code.INTERNAL, message));
        }
    }

    private List<Run> runs() {
        List<Run> all = new ArrayList<>(residents.running());
        all.addAll(residents.waiting());
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

    private void publish() {
        countWaiting();
        statistics = log.statistics(memory, residents);
    }
}
