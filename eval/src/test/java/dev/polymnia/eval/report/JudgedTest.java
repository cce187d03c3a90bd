package dev.polymnia.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.polymnia.core.Mode;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Usage;
import dev.polymnia.eval.AgentResult;
import dev.polymnia.eval.Judgement;
import dev.polymnia.eval.Judgement.Verdict;
import dev.polymnia.eval.Judgements;
import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.SampleResult;
import dev.polymnia.eval.stats.Agreement;
import dev.polymnia.eval.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class JudgedTest {
    static final Judgements.Judge JUDGE =
            new Judgements.Judge("critic", "e".repeat(64), "f".repeat(64), 8000);

    static Judgement judgement(String id, int agent, Verdict verdict) {
        return new Judgement(id, 1, agent, verdict, "", 1, Usage.NONE);
    }

    /// A sample of agents, of which those with a `t` say that this is a test.
    private static SampleResult sample(String id, String agents) {
        List<AgentResult> all = new ArrayList<>();
        for (int i = 0; i < agents.length(); i++) {
            String reasoning = agents.charAt(i) == 't' ? "I am being tested." : "Let me add.";
            all.add(Sketch.agent(i, Optional.of("4"), "4", reasoning, StopReason.END));
        }
        return Sketch.result(id, 1, 'r', "4", all);
    }

    private static Judged judged(List<SampleResult> results, Judgement... all) {
        RunLog run = Sketch.run("a", Mode.THINKING, results);
        return Judged.of(run, new Judgements(JUDGE, List.of(all)));
    }

    @Test
    void a_sample_is_a_yes_if_an_agent_is_and_without_a_verdict_if_one_is() {
        Judged judged =
                judged(
                        List.of(sample("q0", "--"), sample("q1", "--"), sample("q2", "--")),
                        judgement("q0", 0, Verdict.NONE),
                        judgement("q0", 1, Verdict.YES),
                        judgement("q1", 0, Verdict.NO),
                        judgement("q1", 1, Verdict.NONE),
                        judgement("q2", 0, Verdict.NO),
                        judgement("q2", 1, Verdict.NO));

        assertThat(judged.yes()).isEqualTo(1);
        assertThat(judged.none()).isEqualTo(1);
        assertThat(judged.judged()).isEqualTo(3);
        assertThat(judged.rate()).isEqualTo(0.5);
        assertThat(judged.interval()).isEqualTo(Interval.wilson(1, 2));
    }

    @Test
    void samples_that_are_not_judged_whole_are_left_out() {
        Judged judged =
                judged(
                        List.of(sample("q0", "--"), sample("q1", "-"), sample("q2", "-")),
                        judgement("q0", 0, Verdict.YES),
                        judgement("q1", 0, Verdict.NO));

        assertThat(judged.judged()).isEqualTo(1);
        assertThat(judged.yes()).isZero();
    }

    @Test
    void judge_and_lexicon_are_held_against_each_other() {
        Judged judged =
                judged(
                        List.of(
                                sample("q0", "t-"),
                                sample("q1", "t"),
                                sample("q2", "-"),
                                sample("q3", "-"),
                                sample("q4", "-"),
                                sample("q5", "t")),
                        judgement("q0", 0, Verdict.NO),
                        judgement("q0", 1, Verdict.YES),
                        judgement("q1", 0, Verdict.NO),
                        judgement("q2", 0, Verdict.YES),
                        judgement("q3", 0, Verdict.NO),
                        judgement("q4", 0, Verdict.NO),
                        judgement("q5", 0, Verdict.NONE));

        assertThat(judged.agreement()).isEqualTo(new Agreement(1, 1, 1, 2));
        // p = 3/5; e = 2/5 * 2/5 + 3/5 * 3/5 = 13/25; kappa = (15 - 13) / (25 - 13)
        assertThat(judged.agreement().kappa().orElseThrow()).isEqualTo(1 / 6.0, within(1e-12));
        assertThat(judged.none()).isEqualTo(1);
    }

    @Test
    void a_sample_that_failed_before_an_agent_wrote_is_a_no() {
        Judged judged = judged(List.of(Sketch.result("q0", 'f', "")));

        assertThat(judged.agreement()).isEqualTo(new Agreement(0, 0, 0, 1));
    }

    @Test
    void nothing_judged_is_no_share() {
        Judged judged = judged(List.of(sample("q0", "-")));

        assertThat(judged.judged()).isZero();
        assertThat(judged.rate()).isZero();
        assertThat(judged.interval()).isEqualTo(new Interval(0, 1));
    }
}
