package dev.polymnia.agents;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.TeamProfile;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a person wants of a team in place of what the model's profile says.
///
/// @param mix who is in it
/// @param plain whether every vote weighs 1
/// @param stop when agents are not waited for; null as the profile says
/// @param explained whether a short answer that was voted for is explained by one more agent, who
///   reads what the winner wrote
/// @param checked whether more agents check short answers that the team does not agree on
public record TeamChoice(
        Mix mix,
        boolean plain,
        TeamProfile.@Nullable Stop stop,
        boolean explained,
        boolean checked) {
    /// All as the profile says.
    public static final TeamChoice PROFILE = new TeamChoice(Mix.PROFILE, false, null, false, false);

    /// Who is in a team.
    public enum Mix {
        /// Those of the profile.
        PROFILE,
        /// Only agents that reason in words.
        WORDS,
        /// Only agents that write programs.
        PROGRAMS;

        /// Returns the word that people write: the name in small letters.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Checks the part.
    public TeamChoice {
        requireNonNull(mix, "mix is null");
    }

    /// Returns this with another stop.
    public TeamChoice withStop(TeamProfile.Stop value) {
        return new TeamChoice(mix, plain, value, explained, checked);
    }

    /// Returns this with another mix.
    public TeamChoice withMix(Mix value) {
        return new TeamChoice(value, plain, stop, explained, checked);
    }

    /// Returns this with votes that each weigh 1.
    public TeamChoice withPlainVotes() {
        return new TeamChoice(mix, true, stop, explained, checked);
    }

    /// Returns this with answers that are explained, or not.
    public TeamChoice withExplanation(boolean value) {
        return new TeamChoice(mix, plain, stop, value, checked);
    }

    /// Returns this with answers that are checked, or not.
    public TeamChoice withCheck(boolean value) {
        return new TeamChoice(mix, plain, stop, explained, value);
    }

    /// Returns the profile that is wanted.
    ///
    /// @throws Fault `UNSUPPORTED` if only programs are wanted, and the profile has none for the
    ///   question
    TeamProfile over(TeamProfile profile) {
        TeamProfile team =
                switch (mix) {
                    case PROFILE -> profile;
                    case WORDS -> profile.only(each -> each.kind() != Approach.Kind.PROGRAM);
                    case PROGRAMS -> programs(profile);
                };
        if (plain) {
            team =
                    team.withApproaches(
                            team.approaches().stream().map(each -> each.withWeight(1, 0)).toList());
        }
        return stop == null ? team : team.withStop(stop);
    }

    private static TeamProfile programs(TeamProfile profile) {
        if (profile.approaches().stream().noneMatch(each -> each.kind() == Approach.Kind.PROGRAM)) {
            throw new Fault(
                    Fault.Code.UNSUPPORTED,
                    "Questions like this one are not answered by programs; ask for a team of"
                            + " another mix.");
        }
        return profile.only(each -> each.kind() == Approach.Kind.PROGRAM);
    }
}
