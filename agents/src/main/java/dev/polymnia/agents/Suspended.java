package dev.polymnia.agents;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.Usage;
import dev.polymnia.core.run.Ledger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// A run that waits until its client has run tools: all that [Assistant#resume] needs to go on. It
/// holds words and numbers, nothing of a model, and may be kept as long as one likes; while it is
/// kept, no time of the budget passes. Immutable.
///
/// Only [RunRequest#tools] and [RunRequest#cancellation] are no data: who writes a suspended run
/// down puts them into the request again ([#withRequest]).
///
/// @param request what was asked
/// @param calls what the client has to run: calls that differ, each with an id of its own
/// @param ended the agents that are done
/// @param waiting the agents that wait for results
/// @param settled the calls that have been run, and must not be run again
/// @param spent what the run has cost so far, and how long it has lasted
/// @param sequence the number of the run's next event
/// @param wave the number of the latest wave
public record Suspended(
        RunRequest request,
        List<Pending> calls,
        List<Ended> ended,
        List<Waiting> waiting,
        List<Settled> settled,
        Ledger spent,
        long sequence,
        int wave)
        implements RunResult {
    /// Checks and copies the parts.
    public Suspended {
        requireNonNull(request, "request is null");
        calls = List.copyOf(calls);
        ended = List.copyOf(ended);
        waiting = List.copyOf(waiting);
        settled = List.copyOf(settled);
        requireNonNull(spent, "spent is null");
    }

    /// A call that the client has to run.
    ///
    /// @param call with an id that is unique within the run
    /// @param agents who asked for it
    public record Pending(Content.ToolCall call, List<Integer> agents) {
        /// Checks and copies the parts.
        public Pending {
            requireNonNull(call, "call is null");
            agents = List.copyOf(agents);
        }
    }

    /// A call that has been run.
    ///
    /// @param call as it was first asked
    /// @param result what came of it
    /// @param asked who asked for it
    /// @param given who has got the result
    public record Settled(
            Content.ToolCall call,
            Content.ToolResult result,
            List<Integer> asked,
            List<Integer> given) {
        /// Checks and copies the parts.
        public Settled {
            requireNonNull(call, "call is null");
            requireNonNull(result, "result is null");
            asked = List.copyOf(asked);
            given = List.copyOf(given);
        }
    }

    /// An agent that is done.
    ///
    /// @param approach how it went about the question
    /// @param chain what it said, as the vote sees it
    /// @param dropped whether it was cut off or failed, and so has no say about tools
    /// @param failure why there is nothing of it; empty if there is
    public record Ended(
            Approach approach, Chain chain, boolean dropped, Optional<Failure> failure) {
        /// Checks the parts.
        public Ended {
            requireNonNull(approach, "approach is null");
            requireNonNull(chain, "chain is null");
            requireNonNull(failure, "failure is null");
        }
    }

    /// A fault as data.
    ///
    /// @param code the kind of fault
    /// @param message what happened, for a person
    public record Failure(Fault.Code code, String message) {
        /// Checks the parts.
        public Failure {
            requireNonNull(code, "code is null");
            requireNonNull(message, "message is null");
        }

        Fault fault() {
            return new Fault(code, message);
        }
    }

    /// An agent that waits for results.
    ///
    /// @param number its number
    /// @param draw the number that its seed follows from
    /// @param approach how it goes about the question
    /// @param talk what came after the question: its turns that called tools, and the results, the
    ///   latest turn last
    /// @param results those of the latest turn's calls that are known already
    /// @param said all that it said aloud
    /// @param reasoning what of it was reasoning
    /// @param answer what of it was an answer
    /// @param spent the tokens of all its turns
    /// @param logProbabilities the sum over all tokens; NaN if the model does not tell
    public record Waiting(
            int number,
            int draw,
            Approach approach,
            List<Message> talk,
            List<Content.ToolResult> results,
            String said,
            String reasoning,
            String answer,
            Usage spent,
            double logProbabilities) {
        /// Checks and copies the parts.
        public Waiting {
            requireNonNull(approach, "approach is null");
            talk = List.copyOf(talk);
            results = List.copyOf(results);
            requireNonNull(said, "said is null");
            requireNonNull(reasoning, "reasoning is null");
            requireNonNull(answer, "answer is null");
            requireNonNull(spent, "spent is null");
            if (talk.isEmpty() || results.size() >= Talk.callsOf(talk.getLast()).size()) {
                throw new IllegalArgumentException("agent " + number + " waits for nothing");
            }
        }

        Seat seat() {
            return new Seat(number, draw, approach);
        }
    }

    /// Returns what the client has to run, for one message to it.
    public List<Content.ToolCall> toolCalls() {
        return calls.stream().map(Pending::call).toList();
    }

    /// Returns this with another request: the same one, with tools and a cancellation that live.
    public Suspended withRequest(RunRequest value) {
        return new Suspended(value, calls, ended, waiting, settled, spent, sequence, wave);
    }

    /// Returns how many agents have begun.
    int begun() {
        return ended.size() + waiting.size();
    }

    /// Returns the client's calls with their results.
    ///
    /// @param results by the ids of the calls
    /// @throws Fault `INVALID` if one is missing or belongs to no call
    List<Settled> settle(Map<String, Content.ToolResult> results) {
        TreeSet<String> unknown = new TreeSet<>(results.keySet());
        calls.forEach(pending -> unknown.remove(pending.call().id()));
        if (!unknown.isEmpty()) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "There is a result for the call '%s', but the run waits for no such call; it waits for %s."
                            .formatted(unknown.getFirst(), ids()));
        }
        return calls.stream().map(pending -> settle(pending, results)).toList();
    }

    private Settled settle(Pending pending, Map<String, Content.ToolResult> results) {
        Content.ToolResult result = results.get(pending.call().id());
        if (result == null) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The call '%s' of the tool %s has no result; give one for each of %s, failed if the tool could not be run."
                            .formatted(pending.call().id(), pending.call().name(), ids()));
        }
        return new Settled(pending.call(), result, pending.agents(), List.of());
    }

    private String ids() {
        return String.join(", ", toolCalls().stream().map(Content.ToolCall::id).toList());
    }
}
