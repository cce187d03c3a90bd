package dev.polymnia.eval.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.polymnia.eval.stats.Reliability.Bin;
import dev.polymnia.eval.stats.Reliability.Vote;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReliabilityTest {
    @Test
    void votes_are_right_as_often_as_their_bin_says() {
        Reliability table =
                Reliability.of(
                        List.of(
                                new Vote(0.5, true),
                                new Vote(0.5, false),
                                new Vote(0.9, true),
                                new Vote(1, true),
                                new Vote(1, true)),
                        2);
        assertThat(table.count()).isEqualTo(5);
        assertThat(table.bins()).hasSize(2);
        Bin low = table.bins().getFirst();
        assertThat(low).isEqualTo(new Bin(0, 0.5, 2, 0.5, 0.5));
        Bin high = table.bins().getLast();
        assertThat(high.count()).isEqualTo(3);
        assertThat(high.meanShare()).isEqualTo(2.9 / 3, within(1e-12));
        assertThat(high.accuracy()).isEqualTo(1);
        assertThat(table.expectedCalibrationError()).isEqualTo(0.1 / 5, within(1e-12));
        assertThat(table.brier()).isEqualTo((0.25 + 0.25 + 0.01) / 5, within(1e-12));
    }

    @Test
    void a_share_at_an_edge_belongs_to_the_lower_bin() {
        for (int hundredths = 1; hundredths <= 100; hundredths++) {
            Reliability table = Reliability.of(List.of(new Vote(hundredths / 100.0, true)), 100);
            assertThat(table.bins().getFirst().high()).isEqualTo(hundredths / 100.0, within(1e-12));
        }
        assertThat(Reliability.of(List.of(new Vote(0, false)), 10).bins().getFirst().low())
                .isZero();
    }

    @Test
    void votes_that_are_as_sure_as_they_are_good_have_no_error() {
        List<Vote> votes = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            votes.add(new Vote(0.7, i < 7));
            votes.add(new Vote(0.2, i < 2));
        }
        Reliability table = Reliability.of(votes, 10);
        assertThat(table.expectedCalibrationError()).isEqualTo(0, within(1e-12));
        assertThat(table.brier()).isEqualTo((0.7 * 0.3 + 0.2 * 0.8) / 2, within(1e-12));
    }

    @Test
    void no_votes_make_an_empty_table() {
        assertThat(Reliability.of(List.of(), 10)).isEqualTo(new Reliability(0, List.of(), 0, 0));
    }

    @Test
    void what_cannot_be_is_refused() {
        assertThatThrownBy(() -> new Vote(1.1, true)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Reliability.of(List.of(), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
