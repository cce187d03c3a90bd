package dev.polymnia.server;

import dev.polymnia.agents.Assistant;
import dev.polymnia.agents.BackgroundRun;
import dev.polymnia.agents.Leg;
import dev.polymnia.agents.RunListener;
import dev.polymnia.agents.RunRequest;
import dev.polymnia.agents.SuspendedRuns;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.server.people.Spender;
import dev.polymnia.server.trace.RunTrace;
import dev.polymnia.server.trace.Traces;
import java.time.Duration;
import java.util.function.Supplier;

/// The one way in which the server starts runs: each is [let in][Admission] and
/// [limited][Allowance] before, and [settled][Settlement] after. Its methods are those of
/// [Assistant]; before what they do they block until the run may begin, and throw the faults of
/// [Admission#enter] and [Allowance#allow]. Thread-safe.
final class RunStarter {
    private final Assistant assistant;
    private final ModelInfo model;
    private final Admission admission;
    private final Allowance allowance;
    private final Settlement settlement;
    private final Traces traces;
    private final int mostEvents;

    /// @param served answers
    /// @param mostEvents that wait for a reader
    RunStarter(
            Served served,
            Admission admission,
            Allowance allowance,
            Settlement settlement,
            Traces traces,
            int mostEvents) {
        assistant = served.assistant();
        model = served.model();
        this.admission = admission;
        this.allowance = allowance;
        this.settlement = settlement;
        this.traces = traces;
        this.mostEvents = mostEvents;
    }

    /// Returns a queue for the events of a run that nobody but this thread reads: if it is too slow
    /// the run is cancelled.
    EventQueue eventsOf(RunRequest request) {
        return new EventQueue(mostEvents, request.cancellation()::request);
    }

    /// Does as [Assistant#start(Leg, SuspendedRuns, RunListener)].
    ///
    /// @param spender pays
    BackgroundRun start(Spender spender, Leg leg, SuspendedRuns waiting, RunListener listener) {
        return start(spender, leg, waiting, admission::enter, listener);
    }

    /// Does the same for a run that no request waits for: it waits for its place as long as that
    /// takes, behind all for which requests wait.
    BackgroundRun startInBackground(
            Spender spender, Leg leg, SuspendedRuns waiting, RunListener listener) {
        return start(spender, leg, waiting, admission::enterAtLeisure, listener);
    }

    /// Does the same for a run that may as well not be: it waits behind all others, and is sent
    /// away where too many do.
    BackgroundRun startLast(Spender spender, Leg leg, SuspendedRuns waiting, RunListener listener) {
        return start(spender, leg, waiting, admission::enterLast, listener);
    }

    private BackgroundRun start(
            Spender spender, Leg leg, SuspendedRuns waiting, Door door, RunListener listener) {
        RunCourse course;
        try {
            course = enter(spender, leg, door, listener);
        } catch (Fault fault) {
            // Who is sent away may come again.
            leg.before().ifPresent(waiting::keep);
            throw fault;
        }
        return start(course, () -> assistant.start(course.leg(), waiting, course));
    }

    /// One of the ways in which runs are let in.
    private interface Door {
        Admission.Place enter(Mode mode, Cancellation cancellation);
    }

    /// Returns whether runs may begin.
    boolean isOpen() {
        return admission.isOpen();
    }

    /// Does as [Assistant#promptTokens]; nothing is let in or settled, as nothing is answered.
    int promptTokens(RunRequest request) {
        return assistant.promptTokens(request);
    }

    private RunCourse enter(Spender spender, Leg asks, Door door, RunListener listener) {
        RunRequest request = asks.request();
        long asked = System.nanoTime();
        RequestTrace trace = RequestTrace.current();
        trace.asks(request.run(), request.mode());
        Admission.Place place = door.enter(request.mode(), request.cancellation());
        Duration waited = Duration.ofNanos(System.nanoTime() - asked);
        Leg leg = allow(spender, asks, place);
        RunTrace spans = traces.begin(leg, model.name(), waited, trace.parent());
        return new RunCourse(
                spender, model.name(), leg, asked, place, settlement, trace, spans, listener);
    }

    private Leg allow(Spender spender, Leg leg, Admission.Place place) {
        try {
            return allowance.allow(spender, leg, model);
        } catch (RuntimeException e) {
            place.close();
            throw e;
        }
    }

    private static BackgroundRun start(RunCourse course, Supplier<BackgroundRun> starter) {
        BackgroundRun run;
        try {
            run = starter.get();
        } catch (RuntimeException e) {
            course.end(e);
            throw e;
        }
        // Whoever started it may have gone before it ends.
        Thread.ofVirtual().name("settle").start(() -> await(run, course));
        return run;
    }

    private static void await(BackgroundRun run, RunCourse course) {
        try {
            run.await();
            course.end();
        } catch (Fault fault) {
            course.end(fault);
        }
    }
}
