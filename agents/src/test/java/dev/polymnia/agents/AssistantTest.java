package dev.polymnia.agents;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.Channel;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Ledger;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.core.run.RunEvent;
import dev.polymnia.core.run.Seeds;
import dev.polymnia.testkit.ManualClock;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AssistantTest {
    private static final String LEFT = "36 - 5 = 31.\nAnswer: 31";
    private static final String OTHER = "36 - 15 = 21.\nAnswer: 21";

    private final List<RunEvent> log = new ArrayList<>();
    private final Cancellation cancellation = new Cancellation();
    private final ManualClock clock = new ManualClock();

    @Test
    void an_instant_answer_is_streamed_as_it_comes() {
        Outcome outcome = answer(Script.inOrder(List.of("Nairobi is it.")), request(Mode.INSTANT));

        assertThat(outcome).isEqualTo(new Outcome("Nairobi is it.", outcome.answer(), false));
        assertThat(events(Event.AnswerDelta.class))
                .extracting(Event.AnswerDelta::text)
                .containsExactly("Nairobi", " is", " it.");
    }

    @Test
    void a_thinking_agent_reasons_in_a_channel_of_its_own() {
        Outcome outcome = answer(Script.inOrder(List.of(LEFT)), request(Mode.THINKING));

        assertThat(outcome.text()).isEqualTo("31");
        assertThat(outcome.answer()).contains("31");
        assertThat(words(0, Channel.REASONING)).isEqualTo("36 - 5 = 31.\n");
        assertThat(words(0, Channel.ANSWER)).isEqualTo("31");
    }

    @Test
    void an_answer_without_the_marker_is_found_all_the_same() {
        assertThat(answer(Script.inOrder(List.of("So \\boxed{31} it is.")), request(Mode.THINKING)))
                .isEqualTo(new Outcome("31", Optional.of("31"), false));
        log.clear();
        assertThat(answer(Script.inOrder(List.of("Foxes are shy.")), request(Mode.THINKING)).text())
                .isEqualTo("Foxes are shy.");
    }

    @Test
    void an_easy_question_pays_for_one_wave() {
        Outcome outcome = answer(Script.inOrder(List.of(LEFT)), request(Mode.CONTEMPLATING));

        assertThat(outcome).isEqualTo(new Outcome("31", Optional.of("31"), false));
        assertThat(events(Event.AgentStarted.class)).hasSize(4);
        assertThat(events(Event.StoppedEarly.class))
                .extracting(Event.StoppedEarly::rule)
                .containsExactly(Event.Rule.BETA);
        assertThat(events(Event.JoinStarted.class))
                .containsExactly(new Event.JoinStarted(Event.Method.VOTE));
    }

    @Test
    void a_split_vote_asks_a_second_wave_and_stops_when_it_is_settled() {
        Outcome outcome =
                answer(
                        Script.inOrder(List.of(LEFT, OTHER, LEFT, LEFT)),
                        request(Mode.CONTEMPLATING));

        assertThat(outcome.answer()).contains("31");
        assertThat(events(Event.AgentStarted.class)).hasSize(8);
        assertThat(events(Event.AgentStarted.class).getLast().wave()).isEqualTo(2);
        assertThat(events(Event.StoppedEarly.class))
                .extracting(stop -> stop.rule().isGuarantee())
                .containsExactly(true);
    }

    @Test
    void chains_that_are_cut_off_or_go_in_circles_do_not_vote() {
        String circles = "She has 21 muffins left. ".repeat(20) + "\nAnswer: 21\n".repeat(30);
        String endless = "one two three four five six seven eight nine ten ".repeat(40);
        Outcome outcome =
                answer(
                        Script.inOrder(List.of(circles, endless, endless, LEFT)),
                        request(Mode.CONTEMPLATING).withAgents(4));

        assertThat(outcome.answer()).contains("31");
        assertThat(events(Event.AgentFinished.class))
                .extracting(Event.AgentFinished::votes)
                .containsExactlyInAnyOrder(false, false, false, true);
        assertThat(events(Event.Tally.class).getLast().silent()).isEqualTo(3);
    }

    @Test
    void free_text_is_answered_by_the_medoid() {
        String common = "The fox lives in a wood by the river and sleeps all day, it is said,";
        List<String> texts =
                List.of(
                        "Bananas are yellow fruits that grow in warm lands, far from here, you see,"
                                + " and taste sweet.",
                        common + " until dusk comes over the hills.",
                        common + " until dusk comes over the hill.",
                        common + " until the dusk comes over hills.");

        Outcome outcome = answer(Script.inOrder(texts), request(Mode.CONTEMPLATING).withAgents(4));

        assertThat(outcome.text()).isIn(texts.subList(1, 4));
        assertThat(outcome.answer()).isEmpty();
        assertThat(events(Event.JoinStarted.class))
                .containsExactly(new Event.JoinStarted(Event.Method.MEDOID));
    }

    @Test
    void four_agents_are_the_beginning_of_eight() {
        Script bySeed = (request, index) -> Reply.of("Answer: " + request.options().seed());
        answer(bySeed, request(Mode.CONTEMPLATING).withAgents(4));
        Map<Integer, String> four = answersByAgent();
        log.clear();

        answer(bySeed, request(Mode.CONTEMPLATING));

        assertThat(four).hasSize(4);
        assertThat(answersByAgent()).hasSize(8).containsAllEntriesOf(four);
        assertThat(answersByAgent()).containsEntry(5, Long.toString(Seeds.ofAgent(7, 5)));
    }

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
                    () ->
                            new Assistant(model, clock)
                                    .answer(
                                            request(mode),
                                            event -> {
                                                log.add(event);
                                                if (isWord(event)) {
                                                    cancellation.request();
                                                }
                                            }));
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
                    () ->
                            new Assistant(model, clock)
                                    .answer(
                                            request(mode),
                                            event -> {
                                                log.add(event);
                                                if (isWord(event)) {
                                                    Thread.currentThread().interrupt();
                                                }
                                            }));
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(model.live()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void events_are_in_order_and_rebuild_the_outcome(Mode mode) {
        Outcome outcome =
                answer(Script.inOrder(List.of(LEFT, OTHER, OTHER, LEFT, LEFT)), request(mode));

        for (int i = 0; i < log.size(); i++) {
            assertThat(log.get(i).sequence()).isEqualTo(i);
            assertThat(log.get(i).run()).isEqualTo("run");
        }
        assertThat(log.getFirst().event()).isInstanceOf(Event.RunStarted.class);
        assertThat(log.getLast().event()).isInstanceOf(Event.RunFinished.class);
        assertThat(
                        events(Event.AnswerDelta.class).stream()
                                .map(Event.AnswerDelta::text)
                                .collect(joining()))
                .isEqualTo(outcome.text());
        for (int agent = 0; agent < events(Event.AgentStarted.class).size(); agent++) {
            assertAgent(agent);
        }
        assertThat(events(Event.RunFinished.class).getFirst().ledger().usage().generated())
                .isEqualTo(
                        events(Event.AgentFinished.class).stream()
                                .mapToLong(finished -> finished.usage().generated())
                                .sum());
    }

    @Test
    void the_last_tally_is_the_count_of_the_agents_answers() {
        answer(
                Script.inOrder(List.of(LEFT, OTHER, OTHER, LEFT, "Answer: 7")),
                request(Mode.CONTEMPLATING));
        Map<String, Integer> counted = new TreeMap<>();
        for (Event.AgentFinished finished : events(Event.AgentFinished.class)) {
            if (finished.votes()) {
                counted.merge(finished.answer().orElseThrow(), 1, Integer::sum);
            }
        }

        Map<String, Integer> told = new TreeMap<>();
        events(Event.Tally.class)
                .getLast()
                .shares()
                .forEach(share -> told.put(share.answer(), share.votes()));
        assertThat(told).isEqualTo(counted);
    }

    @Test
    void the_trunk_is_paid_for_once() {
        answer(Script.inOrder(List.of(LEFT)), request(Mode.CONTEMPLATING));

        Ledger ledger = events(Event.RunFinished.class).getFirst().ledger();
        assertThat(ledger.entries().getFirst().agent()).isEqualTo(Ledger.SHARED);
        long trunk = ledger.entries().getFirst().usage().computed();
        assertThat(trunk).isPositive();
        assertThat(ledger.entries().stream().skip(1))
                .allSatisfy(entry -> assertThat(entry.usage().computed()).isLessThan(trunk));
    }

    @Test
    void requests_that_cannot_be_met_are_refused() {
        List<Runnable> wrong =
                List.of(
                        () -> request(Mode.INSTANT).withMessages(List.of()),
                        () -> request(Mode.INSTANT).withMessages(List.of(Message.user(" \n"))),
                        () -> request(Mode.CONTEMPLATING).withAgents(1),
                        () -> request(Mode.CONTEMPLATING).withAgents(17),
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

    private Outcome answer(Script script, RunRequest request) {
        try (ScriptedModel model = ScriptedModel.of(script)) {
            return new Assistant(model, Clock.SYSTEM).answer(request, log::add);
        }
    }

    private RunRequest request(Mode mode) {
        return new RunRequest(
                "run",
                List.of(Message.user("How many muffins are left?")),
                mode,
                Budget.UNLIMITED,
                7,
                8,
                cancellation);
    }

    private void assertAgent(int agent) {
        List<Event> told =
                log.stream().filter(event -> event.branch() == agent).map(RunEvent::event).toList();
        assertThat(told.getFirst()).isInstanceOf(Event.AgentStarted.class);
        assertThat(told.getLast()).isInstanceOf(Event.AgentFinished.class);
        assertThat(told.stream().filter(Event.AgentFinished.class::isInstance)).hasSize(1);
        assertThat(told.get(told.size() - 2))
                .isInstanceOfSatisfying(
                        Event.Told.class,
                        end -> assertThat(end.event()).isInstanceOf(BranchEvent.Ended.class));
    }

    private Map<Integer, String> answersByAgent() {
        Map<Integer, String> answers = new TreeMap<>();
        for (RunEvent event : log) {
            if (event.event() instanceof Event.AgentFinished finished && finished.votes()) {
                answers.put(event.branch(), finished.answer().orElseThrow());
            }
        }
        return answers;
    }

    private String words(int agent, Channel channel) {
        return log.stream()
                .filter(event -> event.branch() == agent)
                .filter(AssistantTest::isWord)
                .map(event -> (BranchEvent.Delta) ((Event.Told) event.event()).event())
                .filter(delta -> delta.channel() == channel)
                .map(BranchEvent.Delta::text)
                .collect(joining());
    }

    private static boolean isWord(RunEvent event) {
        return event.event() instanceof Event.Told(BranchEvent.Delta _);
    }

    private <E extends Event> List<E> events(Class<E> type) {
        return log.stream().map(RunEvent::event).filter(type::isInstance).map(type::cast).toList();
    }

    private static void assertFault(Fault.Code code, Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(code));
    }
}
