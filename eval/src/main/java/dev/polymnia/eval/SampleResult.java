package dev.polymnia.eval;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A sample that is finished: what was answered, how good it is, what it cost.
///
/// @param id of the sample
/// @param epoch which repetition it is, from 1
/// @param text the answer in full; empty if the sample failed
/// @param answer the short answer the run decided for, in its canonical form
/// @param partial whether the budget or the length ended it before it was done
/// @param score how good it is; empty if the sample failed
/// @param failure why there is no answer; empty if there is one
/// @param stop in words, if the run did not wait for all its agents
/// @param agents what each agent did, by index; empty if it failed before
/// @param shared what was spent for all agents together, such as reading the trunk
/// @param started when it was begun
/// @param wall how long it took
public record SampleResult(
        String id,
        int epoch,
        String text,
        Optional<String> answer,
        boolean partial,
        Optional<Score> score,
        Optional<Failure> failure,
        Optional<String> stop,
        List<AgentResult> agents,
        Usage shared,
        Instant started,
        Duration wall) {
    /// Why a sample has no answer.
    ///
    /// @param code as faults have it
    /// @param message what happened, for a person
    public record Failure(String code, String message) {
        /// Checks the parts.
        public Failure {
            requireNonNull(code, "code is null");
            requireNonNull(message, "message is null");
        }
    }

    /// Checks and copies the parts.
    public SampleResult {
        requireNonNull(id, "id is null");
        requireNonNull(text, "text is null");
        requireNonNull(answer, "answer is null");
        requireNonNull(score, "score is null");
        requireNonNull(failure, "failure is null");
        requireNonNull(stop, "stop is null");
        agents = List.copyOf(agents);
        requireNonNull(shared, "shared is null");
        requireNonNull(started, "started is null");
        requireNonNull(wall, "wall is null");
    }

    /// Returns the tokens of all agents together and of what they share.
    public Usage usage() {
        return agents.stream().map(AgentResult::usage).reduce(shared, Usage::plus);
    }

    /// Returns the value of the score; a sample that failed is wrong.
    public double value() {
        return score.map(Score::value).orElse(0.0);
    }

    /// Returns whether an agent was cut off at the most tokens it may write, or by the budget.
    public boolean truncated() {
        return agents.stream()
                .map(AgentResult::reason)
                .anyMatch(reason ->
                        reason == StopReason.LENGTH
                                || reason == StopReason.BUDGET_TOKENS
                                || reason == StopReason.BUDGET_TIME);
    }
}
