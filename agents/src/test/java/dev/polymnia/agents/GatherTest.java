package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.model.Approach;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.core.run.Seeds;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GatherTest extends RunFixture {
    private static final String HINT = ScriptedModel.PROGRAM_HINT;

    /// Says what the words are, or fails if they are no program.
    private static final ProgramRunner RUNNER =
            work ->
                    work.words().startsWith("return ")
                            ? ProgramRunner.Result.of(work.words().substring(7))
                            : ProgramRunner.Result.failed("no program");

    private Gathered gather(Script script, int words, int programs) {
        try (ScriptedModel model = ScriptedModel.of(script)) {
            return new Assistant(model, Clock.SYSTEM, RUNNER)
                    .gather(request(Mode.CONTEMPLATING), new Roster(words, programs), log::add);
        }
    }

    @Test
    void all_chains_run_to_their_end_however_much_they_agree() {
        Gathered gathered = gather(Script.inOrder(List.of(LEFT)), 20, 0);

        assertThat(gathered.outcome()).isEqualTo(new Outcome("31", Optional.of("31"), false));
        assertThat(gathered.chains()).hasSize(20).allMatch(Chain::votes);
        assertThat(gathered.chains())
                .extracting(Chain::number)
                .containsExactly(
                        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19);
        assertThat(events(Event.StoppedEarly.class)).isEmpty();
        for (int agent = 0; agent < 20; agent++) {
            assertAgent(agent);
        }
    }

    @Test
    void programs_are_told_the_hint_and_answer_with_what_they_come_to() {
        Script script =
                (request, _) -> {
                    String question = request.prompt().messages().getLast().text();
                    return Reply.of(question.endsWith(HINT) ? "return 31.0 muffins" : OTHER);
                };

        Gathered gathered = gather(script, 1, 2);

        assertThat(gathered.chains())
                .extracting(Chain::number)
                .containsExactly(0, Roster.FIRST_PROGRAM, Roster.FIRST_PROGRAM + 1);
        Chain program = gathered.chains().get(1);
        assertThat(program.kind()).isEqualTo(Approach.Kind.PROGRAM);
        assertThat(program.text()).isEqualTo("31.0 muffins");
        assertThat(program.answer()).contains("31");
        assertThat(gathered.outcome())
                .isEqualTo(new Outcome("31.0 muffins", Optional.of("31"), false));
    }

    @Test
    void a_program_that_fails_or_is_cut_off_has_no_vote() {
        Script script =
                (request, _) -> {
                    boolean first =
                            request.options().seed() == Seeds.ofAgent(7, Roster.FIRST_PROGRAM);
                    return Reply.of(first ? "I cannot" : "return " + "1 ".repeat(400));
                };

        Gathered gathered = gather(script, 1, 2);

        assertThat(gathered.chains().get(1).votes()).isFalse();
        assertThat(gathered.chains().get(1).note()).isEqualTo("no program");
        assertThat(gathered.chains().get(2).votes()).isFalse();
        assertThat(gathered.chains().get(2).note()).isEqualTo("it was not written to its end");
    }

    @Test
    void a_bank_is_the_beginning_of_a_larger_one() {
        Script script =
                (request, _) -> Reply.of("Answer: " + Math.floorMod(request.options().seed(), 97L));

        List<Chain> small = gather(script, 3, 2).chains();
        log.clear();
        List<Chain> large = gather(script, 9, 4).chains();

        assertThat(large.subList(0, 3)).isEqualTo(small.subList(0, 3));
        assertThat(large.subList(9, 11)).isEqualTo(small.subList(3, 5));
    }

    @Test
    void chains_that_say_nothing_are_a_fault() {
        assertFault(Fault.Code.INTERNAL, () -> gather(Script.inOrder(List.of("I cannot")), 0, 2));
    }

    @Test
    void a_cancelled_run_has_no_chains() {
        Cancellation now = cancellation;
        Script script =
                (_, _) -> {
                    now.request();
                    return Reply.of(LEFT);
                };

        assertFault(Fault.Code.CANCELLED, () -> gather(script, 4, 0));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "-1,4", "4,-1", "65,0", "0,65"})
    void numbers_that_are_not_possible_are_refused(int words, int programs) {
        assertFault(Fault.Code.INVALID, () -> new Roster(words, programs));
    }
}
