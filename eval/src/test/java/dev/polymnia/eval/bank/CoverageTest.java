package dev.polymnia.eval.bank;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;

final class CoverageTest {
    @Test
    void any_of_k_is_estimated_without_bias() {
        // One of four words is right in the first question, none in the second.
        RunLog log = run(result("q0", "rwww"), result("q1", "wwww"));

        List<Coverage> coverage = Coverage.of(Bank.of(log));

        assertThat(coverage)
                .containsExactly(
                        new Coverage("words", 1, 4, 0.125),
                        new Coverage("words", 2, 4, 0.25),
                        new Coverage("words", 4, 4, 0.5));
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
                                    0.5,
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
