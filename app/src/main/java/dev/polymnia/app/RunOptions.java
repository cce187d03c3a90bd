package dev.polymnia.app;

import dev.polymnia.agents.TeamChoice;
import dev.polymnia.app.terminal.Durations;
import dev.polymnia.core.Mode;
import dev.polymnia.core.model.TeamProfile;
import dev.polymnia.core.run.Budget;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say how much thought a question is given and what it may cost; the same for
/// every command that asks one.
final class RunOptions {
    @Option(
            names = {"-m", "--mode"},
            defaultValue = "thinking",
            description = "instant, thinking or contemplating; default: ${DEFAULT-VALUE}")
    private Mode mode = Mode.THINKING;

    @Option(
            names = "--agents",
            defaultValue = "8",
            description = "the most agents of contemplating, 2 to 64; default: ${DEFAULT-VALUE}")
    private int agents;

    @Option(names = "--tokens", description = "the most tokens that all agents together may write")
    private @Nullable Long tokens;

    @Option(
            names = "--time",
            converter = Durations.class,
            description = "the longest an answer may take, for example 90s or 2m")
    private @Nullable Duration time;

    @Option(
            names = "--money",
            paramLabel = "AMOUNT",
            converter = Amounts.class,
            description =
                    "the most that an answer of an endpoint may cost, in the currency of"
                            + " prices.toml, for example 0.05")
    private @Nullable Long money;

    @Option(
            names = "--team",
            defaultValue = "profile",
            description =
                    "who contemplates: as the model's profile says (profile), only agents that"
                            + " reason in words (words) or that write programs (programs);"
                            + " default: ${DEFAULT-VALUE}")
    private TeamChoice.Mix team = TeamChoice.Mix.PROFILE;

    @Option(
            names = "--stop",
            description =
                    "when contemplating does not wait for all agents: none, lossless, beta, auto"
                            + " or straggler; default: as the model's profile says")
    private TeamProfile.@Nullable Stop stop;

    @Option(
            names = "--explain",
            description =
                    "one more agent explains the short answer that was voted for; what it was"
                            + " voted to be stays")
    private boolean explain;

    @Option(
            names = "--check",
            description =
                    "if the agents do not agree, more agents recompute the leading answers, or look"
                            + " them up; those in which they find an error go behind the others")
    private boolean check;

    @Option(names = "--seed", description = "the seed of a run; default: a random one, shown")
    private @Nullable Long seed;

    Mode mode() {
        return mode;
    }

    int agents() {
        return agents;
    }

    /// Returns the limits of a run.
    Budget budget() {
        Budget budget = Budget.UNLIMITED;
        budget = tokens == null ? budget : budget.withTokens(tokens);
        budget = time == null ? budget : budget.withTime(time);
        return money == null ? budget : budget.withMoney(money);
    }

    /// Returns what is wanted of a team.
    TeamChoice team() {
        TeamChoice choice =
                TeamChoice.PROFILE.withMix(team).withExplanation(explain).withCheck(check);
        return stop == null ? choice : choice.withStop(stop);
    }

    /// Returns the seed; empty for a new one in each run.
    Optional<Long> seed() {
        return Optional.ofNullable(seed);
    }
}
