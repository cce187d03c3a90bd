package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.run.Event;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PollTest {
    private final Poll poll = new Poll(8);
    private int next;

    @ParameterizedTest
    @CsvSource({"0,16,4", "4,16,8", "8,16,16", "8,12,12", "0,3,3", "16,64,32"})
    void waves_double_up_to_what_is_planned(int begun, int planned, int after) {
        assertThat(Poll.afterWave(begun, planned)).isEqualTo(after);
    }

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
        add("31", 0.5);
        add("31", 0.5);
        add("21", 0.9);

        assertThat(poll.choice(chain -> Math.pow(chain.confidence(), 4)).orElseThrow().answer())
                .contains("21");
        assertThat(poll.choice(_ -> 0.3).orElseThrow().answer()).contains("31");
    }

    @Test
    void weights_that_differ_by_rounding_only_are_a_tie() {
        add("a", 0.9);
        add("b", 0.2);
        add("b", 0.2);
        add("b", 0.2);

        Optional<Poll.Choice> choice =
                poll.choice(chain -> chain.answer().equals(Optional.of("a")) ? 0.3 : 0.1);

        assertThat(choice.orElseThrow().answer()).contains("a");
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

    private void add(String answer, double confidence) {
        poll.add(
                new Chain(
                        next++,
                        Chain.Kind.WORDS,
                        "It is " + answer,
                        Optional.of(answer),
                        true,
                        confidence,
                        10,
                        ""));
    }

    private void text(String text, boolean whole, long length) {
        poll.add(
                new Chain(
                        next++, Chain.Kind.WORDS, text, Optional.empty(), whole, 0.5, length, ""));
    }
}
