package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Mode;
import dev.polymnia.core.TaskClass;
import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.Channel;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.model.ModelProfile.ClassSettings;
import dev.polymnia.core.model.TeamProfile;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.ScriptedModel;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Chains of 100 kB, as models that think for long write them.
final class LongChainTest extends RunFixture {
    private static final int LENGTH = 100_000;

    /// What somebody writes for so long, with a number in place of each `#`.
    enum Habit {
        WORDS("w# "),
        LINES("Step #: so it is.\n"),
        ONE_WORD("x#"),
        BRACKETS("([#"),
        FIGURES("#,000."),
        MARKS("**#** _#_ `#`"),
        BOXES("\\boxed{#"),
        ANSWERS("Answer: no, not # yet\n\n"),
        CODE("```\nx = #\n```\n"),
        BLANKS("#\n\n\n   \t");

        private final String part;

        Habit(String part) {
            this.part = part;
        }

        private String text() {
            StringBuilder text = new StringBuilder();
            for (int i = 0; text.length() < LENGTH; i++) {
                text.append(part.replace("#", Integer.toString(i)));
            }
            return text.toString();
        }
    }

    private static ModelInfo patient() {
        ModelInfo usual = ScriptedModel.defaultInfo();
        TeamProfile team = usual.profile().team(TaskClass.ANSWER);
        Approach words = team.approaches().getFirst();
        Approach patient = Approach.words("", words.sampling(), LENGTH);
        return usual.withProfile(
                usual.profile()
                        .withClass(
                                TaskClass.ANSWER,
                                new ClassSettings(patient, team.withApproaches(List.of(patient)))));
    }

    private Outcome answer(Mode mode, String words) {
        try (ScriptedModel model =
                ScriptedModel.of((_, index) -> Reply.of(index == 0 ? words : LEFT), patient())) {
            return new Assistant(model, clock).answer(request(mode).withAgents(2), log::add);
        }
    }

    @ParameterizedTest
    @EnumSource
    void its_answer_is_found_at_its_end(Habit habit) {
        String words = habit.text() + "\nAnswer: 31";

        Outcome outcome = answer(Mode.THINKING, words);

        assertThat(outcome.answer()).contains("31");
        assertThat(outcome.partial()).isFalse();
        // All but the marker is told, as a thought or as the answer.
        assertThat(words(0, Channel.REASONING) + words(0, Channel.ANSWER))
                .hasSizeBetween(words.length() - 20, words.length());
    }

    @ParameterizedTest
    @EnumSource
    void it_votes_like_a_short_one(Habit habit) {
        Outcome outcome = answer(Mode.CONTEMPLATING, habit.text() + "\nAnswer: 31");

        assertThat(outcome.answer()).contains("31");
        assertThat(answersByAgent()).containsOnlyKeys(0, 1).containsValues("31", "31");
        assertThat(events(Event.Tally.class).getLast().shares())
                .extracting(Event.Share::votes)
                .containsExactly(2);
    }
}
