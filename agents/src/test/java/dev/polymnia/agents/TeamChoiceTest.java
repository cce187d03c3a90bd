package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.agents.TeamChoice.Mix;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.Sampling;
import dev.polymnia.core.model.TeamProfile;
import dev.polymnia.core.model.TeamProfile.Stop;
import dev.polymnia.core.run.Event;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TeamChoiceTest extends RunFixture {
    private static final ProgramRunner RETURNS =
            work -> ProgramRunner.Result.of(work.words().replace("return ", ""));

    private static final Script SCRIPT =
            (request, _) ->
                    Reply.of(
                            request.prompt()
                                            .messages()
                                            .getLast()
                                            .text()
                                            .endsWith(ScriptedModel.PROGRAM_HINT)
                                    ? "return 31"
                                    : LEFT);

    private RunRequest asking(TeamChoice choice) {
        return request(Mode.CONTEMPLATING).withTeam(choice);
    }

    @ParameterizedTest
    @CsvSource({"WORDS,words", "PROGRAMS,program"})
    void a_team_can_be_of_one_kind(Mix mix, String approach) {
        answer(SCRIPT, asking(TeamChoice.PROFILE.withMix(mix)), RETURNS);

        assertThat(events(Event.AgentStarted.class))
                .extracting(Event.AgentStarted::approach)
                .containsOnly(approach);
    }

    @Test
    void a_stop_can_be_asked_for() {
        answer(SCRIPT, asking(TeamChoice.PROFILE.withStop(Stop.NONE)), RETURNS);

        assertThat(events(Event.AgentStarted.class)).hasSize(8);
        assertThat(events(Event.StoppedEarly.class)).isEmpty();
    }

    @Test
    void plain_votes_weigh_one() {
        Approach weighted = Approach.words("", Sampling.GREEDY, 8).withWeight(3, 4);
        TeamProfile profile = new TeamProfile("", List.of(weighted), Stop.AUTO);

        TeamProfile plain = TeamChoice.PROFILE.withPlainVotes().over(profile);

        assertThat(plain.approaches()).allMatch(each -> each.weight(0.1) == 1);
        assertThat(TeamChoice.PROFILE.over(profile)).isEqualTo(profile);
    }

    @Test
    void programs_alone_need_something_that_runs_them_and_a_question_for_them() {
        RunRequest programs = asking(TeamChoice.PROFILE.withMix(Mix.PROGRAMS));

        assertFault(Fault.Code.UNAVAILABLE, () -> answer(SCRIPT, programs));
        assertFault(
                Fault.Code.UNSUPPORTED,
                () ->
                        answer(
                                SCRIPT,
                                programs.withMessages(
                                        List.of(Message.user("Why is the sky blue?"))),
                                RETURNS));
    }
}
