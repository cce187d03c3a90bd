package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.Sampling;
import dev.polymnia.core.run.Event;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PollTest {
    private static final Approach WORDS = Approach.words("", Sampling.GREEDY, 1);

    private Poll poll = new Poll(Collections.nCopies(8, WORDS));
    private int next;

    @Test
    void the_winner_speaks_through_its_most_confident_chain() {
        add("31", 0.5);
        add("21", 0.9);
        add("31", 0.7);

        Poll.Choice choice = poll.choice().orElseThrow();

        assertThat(choice.method()).isEqualTo(Event.Method.VOTE);
        assertThat(choice.chain().number()).isEqualTo(2);
        assertThat(choice.answer()).contains("31");
        assertThat(choice.partial()).isFalse();
    }

    @Test
    void weights_can_turn_a_vote() {
        poll = new Poll(Collections.nCopies(8, WORDS.withWeight(2, 4)));
        add("31", 0.5);
        add("31", 0.5);
        add("21", 0.9);

        assertThat(poll.choice().orElseThrow().answer()).contains("21");
        assertThat(poll.tally().shares().getFirst().votes()).isEqualTo(1);
        assertThat(poll.tally().shares().getFirst().weight())
                .isCloseTo(2 * Math.pow(0.9, 4), within(1e-8));
    }

    @Test
    void weights_that_differ_by_rounding_only_are_a_tie() {
        // 0.1 + 0.1 + 0.1 is not 0.3 in binary.
        Approach light = WORDS.withWeight(0.1, 0);
        poll = new Poll(List.of(WORDS.withWeight(0.3, 0), light, light, light));
        add("a", 0.9);
        add("b", 0.2);
        add("b", 0.2);
        add("b", 0.2);

        assertThat(poll.choice().orElseThrow().answer()).contains("a");
    }

    @Test
    void free_texts_that_outnumber_the_votes_make_a_medoid() {
        add("31", 0.9);
        text("The fox is a shy animal.", true, 10);
        text("The fox is a very shy animal.", true, 10);
        text("The fox is a shy animal!", true, 10);

        Poll.Choice choice = poll.choice().orElseThrow();

        assertThat(choice.method()).isEqualTo(Event.Method.MEDOID);
        assertThat(choice.answer()).isEmpty();
        assertThat(choice.chain().text()).startsWith("The fox is a");
    }

    @Test
    void of_chains_that_were_cut_off_the_longest_is_the_best_there_is() {
        text("Some words", false, 10);
        text("Some more words", false, 20);
        text("", false, 30);

        Poll.Choice choice = poll.choice().orElseThrow();

        assertThat(choice.chain().number()).isEqualTo(1);
        assertThat(choice.partial()).isTrue();
    }

    @Test
    void without_any_words_there_is_no_choice() {
        assertThat(poll.choice()).isEmpty();
        text("", false, 3);
        assertThat(poll.choice()).isEmpty();
    }

    @Test
    void a_vote_is_settled_when_none_that_is_out_can_change_it() {
        for (int i = 0; i < 4; i++) {
            assertThat(poll.lossless()).isEmpty();
            add("31", 0.5);
        }
        assertThat(poll.lossless()).isEmpty();
        assertThat(poll.beta()).isPresent();
        add("31", 0.5);
        assertThat(poll.lossless()).isPresent();
    }

    @Test
    void those_who_fail_alike_prove_nothing_and_those_who_pass_alike_do() {
        for (int i = 0; i < 4; i++) {
            add("31", 0.5, 0.999);
        }
        assertThat(poll.beta()).isEmpty();
        assertThat(poll.mayBeAhead(4)).isFalse();

        poll = new Poll(Collections.nCopies(8, WORDS));
        next = 0;
        for (int i = 0; i < 3; i++) {
            add("31", 0.5, 1);
        }
        assertThat(poll.beta()).isEmpty();
        assertThat(poll.mayBeAhead(1)).isTrue();
        add("31", 0.5, 1);
        assertThat(poll.beta()).isPresent();
    }

    @Test
    void the_answer_with_the_most_votes_may_be_ahead_though_another_weighs_more() {
        poll = new Poll(List.of(WORDS.withWeight(9, 0), WORDS, WORDS, WORDS, WORDS, WORDS, WORDS));
        add("21", 0.5);
        for (int i = 0; i < 5; i++) {
            add("31", 0.5);
        }

        assertThat(poll.choice().orElseThrow().answer()).contains("21");
        // One to five does not decide, and six to one would.
        assertThat(poll.beta()).isEmpty();
        assertThat(poll.mayBeAhead(1)).isTrue();
        assertThat(poll.mayBeAhead(0)).isFalse();
    }

    private void add(String answer, double confidence) {
        add(answer, confidence, 1);
    }

    private void add(String answer, double confidence, double merit) {
        poll.add(
                new Chain(
                        next++,
                        Approach.Kind.WORDS,
                        "It is " + answer,
                        Optional.of(answer),
                        true,
                        confidence,
                        10,
                        merit,
                        ""));
    }

    private void text(String text, boolean whole, long length) {
        poll.add(
                new Chain(
                        next++,
                        Approach.Kind.WORDS,
                        text,
                        Optional.empty(),
                        whole,
                        0.5,
                        length,
                        1,
                        ""));
    }
}
