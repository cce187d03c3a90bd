package dev.polymnia.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Mode;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.eval.AgentResult;
import dev.polymnia.eval.SampleResult;
import dev.polymnia.eval.stats.Reliability.Bin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CalibrationTest {
    @Test
    void the_share_is_that_of_the_answer_the_run_decided_for() {
        List<SampleResult> results =
                List.of(
                        voted("q0", 'r', "4", "4", "4", "4"),
                        voted("q1", 'r', "4", "4", "5", "6"),
                        voted("q2", 'w', "4", "5", "5", "4"));

        Calibration calibration =
                Calibration.of(Sketch.run("c", Mode.CONTEMPLATING, results)).orElseThrow();

        assertThat(calibration.table().count()).isEqualTo(3);
        assertThat(calibration.table().bins())
                .containsExactly(new Bin(0.4, 0.5, 2, 0.5, 0.5), new Bin(0.9, 1, 1, 1, 1));
    }

    @Test
    void an_answer_nobody_voted_for_gives_way_to_that_with_most_votes() {
        List<SampleResult> results = List.of(voted("q0", 'w', "5", "5", "5", "6"));

        Calibration calibration =
                Calibration.of(Sketch.run("c", Mode.CONTEMPLATING, results)).orElseThrow();

        assertThat(calibration.table().bins().getFirst().meanShare()).isEqualTo(0.75);
    }

    @Test
    void a_single_vote_tells_nothing() {
        List<SampleResult> results = List.of(voted("q0", 'r', "4"), voted("q1", 'r'));

        assertThat(Calibration.of(Sketch.run("c", Mode.CONTEMPLATING, results))).isEmpty();
    }

    @Test
    void other_modes_do_not_vote() {
        List<SampleResult> results = List.of(voted("q0", 'r', "4", "4"));

        assertThat(Calibration.of(Sketch.run("t", Mode.THINKING, results))).isEmpty();
    }

    /// The run's own answer is 4 in all of them.
    private static SampleResult voted(String id, char letter, String... answers) {
        List<AgentResult> agents = new ArrayList<>();
        for (String answer : answers) {
            agents.add(
                    Sketch.agent(agents.size(), Optional.of(answer), answer, "", StopReason.END));
        }
        agents.add(Sketch.agent(agents.size(), Optional.empty(), "?", "", StopReason.LENGTH));
        return Sketch.result(id, 1, letter, "4", agents);
    }
}
