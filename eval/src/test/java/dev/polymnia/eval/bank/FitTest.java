package dev.polymnia.eval.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.TeamProfile.Stop;
import dev.polymnia.eval.run.Manner;
import dev.polymnia.eval.run.Plan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FitTest {
    private static final int QUESTIONS = 120;

    @TempDir private Path folder;

    private final Random random = new Random(5);

    /// A bank whose chains are right as often, and then as sure, as is said.
    private Bank bank(double wordsRight, double programsRight, double sureness) {
        List<Bank.Question> questions = new ArrayList<>();
        for (int i = 0; i < QUESTIONS; i++) {
            List<Held> words = new ArrayList<>();
            List<Held> programs = new ArrayList<>();
            for (int chain = 0; chain < 8; chain++) {
                boolean right = random.nextDouble() < wordsRight;
                words.add(Chains.words(answer(right), 100 + chain, sure(right, sureness)));
                right = random.nextDouble() < programsRight;
                programs.add(Chains.program(answer(right), 20 + chain, sure(right, sureness)));
            }
            questions.add(Chains.question(words, programs));
        }
        return Bank.ofQuestions(empty().log(), 8, 8, questions);
    }

    /// Wrong chains agree with each other half of the time.
    private String answer(boolean right) {
        return right ? "4" : random.nextBoolean() ? "5" : String.valueOf(6 + random.nextInt(3));
    }

    private static double sure(boolean right, double by) {
        return right ? 0.6 + by : 0.6;
    }

    private Bank empty() {
        Plan plan = Plan.bank(Sums.task(1), 7, 1, 0, new Manner.Bank(8, 8));
        Cancellation cancelled = new Cancellation();
        cancelled.request();
        return Bank.of(Sums.run(plan, folder.resolve("bank"), cancelled));
    }

    @Test
    void where_nothing_helps_votes_stay_plain() {
        Fit fit = Fit.of(bank(0.95, 0.95, 0), 8, 1);

        assertThat(fit.policy().weights()).isEqualTo(Weights.PLAIN);
        assertThat(fit.policy().words()).isEqualTo(4);
        assertThat(fit.policy().programs()).isEqualTo(4);
        assertThat(fit.accuracy()).isGreaterThan(0.95);
        assertThat(fit.plain()).isGreaterThan(0.95);
    }

    @Test
    void the_kind_that_is_right_more_often_gets_the_seats() {
        assertThat(Fit.of(bank(0.3, 0.6, 0), 8, 1).policy().programs()).isGreaterThan(4);
        assertThat(Fit.of(bank(0.6, 0.3, 0), 8, 1).policy().words()).isGreaterThan(4);
    }

    @Test
    void thinking_joins_if_it_is_right_more_often() {
        Bank bank = bank(0.3, 0.4, 0);

        assertThat(Fit.of(bank, 8, 1).policy().thinking()).isZero();
        Fit joined = Fit.of(thinking(bank, 0.8), 8, 1);
        assertThat(joined.policy().thinking()).isGreaterThan(1);
        assertThat(joined.policy().chains()).isEqualTo(8);
        assertThat(joined.accuracy()).isGreaterThan(Fit.of(bank, 8, 1).accuracy());
        assertThat(Fit.of(thinking(bank, 0.1), 8, 1).policy().thinking()).isZero();
    }

    /// The bank with chains of the Thinking mode that are right as often as is said.
    private Bank thinking(Bank bank, double right) {
        List<Bank.Question> joined =
                bank.questions().stream()
                        .map(question ->
                                question.withThinking(
                                        Chains.words(answer(random.nextDouble() < right), 250)))
                        .toList();
        return Bank.ofQuestions(bank.log(), 8, 8, Optional.of(bank.log()), joined);
    }

    @Test
    void confidence_counts_where_it_tells_right_from_wrong() {
        Fit fit = Fit.of(bank(0.4, 0.4, 0.3), 8, 1);

        assertThat(fit.policy().weights().beta()).isPositive();
        assertThat(fit.accuracy()).isGreaterThan(fit.plain() + 0.1);
    }

    @Test
    void a_stop_is_taken_that_saves_steps_and_costs_next_to_nothing() {
        Bank bank = bank(0.95, 0.95, 0);
        Fit fit = Fit.of(bank, 8, 1);

        assertThat(fit.policy().stop()).isNotEqualTo(Stop.NONE);
        Replay full = Replay.of(bank, fit.policy().withStop(Stop.NONE));
        assertThat(fit.steps()).isLessThan(full.steps());
        // Four of each kind, of mean length, all to their end.
        assertThat(fit.tokens()).isLessThan(4 * (103.5 + 23.5));
    }

    @Test
    void the_same_bank_and_seed_give_the_same_choice() {
        Bank bank = bank(0.5, 0.5, 0.1);

        assertThat(Fit.of(bank, 8, 3)).isEqualTo(Fit.of(bank, 8, 3));
    }

    @Test
    void a_bank_without_questions_or_with_too_few_chains_is_refused() {
        refused("no finished question", () -> Fit.of(empty(), 8, 1));
        Bank bank = bank(0.5, 0.5, 0);
        refused("too few", () -> Fit.of(bank, 64, 1));
    }

    private static void refused(String why, Runnable fitting) {
        assertThatThrownBy(fitting::run)
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INVALID))
                .hasMessageContaining(why);
    }
}
