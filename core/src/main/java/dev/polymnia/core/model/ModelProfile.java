package dev.polymnia.core.model;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Mode;
import dev.polymnia.core.TaskClass;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// How a model likes to be asked: chosen on training questions, kept in the catalogue, published.
///
/// @param reasoning how the model is brought to think before it answers
/// @param modes the settings of each mode, for all questions that no class says more about;
///   complete
/// @param classes what is different for a class of questions
public record ModelProfile(
        ReasoningSwitch reasoning,
        Map<Mode, ModeSettings> modes,
        Map<TaskClass, ClassSettings> classes) {
    /// Checks and copies the parts.
    public ModelProfile {
        requireNonNull(reasoning, "reasoning is null");
        modes = Map.copyOf(modes);
        classes = Map.copyOf(classes);
        for (Mode mode : Mode.values()) {
            if (!modes.containsKey(mode)) {
                throw new IllegalArgumentException("the profile has no settings for " + mode);
            }
        }
    }

    /// Creates a profile that asks all classes of questions alike.
    public ModelProfile(ReasoningSwitch reasoning, Map<Mode, ModeSettings> modes) {
        this(reasoning, modes, Map.of());
    }

    /// Returns the settings of a mode for all questions that no class says more about.
    public ModeSettings settings(Mode mode) {
        return requireNonNull(modes.get(mode));
    }

    /// Returns how one agent works on a class of questions, in the Instant and the Thinking mode.
    public Alone alone(Mode mode, TaskClass question) {
        ClassSettings own = classes.get(question);
        if (mode == Mode.THINKING && own != null) {
            return new Alone(own.team().instruction(), own.thinking());
        }
        ModeSettings settings = settings(mode);
        return new Alone(
                settings.instruction(),
                Approach.words("", settings.sampling(), settings.maxTokens()));
    }

    /// Returns how a team works on a class of questions: as its profile says, else all in words,
    /// with the settings of the Contemplating mode.
    public TeamProfile team(TaskClass question) {
        ClassSettings own = classes.get(question);
        if (own != null) {
            return own.team();
        }
        ModeSettings settings = settings(Mode.CONTEMPLATING);
        return new TeamProfile(
                settings.instruction(),
                List.of(Approach.words("", settings.sampling(), settings.maxTokens())),
                TeamProfile.Stop.AUTO);
    }

    /// Returns this profile with another way to reason.
    public ModelProfile withReasoning(ReasoningSwitch value) {
        return new ModelProfile(value, modes, classes);
    }

    /// Returns this profile with other settings for a class of questions.
    public ModelProfile withClass(TaskClass question, ClassSettings value) {
        Map<TaskClass, ClassSettings> all = new EnumMap<>(TaskClass.class);
        all.putAll(classes);
        all.put(question, value);
        return new ModelProfile(reasoning, modes, all);
    }

    /// How one agent works.
    ///
    /// @param instruction stands in the system message; may be empty
    /// @param approach how it goes about the question
    public record Alone(String instruction, Approach approach) {
        /// Checks the parts.
        public Alone {
            requireNonNull(instruction, "instruction is null");
            requireNonNull(approach, "approach is null");
        }
    }

    /// How a class of questions is asked.
    ///
    /// @param thinking how one agent that reasons goes about it, in words, with the team's
    ///   instruction
    /// @param team how several do
    public record ClassSettings(Approach thinking, TeamProfile team) {
        /// Checks the parts.
        public ClassSettings {
            requireNonNull(thinking, "thinking is null");
            requireNonNull(team, "team is null");
            if (thinking.kind() != Approach.Kind.WORDS) {
                throw new IllegalArgumentException("an agent that thinks alone does so in words");
            }
        }
    }

    /// How one mode asks.
    ///
    /// @param instruction stands in the system message; may be empty
    /// @param sampling how tokens are drawn
    /// @param maxTokens the most tokens of one agent
    public record ModeSettings(String instruction, Sampling sampling, int maxTokens) {
        /// Checks the parts.
        public ModeSettings {
            requireNonNull(instruction, "instruction is null");
            requireNonNull(sampling, "sampling is null");
            if (maxTokens < 1) {
                throw new IllegalArgumentException(
                        "at most " + maxTokens + " tokens; choose 1 or more");
            }
        }
    }
}
