package dev.polymnia.agents;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import java.util.function.Consumer;

/// An agent's program while it is run beside the run, on a thread of its own. What comes of it is
/// told once, whatever happens. Ends early when the run is cancelled, or when it is closed.
final class RunningProgram implements AutoCloseable {
    private final Thread thread;
    private final Cancellation.Registration registration;

    /// Starts the program.
    ///
    /// @param name of the thread
    /// @param told is told what came of it, on that thread
    RunningProgram(
            String name,
            ProgramRunner runner,
            ProgramRunner.Work work,
            Cancellation cancellation,
            Consumer<Run.News> told) {
        thread = Thread.ofVirtual().name(name).unstarted(() -> told.accept(outcome(runner, work)));
        thread.start();
        registration = cancellation.onRequest(thread::interrupt);
    }

    private static Run.News outcome(ProgramRunner runner, ProgramRunner.Work work) {
        try {
            return new Run.News.Ran(runner.run(work));
        } catch (Fault fault) {
            return new Run.News.Unrunnable(fault);
        } catch (RuntimeException e) {
            // Else nobody would ever hear of the end of this agent.
            return new Run.News.Unrunnable(
                    new Fault(Fault.Code.INTERNAL, "The program could not be run: " + e, e));
        }
    }

    /// Ends the program if it still runs; that it has ended is told all the same.
    @Override
    public void close() {
        registration.close();
        thread.interrupt();
    }
}
