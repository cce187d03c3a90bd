package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.run.Event;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BallotTest {
    private final Ballot ballot = new Ballot();

    @Test
    void most_votes_win() {
        vote("31", 0.1, 10);
        vote("21", 0.9, 10);
        vote("31", 0.1, 10);

        assertThat(winner()).isEqualTo("31");
        assertThat(ballot.tally(5))
                .isEqualTo(
                        new Event.Tally(
                                List.of(
                                        new Event.Share("31", 2, 2, 0.2),
                                        new Event.Share("21", 1, 1, 0.9)),
                                0,
                                5));
    }

    @Test
    void equal_votes_are_decided_by_confidence_then_by_the_shorter_chain_then_by_order() {
        vote("a", 0.5, 10);
        vote("b", 0.6, 90);
        assertThat(winner()).isEqualTo("b");

        vote("a", 0.1, 90);
        vote("b", 0.0, 90);
        assertThat(winner()).isEqualTo("a");

        Ballot level = new Ballot();
        level.add(new Ballot.Vote("x", 0.5, 30, 0));
        level.add(new Ballot.Vote("y", 0.5, 20, 1));
        level.add(new Ballot.Vote("z", 0.5, 20, 2));
        assertThat(level.winner().orElseThrow().answer()).isEqualTo("y");
    }

    @Test
    void the_winner_speaks_through_its_most_confident_member() {
        ballot.add(new Ballot.Vote("31", 0.6, 10, 0));
        ballot.add(new Ballot.Vote("31", 0.9, 50, 1));
        ballot.add(new Ballot.Vote("31", Double.NaN, 5, 2));

        assertThat(ballot.winner().orElseThrow().agent()).isEqualTo(1);
    }

    @Test
    void the_order_in_which_votes_come_does_not_matter() {
        Random random = new Random(11);
        for (int round = 0; round < 500; round++) {
            List<Ballot.Vote> votes = new ArrayList<>();
            for (int agent = 0; agent < 8; agent++) {
                votes.add(
                        new Ballot.Vote(
                                "abc".substring(random.nextInt(3)).substring(0, 1),
                                random.nextInt(3) / 4.0,
                                random.nextInt(3),
                                agent));
            }
            Ballot.Vote first = winner(votes);
            Collections.shuffle(votes, random);

            assertThat(winner(votes)).isEqualTo(first);
        }
    }

    @Test
    void silence_is_counted_but_does_not_vote() {
        ballot.addSilent();

        assertThat(ballot.winner()).isEmpty();
        assertThat(ballot.isEmpty()).isTrue();
        assertThat(ballot.tally(0)).isEqualTo(new Event.Tally(List.of(), 1, 0));
    }

    private void vote(String answer, double confidence, long length) {
        ballot.add(new Ballot.Vote(answer, confidence, length, ballot.votes()));
    }

    private String winner() {
        return ballot.winner().orElseThrow().answer();
    }

    private static Ballot.Vote winner(List<Ballot.Vote> votes) {
        Ballot ballot = new Ballot();
        votes.forEach(ballot::add);
        return ballot.winner().orElseThrow();
    }
}
