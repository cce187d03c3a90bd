package dev.polymnia.agents;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.Constraint;
import dev.polymnia.core.model.Sampling;
import dev.polymnia.core.model.ToolChoice;
import java.util.List;
import java.util.Optional;

/// What a client wants of the words themselves, in place of what the model's profile says. Begin
/// with [#NONE] and change what matters.
///
/// @param temperature of a lone agent's draws, 0 to 2; the agents of a team draw as the profile
///   says, as they would all say the same at 0
/// @param topP as [Sampling#topP], of a lone agent
/// @param maxTokens the most tokens of each agent, reasoning and answer together, at least 1
/// @param stops strings that end a lone agent's words, and are not part of them; where it reasons
///   first they would end its reasoning, so only [INSTANT][dev.polymnia.core.Mode#INSTANT] may have
///   them
/// @param form what the answer has to be; agents that reason in their answer's channel reason
///   freely, and what they come to is [put into the form][Form] afterwards
/// @param toolChoice whether an agent has to call a tool in its next turn, or in none; after a call
///   that was demanded its turns are free
/// @param callsAtOnce the most calls that the client is asked to run at once, at least 1
/// @param answers how many answers are drawn, 1 to [#MOST_ANSWERS]; more than one only in
///   [INSTANT][dev.polymnia.core.Mode#INSTANT] and without tools
/// @param alternatives how many of the most probable tokens are told with each token, 0 to 20
public record Wishes(
        Optional<Double> temperature,
        Optional<Double> topP,
        Optional<Integer> maxTokens,
        List<String> stops,
        Constraint form,
        ToolChoice toolChoice,
        int callsAtOnce,
        int answers,
        int alternatives) {
    /// The most answers to one question.
    public static final int MOST_ANSWERS = 16;

    /// All as the profile says.
    public static final Wishes NONE =
            new Wishes(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Constraint.NONE,
                    ToolChoice.AUTO,
                    Integer.MAX_VALUE,
                    1,
                    0);

    /// Copies and checks the parts.
    public Wishes {
        stops = List.copyOf(stops);
        requireNonNull(form, "form is null");
        requireNonNull(toolChoice, "toolChoice is null");
        if (callsAtOnce < 1) {
            throw new IllegalArgumentException(callsAtOnce + " calls at once; choose 1 or more");
        }
        if (answers < 1 || answers > MOST_ANSWERS) {
            throw new IllegalArgumentException(
                    "%d answers; choose 1 to %d".formatted(answers, MOST_ANSWERS));
        }
    }

    /// Returns these wishes with other draws of a lone agent.
    public Wishes withSampling(Optional<Double> temperatureOrNone, Optional<Double> topPOrNone) {
        return new Wishes(
                temperatureOrNone,
                topPOrNone,
                maxTokens,
                stops,
                form,
                toolChoice,
                callsAtOnce,
                answers,
                alternatives);
    }

    /// Returns these wishes with another end of each agent's words.
    public Wishes withEnd(Optional<Integer> tokens, List<String> strings) {
        return new Wishes(
                temperature,
                topP,
                tokens,
                strings,
                form,
                toolChoice,
                callsAtOnce,
                answers,
                alternatives);
    }

    /// Returns these wishes with another form of the answer.
    public Wishes withForm(Constraint value) {
        return new Wishes(
                temperature,
                topP,
                maxTokens,
                stops,
                value,
                toolChoice,
                callsAtOnce,
                answers,
                alternatives);
    }

    /// Returns these wishes with another choice of tools.
    public Wishes withTools(ToolChoice choice, int atOnce) {
        return new Wishes(
                temperature, topP, maxTokens, stops, form, choice, atOnce, answers, alternatives);
    }

    /// Returns these wishes with so many alternatives to each token.
    public Wishes withAlternatives(int value) {
        return new Wishes(
                temperature, topP, maxTokens, stops, form, toolChoice, callsAtOnce, answers, value);
    }

    /// Returns these wishes with so many answers.
    public Wishes withAnswers(int value) {
        return new Wishes(
                temperature,
                topP,
                maxTokens,
                stops,
                form,
                toolChoice,
                callsAtOnce,
                value,
                alternatives);
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
