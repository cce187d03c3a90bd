package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.agents.Waves.Step;
import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.Sampling;
import dev.polymnia.core.model.TeamProfile.Stop;
import dev.polymnia.core.run.Event;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WavesTest {
    private static final Approach WORDS = Approach.words("", Sampling.GREEDY, 1);
    private static final Step WAIT = new Step.Wait();

    private Poll poll = new Poll(List.of());
    private int next;

    private Waves waves(int planned, Stop stop) {
        next = 0;
        poll = new Poll(Collections.nCopies(planned, WORDS));
        return new Waves(poll, stop);
    }

    private void end(String answer) {
        end(answer, 1);
    }

    private void end(String answer, double merit) {
        poll.add(chain(next++, answer, merit));
    }

    private static Chain chain(int number, String answer, double merit) {
        Optional<String> known = Optional.of(answer).filter(it -> !it.isEmpty());
        return new Chain(
                number, Approach.Kind.WORDS, answer, known, known.isPresent(), 0.5, 10, merit, "");
    }

    @ParameterizedTest
    @CsvSource({"16,4", "8,4", "3,3", "64,4"})
    void the_first_wave_is_four(int planned, int first) {
        assertThat(waves(planned, Stop.AUTO).next()).isEqualTo(new Step.Begin(first));
    }

    @ParameterizedTest
    @EnumSource(
            value = Stop.class,
            names = {"NONE", "LOSSLESS"})
    void without_the_beta_rule_all_begin_at_once(Stop stop) {
        assertThat(waves(16, stop).next()).isEqualTo(new Step.Begin(16));
    }

    @Test
    void the_next_wave_begins_as_soon_as_this_one_cannot_end_the_run() {
        Waves waves = waves(16, Stop.AUTO);
        assertThat(waves.next()).isEqualTo(new Step.Begin(4));
        assertThat(waves.next()).isEqualTo(WAIT);
        end("31");
        assertThat(waves.next()).isEqualTo(WAIT);
        end("21");
        // At best three to one, which the Beta rule does not take.
        assertThat(waves.next()).isEqualTo(new Step.Begin(4));
        assertThat(waves.next()).isEqualTo(WAIT);
        end("31");
        end("31");
        // At best seven to one, which it does.
        assertThat(waves.next()).isEqualTo(WAIT);
        end("21");
        // At best six to two.
        assertThat(waves.next()).isEqualTo(new Step.Begin(8));
    }

    @Test
    void who_cannot_go_on_alone_is_followed_by_the_next_wave() {
        Waves waves = waves(16, Stop.AUTO);
        assertThat(waves.next()).isEqualTo(new Step.Begin(4));

        assertThat(waves.more()).isEqualTo(4);
        assertThat(waves.more()).isEqualTo(8);
        assertThat(waves.more()).isZero();
        waves.restore(8);
        assertThat(waves.more()).isEqualTo(8);
    }

    @Test
    void four_to_none_end_the_run_between_waves_only() {
        Waves waves = waves(8, Stop.BETA);
        assertThat(waves.next()).isEqualTo(new Step.Begin(4));
        end("31");
        end("31");
        end("31");
        assertThat(waves.next()).isEqualTo(WAIT);
        end("31");
        assertThat(rule(waves.next())).contains(Event.Rule.BETA);
    }

    @Test
    void those_who_fail_alike_end_nothing() {
        Waves waves = waves(8, Stop.BETA);
        assertThat(waves.next()).isEqualTo(new Step.Begin(4));
        for (int i = 0; i < 4; i++) {
            end("31", 0.001);
        }
        assertThat(waves.next()).isEqualTo(new Step.Begin(4));
        for (int i = 0; i < 4; i++) {
            end("21", 1);
        }
        // Four that pass outweigh them, but eight who ended four to four prove nothing.
        assertThat(waves.next()).isEqualTo(new Step.Over(Optional.empty()));
        assertThat(poll.choice().orElseThrow().answer()).contains("21");
    }

    /// One heavy vote leads, and five light ones may still overtake it.
    @Test
    void any_answer_may_get_ahead_not_only_the_heaviest() {
        List<Approach> approaches = new ArrayList<>(Collections.nCopies(16, WORDS));
        approaches.set(0, WORDS.withWeight(6.5, 0));
        poll = new Poll(approaches);
        Waves waves = new Waves(poll, Stop.BETA);
        assertThat(waves.next()).isEqualTo(new Step.Begin(4));
        end("21");
        end("31");
        assertThat(waves.next()).isEqualTo(new Step.Begin(4));
        for (int i = 0; i < 6; i++) {
            assertThat(poll.tally().shares().getFirst().answer()).isEqualTo("21");
            assertThat(waves.next()).isEqualTo(WAIT);
            end("31");
        }
        // Seven to one.
        assertThat(rule(waves.next())).contains(Event.Rule.BETA);
        assertThat(poll.choice().orElseThrow().answer()).contains("31");
    }

    @Test
    void stragglers_are_left_behind_only_if_asked() {
        for (Stop stop : List.of(Stop.AUTO, Stop.STRAGGLER)) {
            Waves waves = waves(8, stop);
            assertThat(waves.next()).isEqualTo(new Step.Begin(4));
            end("1");
            end("2");
            assertThat(waves.next()).isEqualTo(new Step.Begin(4));
            end("3");
            end("1");
            end("2");
            assertThat(waves.next()).isEqualTo(WAIT);
            end("3");
            Step step = waves.next();
            if (stop == Stop.AUTO) {
                assertThat(step).isEqualTo(WAIT);
            } else {
                assertThat(rule(step)).contains(Event.Rule.STRAGGLER);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6})
    void stragglers_are_not_even_begun(int planned) {
        Waves waves = waves(planned, Stop.STRAGGLER);
        assertThat(waves.next()).isEqualTo(new Step.Begin(4));
        for (String answer : List.of("1", "2", "3").subList(0, planned - 3)) {
            end(answer);
            assertThat(waves.next()).isEqualTo(WAIT);
        }
        end("4");
        assertThat(rule(waves.next())).contains(Event.Rule.STRAGGLER);
    }

    @Test
    void all_that_is_planned_is_waited_for_at_the_end() {
        Waves waves = waves(4, Stop.AUTO);
        assertThat(waves.next()).isEqualTo(new Step.Begin(4));
        for (String answer : List.of("1", "2", "1", "2")) {
            assertThat(waves.next()).isEqualTo(WAIT);
            end(answer);
        }
        assertThat(waves.next()).isEqualTo(new Step.Over(Optional.empty()));
    }

    /// Beginning a wave early must not change who begins: the same as with a wave that is waited
    /// for, for all orders of answers, whatever they weigh and however many fail.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void who_begins_does_not_depend_on_beginning_early(boolean uneven) {
        Random random = new Random(3);
        for (int round = 0; round < 2000; round++) {
            List<Approach> approaches = new ArrayList<>();
            List<Chain> chains = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                double most = uneven ? 0.2 + 6 * random.nextDouble() : 1;
                approaches.add(WORDS.withWeight(most, 0));
                String answer = List.of("1", "1", "1", "2", "").get(random.nextInt(5));
                boolean fails = uneven && random.nextInt(5) == 0;
                chains.add(chain(i, answer, fails ? 0.001 : 1));
            }
            assertThat(begun(approaches, chains))
                    .as("%s", chains)
                    .isEqualTo(begunInTurn(approaches, chains));
        }
    }

    private static int begun(List<Approach> approaches, List<Chain> chains) {
        Poll votes = new Poll(approaches);
        Waves waves = new Waves(votes, Stop.BETA);
        int begun = 0;
        Step step = waves.next();
        while (!(step instanceof Step.Over)) {
            if (step instanceof Step.Begin(int count)) {
                begun += count;
            } else {
                votes.add(chains.get(votes.ended()));
            }
            step = waves.next();
        }
        return begun;
    }

    private static int begunInTurn(List<Approach> approaches, List<Chain> chains) {
        Poll votes = new Poll(approaches);
        int begun = 4;
        while (begun < chains.size()) {
            chains.subList(votes.ended(), begun).forEach(votes::add);
            if (votes.beta().isPresent()) {
                return begun;
            }
            begun *= 2;
        }
        return begun;
    }

    private static Optional<Event.Rule> rule(Step step) {
        return step instanceof Step.Over(Optional<Event.StoppedEarly> why)
                ? why.map(Event.StoppedEarly::rule)
                : Optional.empty();
    }
}
