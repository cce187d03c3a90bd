package dev.polymnia.eval.log;

import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Usage;
import dev.polymnia.eval.AgentResult;
import dev.polymnia.eval.RunSetup;
import dev.polymnia.eval.SampleResult;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// What ended a sample before it was done (`EvalSampleLimit`).
///
/// @param type one of Inspect's words
/// @param value the limit: tokens or seconds. Where a run does not tell its budget, it is what had
///   been spent when it was reached
/// @param message for a person
record Limit(String type, double value, String message) {
    /// Returns the limit of a sample; empty if it came to its own end.
    static Optional<Limit> of(RunSetup setup, SampleResult result) {
        if (!result.partial() || result.failure().isPresent()) {
            return Optional.empty();
        }
        Set<StopReason> reasons = EnumSet.noneOf(StopReason.class);
        for (AgentResult agent : result.agents()) {
            reasons.add(agent.reason());
        }
        Usage usage = result.usage();
        double spent = (double) (usage.computed() + usage.generated());
        if (reasons.contains(StopReason.BUDGET_TIME)) {
            return Optional.of(
                    new Limit("time", Parts.seconds(result.wall()), "The time is spent."));
        }
        if (reasons.contains(StopReason.BUDGET_TOKENS)) {
            return Optional.of(new Limit("token", spent, "The tokens are spent."));
        }
        if (reasons.contains(StopReason.CANCELLED)) {
            return Optional.of(new Limit("operator", 1, "Somebody asked to stop."));
        }
        if (reasons.contains(StopReason.LENGTH)) {
            double most = setup.tokensPerAgent() > 0 ? setup.tokensPerAgent() : spent;
            return Optional.of(new Limit("token", most, "The most tokens of an agent are used."));
        }
        return Optional.of(new Limit("custom", 0, "The sample was ended before it was done."));
    }
}
