package dev.polymnia.agents;

import dev.polymnia.core.message.Content;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One call of a tool, whoever asks for it: equal calls of several agents are one job. Confined to
/// the run's thread.
final class ToolJob {
    /// How far it has come.
    enum State {
        /// Nobody has decided about it.
        NEW,
        /// It changes something, and waits for a majority.
        AGREEING,
        /// The tool runs.
        RUNNING,
        /// The client has to run it.
        FOR_CLIENT,
        /// It has a result, or was refused.
        DONE
    }

    /// One agent's wish for the result.
    ///
    /// @param agent its number
    /// @param call as it wrote it, with its own id
    record Ask(int agent, Content.ToolCall call) {}

    private final Content.ToolCall call;
    private final SortedSet<Integer> asked = new TreeSet<>();
    private final Set<Integer> given = new TreeSet<>();
    private final List<Ask> open = new ArrayList<>();
    private State state = State.NEW;
    private Content.@Nullable ToolResult result;

    /// @param call as it was first asked
    ToolJob(Content.ToolCall call) {
        this.call = call;
    }

    /// Returns a job that was done before the run was suspended.
    static ToolJob restored(Suspended.Settled settled) {
        ToolJob job = new ToolJob(settled.call());
        job.asked.addAll(settled.asked());
        job.given.addAll(settled.given());
        job.end(settled.result());
        return job;
    }

    /// Returns the call, as it was first asked.
    Content.ToolCall call() {
        return call;
    }

    State state() {
        return state;
    }

    void state(State value) {
        state = value;
    }

    /// Returns the agents that have ever asked.
    SortedSet<Integer> asked() {
        return asked;
    }

    void ask(Ask ask) {
        asked.add(ask.agent());
        open.add(ask);
    }

    boolean isWaitedForBy(int agent) {
        return open.stream().anyMatch(ask -> ask.agent() == agent);
    }

    /// Returns whether an agent has got the result already.
    boolean wasGivenTo(int agent) {
        return given.contains(agent);
    }

    void end(Content.ToolResult value) {
        result = value;
        state = State.DONE;
    }

    /// Returns the result.
    ///
    /// @throws IllegalStateException if there is none yet
    Content.ToolResult result() {
        if (result == null) {
            throw new IllegalStateException("the call of " + call.name() + " has no result yet");
        }
        return result;
    }

    /// Takes the wishes that are to be answered now.
    List<Ask> takeOpen() {
        List<Ask> all = List.copyOf(open);
        open.clear();
        all.forEach(ask -> given.add(ask.agent()));
        return all;
    }

    /// Returns who waits.
    Collection<Integer> waiting() {
        return open.stream().map(Ask::agent).distinct().toList();
    }

    /// Returns what has to be known of it after the run was suspended, once it has a result.
    Suspended.Settled settled() {
        return new Suspended.Settled(call, result(), List.copyOf(asked), List.copyOf(given));
    }
}
