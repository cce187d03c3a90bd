package dev.polymnia.agents;

import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.Sampling;
import java.util.List;
import java.util.Optional;

/// What a client wants of the words themselves, in place of what the model's profile says.
///
/// @param temperature of a lone agent's draws, 0 to 2; the agents of a team draw as the profile
///   says, as they would all say the same at 0
/// @param topP as [Sampling#topP], of a lone agent
/// @param maxTokens the most tokens of each agent, reasoning and answer together, at least 1
/// @param stops strings that end a lone agent's words, and are not part of them; where it reasons
///   first they would end its reasoning, so only [INSTANT][dev.polymnia.core.Mode#INSTANT] may have
///   them
public record Wishes(
        Optional<Double> temperature,
        Optional<Double> topP,
        Optional<Integer> maxTokens,
        List<String> stops) {
    /// All as the profile says.
    public static final Wishes NONE =
            new Wishes(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    /// Copies the parts.
    public Wishes {
        stops = List.copyOf(stops);
    }

    /// Returns how a lone agent draws.
    Sampling over(Sampling profile) {
        return new Sampling(
                temperature.orElse(profile.temperature()),
                profile.topK(),
                topP.orElse(profile.topP()),
                profile.minP(),
                profile.repetitionPenalty());
    }

    /// Returns how many tokens an agent may write.
    int most(Approach approach) {
        return maxTokens.orElse(approach.maxTokens());
    }
}
