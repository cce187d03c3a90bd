package dev.polymnia.agents;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Clock;
import dev.polymnia.core.Mode;
import dev.polymnia.core.TaskClass;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.Channel;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.model.ModelProfile.ClassSettings;
import dev.polymnia.core.model.Sampling;
import dev.polymnia.core.model.TeamProfile;
import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Ledger;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.core.run.Seeds;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class AssistantTest extends RunFixture {
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
    void what_was_held_back_is_told_at_the_end() {
        Outcome outcome = answer(Script.inOrder(List.of("**Answer: 3 *")), request(Mode.THINKING));

        assertThat(outcome.text()).isEqualTo("3 *");
        assertThat(
                        events(Event.AnswerDelta.class).stream()
                                .map(Event.AnswerDelta::text)
                                .collect(joining()))
                .isEqualTo("3 *");
    }

    @Test
    void an_answer_without_the_marker_is_found_all_the_same() {
        assertThat(answer(Script.inOrder(List.of("So \\boxed{31} it is.")), request(Mode.THINKING)))
                .isEqualTo(new Outcome("31", Optional.of("31"), false));
        log.clear();
        assertThat(answer(Script.inOrder(List.of("So \\boxed{Paris}.")), request(Mode.THINKING)))
                .isEqualTo(new Outcome("Paris", Optional.of("paris"), false));
        log.clear();
        assertThat(answer(Script.inOrder(List.of("Foxes are shy.")), request(Mode.THINKING)).text())
                .isEqualTo("Foxes are shy.");
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"THINKING", "CONTEMPLATING"})
    void an_agent_that_is_not_told_to_write_the_marker_answers_with_all_it_says(Mode mode) {
        String quiz = "A quiz.\nQuestion: What is 6 * 7?\nAnswer: 42";
        ModelInfo usual = ScriptedModel.defaultInfo();
        Approach direct = Approach.words("", new Sampling(0.7, 0, 0.95, 0, 1), 256);
        TeamProfile team =
                new TeamProfile("You write well.", List.of(direct), TeamProfile.Stop.NONE);
        ModelInfo info =
                usual.withProfile(
                        usual.profile().withClass(TaskClass.TEXT, new ClassSettings(direct, team)));
        RunRequest request =
                new RunRequest(
                        "run",
                        List.of(Message.user("Write a short quiz.")),
                        mode,
                        Budget.UNLIMITED,
                        7,
                        2,
                        cancellation);

        try (ScriptedModel model = ScriptedModel.of((_, _) -> Reply.of(quiz), info)) {
            assertThat(new Assistant(model, Clock.SYSTEM).answer(request, log::add).text())
                    .isEqualTo(quiz);
        }

        assertThat(words(0, Channel.REASONING)).isEmpty();
        assertThat(words(0, Channel.ANSWER)).isEqualTo(quiz);
        assertThat(streamed()).isEqualTo(quiz);
    }

    @Test
    void an_agent_that_was_asked_for_code_answers_with_it_though_it_forgot_the_marker() {
        RunRequest code =
                new RunRequest(
                        "run",
                        List.of(Message.user("Write a Python function that doubles a number.")),
                        Mode.THINKING,
                        Budget.UNLIMITED,
                        7,
                        8,
                        cancellation);
        String block = "```python\ndef double(x):\n    return 2 * x\n```\n\nIt returns 2 for 1.";

        assertThat(answer(Script.inOrder(List.of("Multiply by 2.\n" + block)), code))
                .isEqualTo(new Outcome(block, Optional.empty(), false));
        assertThat(words(0, Channel.REASONING)).isEqualTo("Multiply by 2.\n");
        assertThat(streamed()).isEqualTo(block);
        log.clear();
        assertThat(answer(Script.inOrder(List.of("Say lambda x: 2 * x.\n\nDone.")), code).text())
                .isEqualTo("Say lambda x: 2 * x.\n\nDone.");
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
    void a_majority_that_comes_late_wins() {
        List<String> texts = List.of(OTHER, OTHER, LEFT, OTHER, LEFT, LEFT, LEFT, LEFT);

        Outcome outcome =
                answer((_, index) -> Reply.of(texts.get(index)), request(Mode.CONTEMPLATING));

        assertThat(outcome).isEqualTo(new Outcome("31", Optional.of("31"), false));
        List<String> leaders =
                events(Event.Tally.class).stream()
                        .map(tally -> tally.shares().getFirst().answer())
                        .toList();
        assertThat(leaders).startsWith("21", "21", "21", "21").endsWith("31");
        assertThat(events(Event.AgentStarted.class)).hasSize(8);
        assertThat(events(Event.StoppedEarly.class)).isEmpty();
    }

    @Test
    void a_team_that_agrees_on_a_wrong_answer_is_believed() {
        Outcome outcome = answer((_, _) -> Reply.of(OTHER), request(Mode.CONTEMPLATING));

        assertThat(outcome).isEqualTo(new Outcome("21", Optional.of("21"), false));
        assertThat(events(Event.AgentFinished.class))
                .hasSize(4)
                .allMatch(end -> end.votes() && end.note().isEmpty());
        assertThat(events(Event.StoppedEarly.class))
                .extracting(Event.StoppedEarly::rule)
                .containsExactly(Event.Rule.BETA);
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
    void votes_that_free_texts_may_still_outnumber_settle_nothing() {
        String free =
                "The fox is shy and lives in the wood, where nobody sees it by day, they say,";

        answer(
                Script.inOrder(
                        List.of(LEFT, free, LEFT, free + " and", LEFT, free + " or", free, free)),
                request(Mode.CONTEMPLATING));

        // After six of eight, three votes to none could not be beaten, but the run ends in a
        // medoid.
        assertThat(events(Event.StoppedEarly.class)).isEmpty();
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
        assertThat(streamed()).isEqualTo(outcome.text());
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
}
