package dev.polymnia.langchain4j;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.polymnia.agents.RunListener;
import dev.polymnia.core.Mode;
import dev.polymnia.core.run.Budget;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// How the models of LangChain4j ask. Begin with [#of] and change what matters.
///
/// @param mode how much thought a question is given, unless the request's model name is that of
///   another mode (`instant`, `thinking`, `contemplating`)
/// @param agents the most of a team, 2 to 64
/// @param budget of each run
/// @param seed of each run; empty for a random one
/// @param readOnlyTools the names of tools that change nothing: a single agent of a team may have
///   them run, others need a majority
/// @param listeners are told of requests, responses and errors
/// @param events is told what happens in each run, on its thread
public record PolymniaOptions(
        Mode mode,
        int agents,
        Budget budget,
        OptionalLong seed,
        Set<String> readOnlyTools,
        List<ChatModelListener> listeners,
        RunListener events) {
    private static final int USUAL_AGENTS = 8;

    /// Checks and copies the parts.
    public PolymniaOptions {
        requireNonNull(mode, "mode is null");
        requireNonNull(budget, "budget is null");
        requireNonNull(seed, "seed is null");
        readOnlyTools = Set.copyOf(readOnlyTools);
        listeners = List.copyOf(listeners);
        requireNonNull(events, "events is null");
    }

    /// Returns the usual options of a mode: eight agents, no budget, a random seed.
    public static PolymniaOptions of(Mode mode) {
        return new PolymniaOptions(
                mode,
                USUAL_AGENTS,
                Budget.UNLIMITED,
                OptionalLong.empty(),
                Set.of(),
                List.of(),
                _ -> {});
    }

    /// Returns these options with another number of agents.
    public PolymniaOptions withAgents(int value) {
        return new PolymniaOptions(mode, value, budget, seed, readOnlyTools, listeners, events);
    }

    /// Returns these options with another budget.
    public PolymniaOptions withBudget(Budget value) {
        return new PolymniaOptions(mode, agents, value, seed, readOnlyTools, listeners, events);
    }

    /// Returns these options with a fixed seed.
    public PolymniaOptions withSeed(long value) {
        return new PolymniaOptions(
                mode, agents, budget, OptionalLong.of(value), readOnlyTools, listeners, events);
    }

    /// Returns these options with other tools that change nothing.
    public PolymniaOptions withReadOnlyTools(Set<String> value) {
        return new PolymniaOptions(mode, agents, budget, seed, value, listeners, events);
    }

    /// Returns these options with other listeners.
    public PolymniaOptions withListeners(List<ChatModelListener> value) {
        return new PolymniaOptions(mode, agents, budget, seed, readOnlyTools, value, events);
    }

    /// Returns these options with another listener of events.
    public PolymniaOptions withEvents(RunListener value) {
        return new PolymniaOptions(mode, agents, budget, seed, readOnlyTools, listeners, value);
    }
}
