package dev.polymnia.server;

import dev.polymnia.agents.BackgroundRun;
import dev.polymnia.agents.RunListener;
import dev.polymnia.agents.RunRequest;
import dev.polymnia.agents.Suspended;
import dev.polymnia.agents.Wishes;
import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.Role;
import dev.polymnia.core.model.Usage;
import dev.polymnia.core.run.Ledger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The part of a run that one request pays for: from its start, or from its client's results, to
/// its answer or its next calls. Immutable.
///
/// @param request what is answered
/// @param before where the run waited; empty if it begins
/// @param results of the calls that it waited for
record Leg(
        RunRequest request, Optional<Suspended> before, Map<String, Content.ToolResult> results) {
    /// Copies the parts.
    Leg {
        results = Map.copyOf(results);
    }

    /// Returns the leg that a request asks for: if its conversation ends with results that a run in
    /// the same mode waits for, that run goes on; else it is answered from its beginning.
    ///
    /// @param waiting the run is taken out of it
    static Leg of(RunRequest request, SuspendedRuns waiting) {
        Message last = request.messages().getLast();
        if (last.role() != Role.TOOL) {
            return new Leg(request, Optional.empty(), Map.of());
        }
        Map<String, Content.ToolResult> results = new LinkedHashMap<>();
        for (Content part : last.parts()) {
            if (part instanceof Content.ToolResult result) {
                results.put(result.callId(), result);
            }
        }
        Optional<Suspended> run =
                waiting.take(results.keySet())
                        .filter(it -> it.request().mode() == request.mode())
                        .map(it -> it.withRequest(goOn(it.request(), request)));
        return run.map(it -> new Leg(it.request(), run, results))
                .orElseGet(() -> new Leg(request, Optional.empty(), Map.of()));
    }

    /// Each request says anew which tools are to be called.
    private static RunRequest goOn(RunRequest before, RunRequest now) {
        Wishes wishes = now.wishes();
        return before.withCancellation(now.cancellation())
                .withWishes(before.wishes().withTools(wishes.toolChoice(), wishes.callsAtOnce()));
    }

    /// Starts it.
    ///
    /// @param waiting takes the run back if a result is missing, so that it can be sent again
    /// @return the run, which the caller closes
    BackgroundRun start(RunStarter runs, SuspendedRuns waiting, RunListener listener) {
        if (before.isEmpty()) {
            return runs.start(request, listener);
        }
        try {
            return runs.startAgain(before.get(), results, listener);
        } catch (Fault fault) {
            waiting.keep(before.get());
            throw fault;
        }
    }

    /// Returns whether the run has told something in an earlier leg.
    boolean goesOn() {
        return before.isPresent();
    }

    /// Returns what this leg has used.
    ///
    /// @param ledger of the run, up to the end of this leg
    Usage used(Ledger ledger) {
        Usage all = ledger.usage();
        Usage spent = before.map(it -> it.spent().usage()).orElse(Usage.NONE);
        return new Usage(
                all.cached() - spent.cached(),
                all.computed() - spent.computed(),
                all.generated() - spent.generated());
    }
}
