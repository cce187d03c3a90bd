package dev.polymnia.eval.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.polymnia.core.Mode;
import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Usage;
import dev.polymnia.eval.AgentResult;
import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.RunSetup;
import dev.polymnia.eval.SampleResult;
import dev.polymnia.eval.Score;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

final class CoverageTest {
    @Test
    void any_of_k_is_estimated_without_bias() {
        // One of four words is right in the first question, none in the second.
        RunLog log = run(result("q0", "rwww"), result("q1", "wwww"));

        List<Coverage> coverage = Coverage.of(Bank.of(log));

        assertThat(coverage)
                .containsExactly(
                        new Coverage("words", 1, 4, 0.125, 0.125),
                        new Coverage("words", 2, 4, 0.25, 0.25),
                        new Coverage("words", 4, 4, 0.5, 0.5));
    }

    @Test
    void the_surest_of_k_is_estimated_over_all_draws() {
        // Of four words the second surest is right: of two that are drawn it is the surest in two
        // of
        // six draws.
        RunLog log = run(result("q0", "wrww", 0.9, 0.8, 0.7, 0.6));

        assertThat(Coverage.of(Bank.of(log)))
                .extracting(Coverage::surest)
                .satisfiesExactly(
                        one -> assertThat(one).isCloseTo(1.0 / 4, within(1e-12)),
                        two -> assertThat(two).isCloseTo(1.0 / 3, within(1e-12)),
                        all -> assertThat(all).isZero());
    }

    @Test
    void what_was_cut_off_is_chosen_last() {
        RunLog log = run(result("q0", "crcc", 0.9, 0.1, 0.9, 0.9));

        assertThat(Coverage.of(Bank.of(log)).getLast().surest()).isEqualTo(1);
    }

    @Test
    void a_right_answer_in_words_that_were_cut_off_does_not_count() {
        RunLog log = run(result("q0", "cwww"));

        assertThat(Coverage.of(Bank.of(log))).extracting(Coverage::value).containsOnly(0.0);
    }

    @Test
    void without_questions_there_is_nothing_to_tell() {
        assertThat(Coverage.of(Bank.of(run()))).isEmpty();
        Bank bank = Bank.of(run());
        assertThat(Replay.of(bank, Policy.plain(4, 0)).accuracy()).isEmpty();
    }

    private static RunLog run(SampleResult... results) {
        RunSetup setup =
                new RunSetup(
                        "sums",
                        Mode.CONTEMPLATING,
                        "tiny",
                        "",
                        "data",
                        "prompts",
                        "sums.jsonl",
                        "number",
                        7,
                        4,
                        0,
                        2,
                        1,
                        256,
                        Map.of("bank", "4,0"));
        return new RunLog(
                "b",
                setup,
                List.of(),
                List.of(results),
                RunLog.Status.STARTED,
                "",
                Instant.EPOCH,
                Map.of());
    }

    private static SampleResult result(String id, String letters) {
        return result(id, letters, DoubleStream.generate(() -> 0.5).limit(4).toArray());
    }

    private static SampleResult result(String id, String letters, double... confidences) {
        List<AgentResult> agents = new ArrayList<>();
        for (int i = 0; i < letters.length(); i++) {
            char letter = letters.charAt(i);
            agents.add(
                    new AgentResult(
                                    agents.size(),
                                    1,
                                    1,
                                    "",
                                    "4",
                                    Optional.of("4"),
                                    letter != 'c',
                                    confidences[i],
                                    letter == 'c' ? StopReason.LENGTH : StopReason.END,
                                    new Usage(1, 1, 1),
                                    Optional.empty())
                            .withBanked(
                                    new AgentResult.Banked(
                                            Approach.Kind.WORDS,
                                            letter != 'c',
                                            "4",
                                            1,
                                            "",
                                            Score.of(letter != 'w', "4", ""))));
        }
        return new SampleResult(
                id,
                1,
                "4",
                Optional.of("4"),
                false,
                Optional.of(Score.of(true, "4", "")),
                Optional.empty(),
                Optional.empty(),
                agents,
                Usage.NONE,
                Instant.EPOCH,
                Duration.ZERO);
    }
}
