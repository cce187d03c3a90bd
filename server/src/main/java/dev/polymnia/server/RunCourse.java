package dev.polymnia.server;

import dev.polymnia.agents.Leg;
import dev.polymnia.agents.RunListener;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.model.Usage;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Ledger;
import dev.polymnia.core.run.RunEvent;
import dev.polymnia.server.people.Spender;
import dev.polymnia.server.trace.RunTrace;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A run from its admission to its settlement: hears its events on their way to whoever asked. The
/// events come from one thread; the end may come from another.
final class RunCourse implements RunListener {
    private final Spender spender;
    private final String model;
    private final Leg leg;
    private final long asked;
    private final Admission.Place place;
    private final Settlement settlement;
    private final RequestTrace trace;
    private final RunTrace spans;
    private final RunListener listener;
    private final AtomicBoolean settled = new AtomicBoolean();
    private volatile @Nullable Duration first;

    /// @param spender whose the run is
    /// @param model that answers
    /// @param leg what the run had spent before it is settled already
    /// @param asked when, as `System.nanoTime` has it
    /// @param place is left at the end
    /// @param trace of the request that asked
    /// @param spans hear all events
    RunCourse(
            Spender spender,
            String model,
            Leg leg,
            long asked,
            Admission.Place place,
            Settlement settlement,
            RequestTrace trace,
            RunTrace spans,
            RunListener listener) {
        this.spender = spender;
        this.model = model;
        this.leg = leg;
        this.asked = asked;
        this.place = place;
        this.settlement = settlement;
        this.trace = trace;
        this.spans = spans;
        this.listener = listener;
    }

    /// Returns the leg, limited to what may be spent.
    Leg leg() {
        return leg;
    }

    @Override
    public void on(RunEvent event) {
        if (first == null) {
            first = Duration.ofNanos(System.nanoTime() - asked);
        }
        if (event.event() instanceof Event.RunFinished finished) {
            settle(Settled.ANSWERED, finished.ledger());
        } else if (event.event() instanceof Event.Suspended suspended) {
            settle(Settled.SUSPENDED, suspended.ledger());
        } else if (event.event() instanceof Event.RunFailed failed) {
            settle(word(failed.code()), failed.ledger());
        }
        spans.on(event);
        listener.on(event);
    }

    /// Nothing of the run is left; its last event was told.
    void end() {
        leave(Settled.BROKEN);
    }

    /// Nothing of the run is left, and this is why.
    void end(RuntimeException why) {
        leave(why instanceof Fault fault ? word(fault.code()) : Settled.BROKEN);
    }

    private void leave(String end) {
        try {
            // Only if no event told of the end: a request that was wrong, or a defect.
            settle(end, leg.spent());
            spans.end(end);
        } finally {
            place.close();
        }
    }

    private void settle(String end, Ledger ledger) {
        if (!settled.compareAndSet(false, true)) {
            return;
        }
        Usage usage = leg.used(ledger);
        trace.spends(usage);
        settlement.settle(
                new Settled(
                        leg.request().run(),
                        spender,
                        model,
                        leg.request().mode(),
                        end,
                        usage,
                        branches(ledger) - branches(leg.spent()),
                        ledger.money() - leg.spent().money(),
                        first));
    }

    /// Returns how many tokens agents generated beside each other.
    private long branches(Ledger ledger) {
        if (leg.request().mode() != Mode.CONTEMPLATING) {
            return 0;
        }
        return ledger.entries().stream()
                .filter(entry -> entry.agent() != Ledger.SHARED)
                .mapToLong(entry -> entry.usage().generated())
                .sum();
    }

    private static String word(Fault.Code code) {
        return code.name().toLowerCase(Locale.ROOT);
    }
}
