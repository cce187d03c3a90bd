package dev.polymnia.agents;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.StopReason;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an agent has written to be run, if it has: runs it beside the run on a thread of its own,
/// and keeps what came of it. Confined to the run's thread; the outcome comes through the run's
/// queue, once, whatever happens.
final class AgentProgram implements AutoCloseable {
    private final Run run;
    private final Seat seat;
    private @Nullable Thread thread;
    private Cancellation.@Nullable Registration registration;
    private ProgramRunner.@Nullable Result came;
    private @Nullable Fault unrunnable;

    /// What it was to be run from is complete.
    private boolean written;

    private @Nullable StopReason stopped;

    AgentProgram(Run run, Seat seat) {
        this.run = run;
        this.seat = seat;
    }

    /// Returns whether what the agent writes is run.
    boolean isWanted() {
        return seat.approach().kind().isRun() && run.runsPrograms();
    }

    /// Starts it, for no longer than the run's time; not at all if that is over, or nobody waits
    /// for it any more.
    ///
    /// @param words all that the agent said
    void start(String words) {
        written = true;
        Duration longest = run.account().timeLeft();
        if (longest.isZero()) {
            stop(StopReason.BUDGET_TIME);
        }
        if (stopped != null) {
            return;
        }
        ProgramRunner runner = run.programs();
        ProgramRunner.Work work =
                new ProgramRunner.Work(
                        seat.approach().kind(), run.brief().questionText(), words, longest);
        Thread started =
                Thread.ofVirtual()
                        .name("program-" + seat.number())
                        .start(() -> run.take(seat.number(), outcome(runner, work)));
        thread = started;
        registration = run.request().cancellation().onRequest(started::interrupt);
        run.began(this);
    }

    /// Ends it before it comes to anything, or keeps it from being started; that it has ended is
    /// told all the same.
    ///
    /// @param why `BUDGET_TIME`, or `CANCELLED` if it is not waited for; the first counts
    void stop(StopReason why) {
        stopped = stopped == null ? why : stopped;
        close();
    }

    private static Run.News outcome(ProgramRunner runner, ProgramRunner.Work work) {
        try {
            return new Run.News.Ran(runner.run(work));
        } catch (Fault fault) {
            return new Run.News.Unrunnable(fault);
        } catch (RuntimeException | Error e) {
            // Else nobody would ever hear of the end of this agent.
            return new Run.News.Unrunnable(
                    new Fault(Fault.Code.INTERNAL, "The program could not be run: " + e, e));
        }
    }

    /// Takes what came of it.
    void ran(ProgramRunner.Result result) {
        came = result;
        run.ended(this);
        close();
    }

    /// Takes why it could not be run.
    void failed(Fault fault) {
        unrunnable = fault;
        run.ended(this);
        close();
    }

    /// Returns whether it is at work.
    boolean isRunning() {
        return thread != null && came == null && unrunnable == null;
    }

    /// Returns why it was [stopped][#stop], though it was written to its end; empty if it was not,
    /// or had come to something already.
    Optional<StopReason> stopped() {
        return written && came == null ? Optional.ofNullable(stopped) : Optional.empty();
    }

    /// Returns what it returned, or how it behaves; empty if it came to nothing.
    Optional<String> output() {
        return Optional.ofNullable(came).flatMap(ProgramRunner.Result::output);
    }

    /// Returns how much a vote counts by what it does, 0 to 1; 1 if nothing was run.
    double merit() {
        return came == null ? 1 : came.merit();
    }

    /// Returns why it could not be run, which says nothing about the program.
    Optional<Fault> unrunnable() {
        return stopped == null ? Optional.ofNullable(unrunnable) : Optional.empty();
    }

    /// Returns why it came to nothing, for a person; empty if it did, or nothing is to be run.
    String note() {
        if (!isWanted()) {
            return "";
        }
        if (stopped().isPresent()) {
            return stopped().get() == StopReason.BUDGET_TIME
                    ? "there was no time left to run it to its end"
                    : "it was not waited for";
        }
        if (unrunnable != null) {
            return unrunnable.getMessage();
        }
        return came == null ? "it was not written to its end" : came.note();
    }

    /// Ends it if it still runs; that it has ended is told all the same.
    @Override
    public void close() {
        if (registration != null) {
            registration.close();
        }
        if (thread != null) {
            thread.interrupt();
        }
    }
}
