package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Checks of claims that are a yes or a no themselves, of which more agents give the wrong one.
final class CheckDecisionTest extends ToolFixture {
    private static final ProgramRunner RUNS =
            work -> ProgramRunner.Result.of(work.words().substring("returns ".length()));

    /// What is asked, and how the answer is wanted.
    enum Wanted {
        NO("Is 91 a prime number? Answer yes or no.", "yes", "no", "no"),
        YES("Is 97 a prime number? Answer yes or no.", "no", "yes", "yes"),
        OPTION("Is 91 a prime number?\n(A) Yes\n(B) No\nAnswer: letter", "(A) Yes", "(B) No", "B"),
        SWAPPED("Is 91 a prime number?\n(A) No\n(B) Yes\nAnswer: letter", "(B) Yes", "(A) No", "A");

        private final String question;
        private final String wrong;
        private final String right;
        private final String key;

        Wanted(String question, String wrong, String right, String key) {
            this.question = question;
            this.wrong = wrong;
            this.right = right;
            this.key = key;
        }

        private String rightWord() {
            return right.replaceFirst("^\\(.\\) ", "");
        }
    }

    private RunRequest checked(Wanted wanted) {
        return request(Mode.CONTEMPLATING)
                .withMessages(List.of(Message.user(wanted.question)))
                .withAgents(4)
                .withTeam(TeamChoice.PROFILE.withMix(TeamChoice.Mix.WORDS).withCheck(true));
    }

    /// Two agents are wrong, one is right, and one says nothing that counts.
    ///
    /// @param ofRight what whoever checks the right answer says
    /// @param ofWrong what whoever checks the wrong one says
    private static Script script(Wanted wanted, String ofRight, String ofWrong) {
        return (request, index) -> {
            String asked = request.prompt().messages().getLast().text();
            if (asked.contains("Somebody claims")) {
                boolean right = asked.contains("\n" + wanted.right + "\n\nFind out");
                return Reply.of(right ? ofRight : ofWrong);
            }
            String said = index == 2 ? wanted.right : wanted.wrong;
            return Reply.of(index == 3 ? "I cannot tell." : "Answer: " + said);
        };
    }

    private void assertChecked(Outcome outcome, Wanted wanted) {
        assertThat(events(Event.AgentStarted.class))
                .extracting(Event.AgentStarted::approach)
                .containsExactly("words", "words", "words", "words", "checker", "checker");
        assertThat(outcome.answer()).contains(wanted.key);
        assertThat(outcome.text()).isEqualTo(wanted.right);
    }

    @ParameterizedTest
    @EnumSource
    void a_checker_in_words_confirms_an_answer_by_coming_to_it(Wanted wanted) {
        String letter = "I divide it by 2, 3, 5 and 7.\nAnswer: " + wanted.right;
        String word = "I divide it by 2, 3, 5 and 7.\nAnswer: " + wanted.rightWord();

        assertChecked(answer(script(wanted, letter, word), checked(wanted)), wanted);
        log.clear();
        assertChecked(answer(script(wanted, word, letter), checked(wanted)), wanted);
    }

    @ParameterizedTest
    @EnumSource
    void a_program_says_whether_the_claim_is_right_whatever_the_claim_is(Wanted wanted) {
        Script script = script(wanted, "returns True", "returns False");

        assertChecked(answer(script, checked(wanted), RUNS), wanted);
    }

    @ParameterizedTest
    @EnumSource(
            value = Wanted.class,
            names = {"OPTION", "SWAPPED"})
    void a_program_may_return_an_option_in_place_of_that(Wanted wanted) {
        String found = "returns " + wanted.key;

        assertChecked(answer(script(wanted, found, found), checked(wanted), RUNS), wanted);
    }

    @ParameterizedTest
    @CsvSource({"NO,yes,no", "YES,yes,no", "OPTION,Yes.,**No**", "SWAPPED,YES,no."})
    void a_validator_says_whether_the_claim_is_right(Wanted wanted, String yes, String no) {
        Script checks = script(wanted, "returns True", "returns True");
        Script script =
                (request, index) -> {
                    String asked = request.prompt().messages().getLast().text();
                    boolean validates = asked.contains("look it up with the tools");
                    if (!validates) {
                        return checks.reply(request, index);
                    }
                    boolean right = asked.contains("\n" + wanted.right + "\n\nFind out");
                    return Reply.of("Answer: " + (right ? yes : no));
                };

        Outcome outcome = answer(script, checked(wanted).withTools(List.of(reading("look"))), RUNS);

        assertThat(outcome.answer()).contains(wanted.key);
        assertThat(events(Event.AgentStarted.class))
                .extracting(Event.AgentStarted::approach)
                .endsWith("validator", "validator");
        assertSound();
    }
}
