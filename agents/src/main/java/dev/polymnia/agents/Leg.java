package dev.polymnia.agents;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.Role;
import dev.polymnia.core.model.Usage;
import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.Ledger;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The part of a run that one request pays for: from its start, or from its client's results, to
/// its answer or its next calls. [Started][Assistant#start(Leg, SuspendedRuns, RunListener)] once.
/// Immutable.
///
/// @param request what is answered
/// @param before where the run waited; empty if it begins
/// @param results of the calls that it waited for
public record Leg(
        RunRequest request, Optional<Suspended> before, Map<String, Content.ToolResult> results) {
    private static final Ledger NOTHING = new Ledger(List.of(), List.of(), Duration.ZERO);

    /// Checks and copies the parts.
    public Leg {
        requireNonNull(request, "request is null");
        requireNonNull(before, "before is null");
        results = Map.copyOf(results);
    }

    /// Returns the leg that begins a run.
    public static Leg first(RunRequest request) {
        return new Leg(request, Optional.empty(), Map.of());
    }

    /// Returns the leg that a request asks for whose client sends the whole conversation each time:
    /// if it ends with results that a run in the same mode waits for, that run goes on; else it is
    /// answered from its beginning.
    ///
    /// @param waiting the run is taken out of it
    public static Leg of(RunRequest request, SuspendedRuns waiting) {
        Message last = request.messages().getLast();
        if (last.role() != Role.TOOL) {
            return first(request);
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
        return run.map(it -> new Leg(it.request(), run, results)).orElseGet(() -> first(request));
    }

    /// Each request says anew which tools are to be called.
    private static RunRequest goOn(RunRequest before, RunRequest now) {
        Wishes wishes = now.wishes();
        return before.withCancellation(now.cancellation())
                .withWishes(before.wishes().withTools(wishes.toolChoice(), wishes.callsAtOnce()));
    }

    /// Returns this leg with other limits on the whole run.
    public Leg withBudget(Budget budget) {
        RunRequest limited = request.withBudget(budget);
        return new Leg(limited, before.map(run -> run.withRequest(limited)), results);
    }

    /// Returns whether the run has told something in an earlier leg.
    public boolean goesOn() {
        return before.isPresent();
    }

    /// Returns what the run had spent before this leg.
    public Ledger spent() {
        return before.map(Suspended::spent).orElse(NOTHING);
    }

    /// Returns what this leg has used.
    ///
    /// @param ledger of the run, up to the end of this leg
    public Usage used(Ledger ledger) {
        Usage all = ledger.usage();
        Usage earlier = spent().usage();
        return new Usage(
                all.cached() - earlier.cached(),
                all.computed() - earlier.computed(),
                all.generated() - earlier.generated());
    }
}
