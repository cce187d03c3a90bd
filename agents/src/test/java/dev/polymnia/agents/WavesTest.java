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
        Optional<String> known = Optional.of(answer).filter(it -> !it.isEmpty());
        poll.add(
                new Chain(
                        next++,
                        Approach.Kind.WORDS,
                        answer,
                        known,
                        known.isPresent(),
                        0.5,
                        10,
                        1,
                        ""));
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
    /// for, for all orders of answers.
    @Test
    void who_begins_does_not_depend_on_beginning_early() {
        Random random = new Random(3);
        for (int round = 0; round < 2000; round++) {
            List<String> answers = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                answers.add(List.of("1", "1", "1", "2", "").get(random.nextInt(5)));
            }
            Waves waves = waves(16, Stop.BETA);
            int begun = 0;
            Step step = waves.next();
            while (!(step instanceof Step.Over)) {
                if (step instanceof Step.Begin(int count)) {
                    begun += count;
                } else {
                    end(answers.get(next));
                }
                step = waves.next();
            }
            assertThat(begun).as("%s", answers).isEqualTo(begunInTurn(answers));
        }
    }

    private static int begunInTurn(List<String> answers) {
        int begun = 4;
        while (begun < answers.size()) {
            List<String> ended = answers.subList(0, begun);
            int ones = Collections.frequency(ended, "1");
            int twos = Collections.frequency(ended, "2");
            if (EarlyStop.beta(Math.max(ones, twos), Math.min(ones, twos)).isPresent()) {
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
