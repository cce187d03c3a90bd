package dev.polymnia.eval.bank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.model.TeamProfile.Stop;
import dev.polymnia.core.run.Event;
import dev.polymnia.eval.bank.Replay.Played;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Votes that were counted by hand. The trunk is 50 prompt tokens, a chain reads 3 besides.
final class ReplayTest {
    private static Bank.Question words(Held... held) {
        return Chains.question(List.of(held), List.of());
    }

    @Test
    void a_plain_vote_pays_for_all_its_chains_and_once_for_the_trunk() {
        Bank.Question question =
                words(Chains.words("4", 10), Chains.words("5", 20), Chains.words("4", 30));

        assertThat(Replay.play(Policy.plain(3, 0), question))
                .isEqualTo(new Played(1, Optional.of("4"), Optional.empty(), 3, 59, 60, 30));
        assertThat(Replay.play(Policy.plain(1, 0), question))
                .isEqualTo(new Played(1, Optional.of("4"), Optional.empty(), 1, 53, 10, 10));
    }

    @Test
    void ties_are_decided_by_confidence_then_by_the_shorter_chain_then_by_order() {
        assertThat(answer(Chains.words("5", 10, 0.5), Chains.words("4", 90, 0.6))).contains("4");
        assertThat(answer(Chains.words("5", 20), Chains.words("4", 10))).contains("4");
        assertThat(answer(Chains.words("5", 10), Chains.words("4", 10))).contains("5");
    }

    private static Optional<String> answer(Held... held) {
        return Replay.play(Policy.plain(held.length, 0), words(held)).answer();
    }

    @Test
    void confidence_can_turn_a_vote() {
        Bank.Question question =
                words(
                        Chains.words("5", 10, 0.5),
                        Chains.words("5", 10, 0.5),
                        Chains.words("4", 10, 0.9));

        assertThat(Replay.play(Policy.plain(3, 0), question).value()).isZero();
        // 0.0625 + 0.0625 against 0.6561
        assertThat(
                        Replay.play(Policy.plain(3, 0).withWeights(new Weights(4, 1, 1)), question)
                                .value())
                .isEqualTo(1);
    }

    @Test
    void programs_that_are_sure_of_every_letter_do_not_outweigh_the_words() {
        Bank.Question question =
                Chains.question(
                        List.of(Chains.words("4", 10, 0.6), Chains.words("4", 10, 0.6)),
                        List.of(Chains.program("5", 5, 0.99)));

        Weights weights = new Weights(8, 1 / Math.pow(0.6, 8), 1 / Math.pow(0.99, 8));
        assertThat(Replay.play(Policy.plain(2, 1).withWeights(weights), question).answer())
                .contains("4");
    }

    @Test
    void a_lossless_stop_pays_what_the_others_had_written_by_then() {
        Bank.Question question =
                words(
                        Chains.words("5", 40),
                        Chains.words("4", 30),
                        Chains.words("4", 10),
                        Chains.words("4", 20));

        Played played = Replay.play(Policy.plain(4, 0).withStop(Stop.LOSSLESS), question);

        // Ended after 10, 20 and 30 tokens: 3 against 0 with one out, which has written 30, too.
        assertThat(played)
                .isEqualTo(
                        new Played(
                                1,
                                Optional.of("4"),
                                Optional.of(Event.Rule.LOSSLESS),
                                4,
                                62,
                                10 + 20 + 30 + 30,
                                30));
    }

    @Test
    void a_beta_stop_pays_for_the_waves_that_were_begun() {
        List<Held> held = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            held.add(Chains.words("4", 10 + i));
        }
        for (int i = 0; i < 4; i++) {
            held.add(Chains.words("5", 100));
        }
        Bank.Question question = Chains.question(held, List.of());

        assertThat(Replay.play(Policy.plain(8, 0).withStop(Stop.BETA), question))
                .isEqualTo(
                        new Played(
                                1, Optional.of("4"), Optional.of(Event.Rule.BETA), 4, 62, 46, 13));
        assertThat(Replay.play(Policy.plain(8, 0), question).begun()).isEqualTo(8);
        held.set(3, Chains.words("5", 13));
        Bank.Question split = Chains.question(held, List.of());
        assertThat(Replay.play(Policy.plain(8, 0).withStop(Stop.BETA), split).rule()).isEmpty();
    }

    @Test
    void programs_and_words_are_in_every_wave() {
        Bank.Question question =
                Chains.question(
                        List.of(
                                Chains.words("4", 60),
                                Chains.words("4", 60),
                                Chains.words("5", 60),
                                Chains.words("5", 60)),
                        List.of(
                                Chains.program("4", 10, 0.5),
                                Chains.program("4", 10, 0.5),
                                Chains.program("5", 10, 0.5),
                                Chains.program("5", 10, 0.5)));

        Played played = Replay.play(Policy.plain(4, 4).withStop(Stop.AUTO), question);

        assertThat(played.begun()).isEqualTo(4);
        assertThat(played.generated()).isEqualTo(140);
        assertThat(played.rule()).contains(Event.Rule.BETA);
    }

    @Test
    void chains_without_an_answer_do_not_vote_and_a_failed_question_is_wrong() {
        assertThat(answer(Chains.words("", 10), Chains.words("4", 20), Chains.words("", 5)))
                .contains("4");
        Played failed = Replay.play(Policy.plain(2, 0), words(Chains.words("4", 10)));
        assertThat(failed)
                .isEqualTo(new Played(0, Optional.empty(), Optional.empty(), 0, 50, 0, 0));
    }
}
