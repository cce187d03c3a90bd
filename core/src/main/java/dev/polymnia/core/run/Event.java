package dev.polymnia.core.run;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Usage;
import java.util.List;
import java.util.Optional;

/// Something that happened in a run.
public sealed interface Event {
    /// The run has begun; always the first event.
    ///
    /// @param mode how much thought the question is given
    /// @param model the model's name
    /// @param seed the run's seed
    /// @param budget its limits
    record RunStarted(Mode mode, String model, long seed, Budget budget) implements Event {
        /// Checks the parts.
        public RunStarted {
            requireNonNull(mode, "mode is null");
            requireNonNull(model, "model is null");
            requireNonNull(budget, "budget is null");
        }
    }

    /// The run's client has raised its limits.
    ///
    /// @param budget all limits from now on
    record BudgetRaised(Budget budget) implements Event {
        /// Checks the parts.
        public BudgetRaised {
            requireNonNull(budget, "budget is null");
        }
    }

    /// An agent was started.
    ///
    /// @param wave the number of its wave, from 1
    /// @param seed its own seed
    /// @param approach how it goes about the question, in a word
    record AgentStarted(int wave, long seed, String approach) implements Event {
        /// Checks the parts.
        public AgentStarted {
            requireNonNull(approach, "approach is null");
        }
    }

    /// An agent's branch told something: words, tool calls, its end.
    ///
    /// @param event what it told
    record Told(BranchEvent event) implements Event {
        /// Checks the parts.
        public Told {
            requireNonNull(event, "event is null");
        }
    }

    /// An agent has got a tool's answer.
    ///
    /// @param call what it had asked
    /// @param result what it got: what the tool answered, or why the tool was not run
    /// @param agents how many agents have asked the same so far, this one included; they share one
    ///   run of the tool
    record ToolFinished(Content.ToolCall call, Content.ToolResult result, int agents)
            implements Event {
        /// Checks the parts.
        public ToolFinished {
            requireNonNull(call, "call is null");
            requireNonNull(result, "result is null");
        }
    }

    /// The run waits until its client has run tools; the last event until it is resumed.
    ///
    /// @param calls what the client has to run, each once, in the order in which it was first asked
    /// @param ledger what the run has spent so far
    record Suspended(List<Content.ToolCall> calls, Ledger ledger) implements Event {
        /// Copies and checks the parts.
        public Suspended {
            calls = List.copyOf(calls);
            requireNonNull(ledger, "ledger is null");
        }
    }

    /// An agent is done.
    ///
    /// @param answer the short answer that was found in its words, in its canonical form, or empty
    ///   if there is none
    /// @param votes whether it counts: an agent that was cut off or that repeats itself does not
    /// @param confidence the mean probability of its tokens, 0 to 1, or NaN if the model does not
    ///   tell
    /// @param reason why it stopped
    /// @param usage what it spent
    /// @param note why it, or its program, came to nothing, or why it was ended, for a person; else
    ///   empty
    record AgentFinished(
            Optional<String> answer,
            boolean votes,
            double confidence,
            StopReason reason,
            Usage usage,
            String note)
            implements Event {
        /// Checks the parts.
        public AgentFinished {
            requireNonNull(answer, "answer is null");
            requireNonNull(reason, "reason is null");
            requireNonNull(usage, "usage is null");
            requireNonNull(note, "note is null");
        }
    }

    /// How the votes stand.
    ///
    /// @param shares the answers with their votes, the leader first
    /// @param silent how many finished agents gave no vote
    /// @param pending how many of the planned agents have not finished
    record Tally(List<Share> shares, int silent, int pending) implements Event {
        /// Copies the parts.
        public Tally {
            shares = List.copyOf(shares);
        }
    }

    /// The votes of one answer.
    ///
    /// @param answer its canonical form
    /// @param votes how many agents gave it
    /// @param weight what their votes weigh together, which decides; as many as there are if each
    ///   weighs 1
    /// @param confidence the sum of their confidences, which decides between equal weights
    record Share(String answer, int votes, double weight, double confidence) {
        /// Checks the parts.
        public Share {
            requireNonNull(answer, "answer is null");
        }
    }

    /// The run does not wait for all planned agents.
    ///
    /// @param rule what made it stop
    /// @param words the rule in words, with its numbers
    record StoppedEarly(Rule rule, String words) implements Event {
        /// Checks the parts.
        public StoppedEarly {
            requireNonNull(rule, "rule is null");
            requireNonNull(words, "words is null");
        }
    }

    /// Why a run may stop before its last agent.
    enum Rule {
        /// No vote that is still out can change the winner. The only rule that guarantees it.
        LOSSLESS,
        /// The votes so far make it probable enough that the leader stays ahead.
        BETA,
        /// All but the last agents have ended.
        STRAGGLER,
        /// Somebody wants the best answer so far.
        REQUEST,
        /// The budget allows nothing more.
        BUDGET;

        /// Returns whether the winner is the one that all planned agents would have chosen.
        public boolean isGuarantee() {
            return this == LOSSLESS;
        }
    }

    /// The agents' results are being made into one answer.
    ///
    /// @param method how
    record JoinStarted(Method method) implements Event {
        /// Checks the parts.
        public JoinStarted {
            requireNonNull(method, "method is null");
        }
    }

    /// How several results become one answer.
    enum Method {
        /// There is only one.
        ONLY,
        /// The most confident member of the answer with the most votes.
        VOTE,
        /// The text that is closest to all the others.
        MEDOID
    }

    /// More words of the answer.
    ///
    /// @param text whole code points
    record AnswerDelta(String text) implements Event {
        /// Checks the parts.
        public AnswerDelta {
            requireNonNull(text, "text is null");
        }
    }

    /// The run is over and has an answer; always the last event.
    ///
    /// @param outcome the answer
    /// @param ledger what it cost
    record RunFinished(Outcome outcome, Ledger ledger) implements Event {
        /// Checks the parts.
        public RunFinished {
            requireNonNull(outcome, "outcome is null");
            requireNonNull(ledger, "ledger is null");
        }
    }

    /// The run is over and has no answer; always the last event.
    ///
    /// @param code the kind of failure
    /// @param message what happened, for a person
    /// @param ledger what it cost
    record RunFailed(Fault.Code code, String message, Ledger ledger) implements Event {
        /// Checks the parts.
        public RunFailed {
            requireNonNull(code, "code is null");
            requireNonNull(message, "message is null");
            requireNonNull(ledger, "ledger is null");
        }
    }
}
