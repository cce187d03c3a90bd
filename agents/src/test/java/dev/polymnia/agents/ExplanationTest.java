package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Clock;
import dev.polymnia.core.Mode;
import dev.polymnia.core.TaskClass;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.model.ModelProfile;
import dev.polymnia.core.model.ProfiledModel;
import dev.polymnia.core.model.TeamProfile;
import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers that are rewritten for their reader.
final class ExplanationTest extends RunFixture {
    private static final String EXPLAINED =
            "Of 36 muffins 5 were sold, so 31 are left.\nAnswer: 31 muffins";

    private final List<String> asked = new CopyOnWriteArrayList<>();

    /// All agents agree; whoever is to explain says this.
    private Script script(String explanation) {
        return (request, _) -> {
            String words = request.prompt().messages().getLast().text();
            if (!words.contains("Explain to the person")) {
                return Reply.of(LEFT);
            }
            asked.add(words);
            return Reply.of(explanation);
        };
    }

    private RunRequest wanted() {
        return request(Mode.CONTEMPLATING).withTeam(TeamChoice.PROFILE.withExplanation(true));
    }

    @Test
    void an_answer_is_explained_from_what_the_winner_wrote() {
        Outcome outcome = answer(script(EXPLAINED), wanted());

        assertThat(outcome).isEqualTo(new Outcome(EXPLAINED, Optional.of("31"), false));
        assertThat(asked).singleElement().asString().contains("36 - 5 = 31.", "The result is 31.");
        assertThat(events(Event.AgentStarted.class))
                .extracting(Event.AgentStarted::approach)
                .containsExactly("words", "words", "words", "words", "explain");
        assertThat(events(Event.AnswerDelta.class))
                .containsExactly(new Event.AnswerDelta(EXPLAINED));
        for (int agent = 0; agent < 5; agent++) {
            assertAgent(agent);
        }
    }

    @Test
    void one_that_forgets_the_marker_but_concludes_with_the_result_is_shown() {
        String words = "Of 36 muffins 5 were sold, so what is left is 36 - 5 = 31.";

        assertThat(answer(script(words), wanted()).text()).isEqualTo(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Of 36 muffins 15 were sold, so 21 are left.",
                "Of 36 muffins 15 were sold.\nAnswer: 21",
                "Well, that is how it comes about, as everybody can see.",
                "I cannot help with that."
            })
    void one_that_changes_the_result_or_states_none_is_not_shown(String explanation) {
        assertThat(answer(script(explanation), wanted()))
                .isEqualTo(new Outcome("31", Optional.of("31"), false));
        assertThat(asked).hasSize(1);
    }

    @Test
    void one_that_is_cut_off_is_not_shown() {
        // Four agents write eight tokens each, the end included.
        RunRequest poor = wanted().withBudget(Budget.UNLIMITED.withTokens(4 * 8 + 3));

        assertThat(answer(script(EXPLAINED), poor).text()).isEqualTo("31");
    }

    @Test
    void one_for_which_there_is_no_room_costs_no_answer() {
        ModelInfo usual = ScriptedModel.defaultInfo();
        ModelInfo narrow =
                new ModelInfo(usual.name(), "", 48, usual.capabilities(), usual.profile());
        try (ScriptedModel model = ScriptedModel.of(script(EXPLAINED), narrow)) {
            assertThat(new Assistant(model, Clock.SYSTEM).answer(wanted(), log::add).text())
                    .isEqualTo("31");
        }
        assertThat(asked).isEmpty();
    }

    /// What code was voted for is how it behaves; no words come to that.
    @Test
    void code_is_not_explained() {
        ModelProfile usual = ScriptedModel.defaultInfo().profile();
        TeamProfile team = usual.team(TaskClass.ANSWER);
        Approach words = team.approaches().getFirst();
        List<Approach> code = List.of(words.of(Approach.Kind.CODE));
        ModelProfile profile =
                usual.withClass(
                        TaskClass.CODE,
                        new ModelProfile.ClassSettings(words, team.withApproaches(code)));
        RunRequest request =
                new RunRequest(
                                "run",
                                List.of(Message.user("Write a Python function that doubles.")),
                                Mode.CONTEMPLATING,
                                Budget.UNLIMITED,
                                7,
                                8,
                                cancellation)
                        .withTeam(TeamChoice.PROFILE.withExplanation(true));
        ProgramRunner alike = _ -> ProgramRunner.Result.of("behaves as 12345678");
        Outcome outcome;
        try (ProfiledModel model =
                new ProfiledModel(ScriptedModel.of(script(EXPLAINED)), profile)) {
            outcome = new Assistant(model, Clock.SYSTEM, alike).answer(request, log::add);
        }

        assertThat(outcome.answer()).contains("behaves as 12345678");
        assertThat(asked).isEmpty();
        assertThat(events(Event.AgentStarted.class))
                .extracting(Event.AgentStarted::approach)
                .doesNotContain("explain");
    }

    @Test
    void nobody_explains_unless_it_is_wanted() {
        answer(script(EXPLAINED), request(Mode.CONTEMPLATING));

        assertThat(asked).isEmpty();
    }
}
