package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.model.Prices;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Ledger;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What ends a run before its time: budgets, failures, cancellations, requests that cannot be met.
final class RunLimitsTest extends RunFixture {
    @ParameterizedTest
    @ValueSource(longs = {8, 9, 13, 20, 31, 40, 57})
    void tokens_are_never_overrun(long tokens) {
        Budget budget = Budget.UNLIMITED.withTokens(tokens);
        Outcome outcome =
                answer(
                        Script.inOrder(List.of(LEFT, OTHER, "Hm. " + OTHER, "So, so. " + LEFT)),
                        request(Mode.CONTEMPLATING).withBudget(budget));

        Ledger ledger = events(Event.RunFinished.class).getFirst().ledger();
        assertThat(ledger.usage().generated()).isLessThanOrEqualTo(tokens);
        assertThat(outcome.partial())
                .isEqualTo(
                        events(Event.StoppedEarly.class).stream()
                                .anyMatch(stop -> stop.rule() == Event.Rule.BUDGET));
        assertThat(outcome.text()).isNotBlank();
    }

    /// What ends a turn is a token, too.
    @ParameterizedTest
    @CsvSource({
        "INSTANT, 36 - 5 = 31., 36",
        "INSTANT, 31, 31",
        "THINKING, 36 - 5 = 31., 36",
        "THINKING, 31, 31",
    })
    void one_token_is_a_word_and_partial(Mode mode, String words, String text) {
        RunRequest request = request(mode).withBudget(Budget.UNLIMITED.withTokens(1));

        Outcome outcome = answer((_, _) -> Reply.of(words), request);

        assertThat(outcome.text()).isEqualTo(text);
        assertThat(outcome.partial()).isTrue();
        assertThat(streamed()).isEqualTo(text);
        assertThat(events(Event.StoppedEarly.class))
                .extracting(Event.StoppedEarly::words)
                .containsExactly("the budget of 1 tokens is spent");
        assertAgent(0);
        assertThat(events(Event.RunFinished.class).getFirst().ledger().usage().generated())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"'', INTERNAL", "Answer: 31, BUDGET_SPENT"})
    void one_token_that_is_no_word_of_the_answer_is_none(String words, Fault.Code code) {
        RunRequest request = request(Mode.THINKING).withBudget(Budget.UNLIMITED.withTokens(1));

        assertFault(code, () -> answer((_, _) -> Reply.of(words), request));

        assertThat(log.getLast().event()).isInstanceOf(Event.RunFailed.class);
        assertThat(events(Event.AnswerDelta.class)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // tokens, money in millionths, a price of 3 millionths; what ends the run
        "100000, 60, 0.00006 in money",
        "20, 90, 20 tokens",
    })
    void the_limit_that_ended_the_run_is_named(long tokens, long money, String limit) {
        Budget budget = Budget.UNLIMITED.withTokens(tokens).withMoney(money);
        ModelInfo info = ScriptedModel.defaultInfo().withPrices(new Prices(0, 0, 3_000_000));
        Script endless = Script.inOrder(List.of("one two three ".repeat(100)));
        try (ScriptedModel model = ScriptedModel.of(endless, info)) {
            Outcome outcome =
                    new Assistant(model, clock)
                            .answer(request(Mode.THINKING).withBudget(budget), log::add);

            assertThat(outcome.partial()).isTrue();
        }
        assertThat(events(Event.StoppedEarly.class).getFirst().words())
                .isEqualTo("the budget of " + limit + " is spent");
        Ledger ledger = events(Event.RunFinished.class).getFirst().ledger();
        assertThat(ledger.usage().generated()).isEqualTo(20);
        assertThat(ledger.money()).isEqualTo(60);
    }

    @Test
    void without_money_for_a_word_there_is_no_answer() {
        ModelInfo info = ScriptedModel.defaultInfo().withPrices(new Prices(0, 0, 3_000_000));
        RunRequest request = request(Mode.CONTEMPLATING).withBudget(Budget.UNLIMITED.withMoney(2));
        try (ScriptedModel model = ScriptedModel.of(Script.inOrder(List.of(LEFT)), info)) {
            assertThatThrownBy(() -> new Assistant(model, clock).answer(request, log::add))
                    .isInstanceOfSatisfying(
                            Fault.class,
                            fault -> assertThat(fault.code()).isEqualTo(Fault.Code.BUDGET_SPENT))
                    .hasMessageContaining("the budget of 0.000002 in money is spent");
        }
    }

    @Test
    void the_best_answer_so_far_is_returned_when_the_tokens_end() throws Exception {
        String endless = "one two three four five six seven eight nine ten ".repeat(40);
        RunRequest request =
                request(Mode.CONTEMPLATING).withBudget(Budget.UNLIMITED.withTokens(60));
        try (ScriptedModel model =
                        ScriptedModel.manual(
                                Script.inOrder(List.of(endless, LEFT, endless, endless)));
                ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Outcome> outcome =
                    thread.submit(() -> new Assistant(model, clock).answer(request, log::add));
            // All four share the tokens from the first step on: the short chain ends, the others
            // are cut off.
            model.awaitLive(4);
            int steps = 0;
            while (model.step() > 0) {
                steps++;
            }

            assertThat(outcome.get()).isEqualTo(new Outcome("31", Optional.of("31"), true));
            assertThat(steps).isPositive();
        }
        assertThat(events(Event.AgentStarted.class)).hasSize(4);
    }

    @Test
    void the_time_holds_within_a_step() {
        ScriptedModel model =
                ScriptedModel.of(Script.inOrder(List.of("one two three ".repeat(100))))
                        .afterStep(() -> clock.advance(Duration.ofSeconds(1)));
        try (model) {
            RunRequest request =
                    request(Mode.CONTEMPLATING)
                            .withBudget(Budget.UNLIMITED.withTime(Duration.ofSeconds(10)));

            Outcome outcome = new Assistant(model, clock).answer(request, log::add);

            assertThat(outcome.partial()).isTrue();
            assertThat(events(Event.AgentFinished.class))
                    .extracting(Event.AgentFinished::reason)
                    .containsOnly(StopReason.BUDGET_TIME);
            assertThat(events(Event.AgentFinished.class))
                    .allSatisfy(
                            agent -> assertThat(agent.usage().generated()).isLessThanOrEqualTo(10));
        }
    }

    @Test
    void no_words_at_all_is_a_fault() {
        clock.advance(Duration.ofSeconds(1));
        ScriptedModel model =
                ScriptedModel.of(Script.inOrder(List.of(LEFT)))
                        .afterStep(() -> clock.advance(Duration.ofSeconds(5)));
        try (model) {
            RunRequest request =
                    request(Mode.THINKING)
                            .withBudget(Budget.UNLIMITED.withTime(Duration.ofSeconds(5)));

            assertFault(
                    Fault.Code.BUDGET_SPENT,
                    () -> new Assistant(model, clock).answer(request, log::add));
        }
    }

    @Test
    void one_failed_agent_does_not_end_the_run() {
        Outcome outcome =
                answer(
                        (request, index) ->
                                index == 1 ? Reply.of(LEFT).failingAfter(2) : Reply.of(LEFT),
                        request(Mode.CONTEMPLATING).withAgents(4));

        assertThat(outcome.answer()).contains("31");
        assertThat(events(Event.AgentFinished.class)).hasSize(4);
        assertThat(events(Event.AgentFinished.class))
                .filteredOn(finished -> finished.reason() == StopReason.FAILED)
                .singleElement()
                .satisfies(failed -> assertThat(failed.usage().generated()).isEqualTo(2));
        assertThat(events(Event.RunFinished.class).getFirst().ledger().usage().generated())
                .isEqualTo(
                        events(Event.AgentFinished.class).stream()
                                .mapToLong(finished -> finished.usage().generated())
                                .sum());
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void when_all_agents_fail_the_run_does(Mode mode) {
        assertFault(
                Fault.Code.INTERNAL,
                () -> answer((request, index) -> Reply.of(LEFT).failingAfter(0), request(mode)));
        assertThat(log.getLast().event()).isInstanceOf(Event.RunFailed.class);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void a_run_is_cancelled_before_it_begins(Mode mode) {
        cancellation.request();

        assertFault(
                Fault.Code.CANCELLED, () -> answer(Script.inOrder(List.of(LEFT)), request(mode)));
        assertThat(log.getLast().event()).isInstanceOf(Event.RunFailed.class);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void a_run_is_cancelled_while_agents_speak(Mode mode) {
        ScriptedModel model = ScriptedModel.of(Script.inOrder(List.of("one two ".repeat(200))));
        try (model) {
            assertFault(
                    Fault.Code.CANCELLED,
                    () -> answerUntilWord(model, mode, cancellation::request));
            assertThat(model.live()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void an_interrupted_run_ends_and_leaves_no_agents(Mode mode) {
        ScriptedModel model = ScriptedModel.of(Script.inOrder(List.of("one two ".repeat(200))));
        try (model) {
            assertFault(
                    Fault.Code.CANCELLED,
                    () -> answerUntilWord(model, mode, Thread.currentThread()::interrupt));
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(model.live()).isZero();
    }

    /// Has a question answered, and does something at each word.
    private void answerUntilWord(ScriptedModel model, Mode mode, Runnable action) {
        new Assistant(model, clock)
                .answer(
                        request(mode),
                        event -> {
                            log.add(event);
                            if (isWord(event)) {
                                action.run();
                            }
                        });
    }

    @Test
    void requests_that_cannot_be_met_are_refused() {
        List<Runnable> wrong =
                List.of(
                        () -> request(Mode.INSTANT).withMessages(List.of()),
                        () -> request(Mode.INSTANT).withMessages(List.of(Message.user(" \n"))),
                        () -> request(Mode.CONTEMPLATING).withAgents(1),
                        () -> request(Mode.CONTEMPLATING).withAgents(65),
                        () ->
                                request(Mode.CONTEMPLATING)
                                        .withBudget(Budget.UNLIMITED.withAgents(1)),
                        () ->
                                request(Mode.CONTEMPLATING)
                                        .withBudget(Budget.UNLIMITED.withTokens(7)));

        assertThat(wrong).allSatisfy(each -> assertFault(Fault.Code.INVALID, each));
    }

    @Test
    void a_question_longer_than_the_context_is_refused() {
        assertFault(
                Fault.Code.CONTEXT_FULL,
                () ->
                        answer(
                                Script.inOrder(List.of(LEFT)),
                                request(Mode.CONTEMPLATING)
                                        .withMessages(
                                                List.of(Message.user("word ".repeat(5000))))));
    }
}
