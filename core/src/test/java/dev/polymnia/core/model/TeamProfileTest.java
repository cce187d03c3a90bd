package dev.polymnia.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TeamProfileTest {
    private static final Sampling DRAWN = Sampling.GREEDY.withTemperature(0.7);
    private static final Approach WORDS = Approach.words("", DRAWN, 8);
    private static final Approach PROGRAM = Approach.programs("", DRAWN, 8);

    @ParameterizedTest
    @CsvSource({"1,1,wpwpwpwp", "3,1,wpwwwpww", "1,2,wppwppwp"})
    void approaches_are_dealt_evenly(int words, int programs, String expected) {
        TeamProfile profile = team(WORDS.withSeats(words), PROGRAM.withSeats(programs));

        StringBuilder dealt = new StringBuilder();
        profile.deal(8).forEach(each -> dealt.append(each.name().charAt(0)));

        assertThat(dealt).hasToString(expected);
        assertThat(profile.deal(4)).isEqualTo(profile.deal(8).subList(0, 4));
        assertThat(profile.deal(0)).isEmpty();
    }

    @Test
    void who_would_say_the_same_again_is_dealt_once() {
        Approach greedy = Approach.words("", Sampling.GREEDY, 8);

        assertThat(team(greedy, PROGRAM).deal(5))
                .containsExactly(greedy, PROGRAM, PROGRAM, PROGRAM, PROGRAM);
        assertThat(team(PROGRAM, greedy).deal(5))
                .containsExactly(PROGRAM, greedy, PROGRAM, PROGRAM, PROGRAM);
        assertThat(team(greedy).deal(2)).containsExactly(greedy, greedy);
    }

    @Test
    void approaches_can_be_left_out_but_not_all() {
        TeamProfile profile = team(WORDS, PROGRAM);

        assertThat(profile.only(each -> each.kind() == Approach.Kind.WORDS).approaches())
                .containsExactly(WORDS);
        assertThat(profile.only(_ -> false)).isEqualTo(profile);
        assertThatThrownBy(() -> team()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_vote_weighs_more_the_surer_it_is_and_never_more_than_the_most() {
        Approach weighted = WORDS.withWeight(1.5, 4);

        assertThat(weighted.weight(1)).isEqualTo(1.5);
        assertThat(weighted.weight(0.5)).isCloseTo(1.5 / 16, within(1e-12));
        assertThat(weighted.weight(0)).isZero();
        assertThat(weighted.weight(Double.NaN)).isEqualTo(1);
        assertThat(WORDS.withWeight(0.5, 4).weight(Double.NaN)).isEqualTo(0.5);
        assertThat(WORDS.weight(0.1)).isEqualTo(1);
    }

    @Test
    void numbers_that_mean_nothing_are_refused() {
        for (double most : new double[] {0, -1, 1_000_001, Double.NaN}) {
            assertThatThrownBy(() -> WORDS.withWeight(most, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("mostWeight = " + most);
        }
        assertThatThrownBy(() -> WORDS.withWeight(1, -0.5))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> WORDS.withSeats(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static TeamProfile team(Approach... approaches) {
        return new TeamProfile("", List.of(approaches), TeamProfile.Stop.AUTO);
    }
}
