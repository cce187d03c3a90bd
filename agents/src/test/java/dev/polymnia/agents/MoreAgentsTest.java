package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One more wave for a team at work.
final class MoreAgentsTest extends ClientToolsFixture {
    /// Nobody agrees with anybody.
    private static final Script DIFFERENT = (_, index) -> Reply.of("Answer: " + (100 + index));

    private RunRequest team(int agents) {
        return request(Mode.CONTEMPLATING).withAgents(agents);
    }

    /// Runs a team, and does something with it after the first event of a kind.
    private RunResult run(
            Script script,
            RunRequest request,
            Class<? extends Event> after,
            Consumer<BackgroundRun> then) {
        return run(script, request, event -> after.isInstance(event), then);
    }

    private RunResult run(
            Script script,
            RunRequest request,
            Predicate<Event> after,
            Consumer<BackgroundRun> then) {
        Gate gate = new Gate();
        try (ScriptedModel model = ScriptedModel.of(script, patient());
                BackgroundRun run =
                        new Assistant(model, Clock.SYSTEM)
                                .start(
                                        request,
                                        event -> {
                                            log.add(event);
                                            if (after.test(event.event())) {
                                                gate.stop();
                                            }
                                        })) {
            gate.awaitStop();
            try {
                then.accept(run);
            } finally {
                gate.open();
            }
            return run.await();
        }
    }

    private List<Integer> waves() {
        return events(Event.AgentStarted.class).stream().map(Event.AgentStarted::wave).toList();
    }

    @Test
    void as_many_as_there_are_join_a_team_that_has_all_its_agents() {
        run(DIFFERENT, team(4), Event.Tally.class, BackgroundRun::more);

        assertThat(waves()).containsExactly(1, 1, 1, 1, 2, 2, 2, 2);
        for (int agent = 0; agent < 8; agent++) {
            assertAgent(agent);
        }
        assertThat(events(Event.Tally.class).getLast().shares()).hasSize(8);
        assertThat(events(Event.Tally.class).getLast().pending()).isZero();
    }

    @Test
    void those_who_join_are_those_of_a_greater_team() {
        run(DIFFERENT, team(4), Event.Tally.class, BackgroundRun::more);
        List<Long> grown = seeds();
        log.clear();
        answer(DIFFERENT, team(8));

        assertThat(grown).isEqualTo(seeds()).doesNotHaveDuplicates();
    }

    private List<Long> seeds() {
        return events(Event.AgentStarted.class).stream().map(Event.AgentStarted::seed).toList();
    }

    @Test
    void they_decide_with_the_others() {
        Script script = (_, index) -> Reply.of(index == 0 || index > 3 ? LEFT : OTHER);
        RunResult result = run(script, team(4), Event.Tally.class, BackgroundRun::more);

        assertThat(outcome(result).answer()).contains("31");
    }

    @Test
    void the_wave_that_is_planned_begins_sooner() {
        run(DIFFERENT, team(8), Event.AgentStarted.class, BackgroundRun::more);

        assertThat(waves()).containsExactly(1, 1, 1, 1, 2, 2, 2, 2);
        List<Integer> order =
                log.stream()
                        .filter(each ->
                                each.event() instanceof Event.AgentStarted
                                        || each.event() instanceof Event.AgentFinished)
                        .map(each -> each.event() instanceof Event.AgentStarted ? 1 : 0)
                        .toList();
        assertThat(order.subList(0, 8)).containsOnly(1);
    }

    @Test
    void a_wish_that_is_said_twice_is_one() {
        run(
                DIFFERENT,
                team(4),
                Event.Tally.class,
                run -> {
                    run.more();
                    run.more();
                });

        assertThat(waves()).hasSize(8);
    }

    @Test
    void two_waves_are_two_wishes() throws InterruptedException {
        try (ScriptedModel model = ScriptedModel.manual(DIFFERENT);
                BackgroundRun run = new Assistant(model, Clock.SYSTEM).start(team(2), log::add)) {
            model.awaitLive(2);
            run.more();
            model.awaitLive(4);
            run.more();
            model.awaitLive(8);
            while (!run.isOver()) {
                model.step();
            }
            run.await();
        }

        assertThat(waves()).containsExactly(1, 1, 2, 2, 3, 3, 3, 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6})
    void the_budget_says_how_many_may_join(int most) {
        RunRequest request = team(4).withBudget(Budget.UNLIMITED.withAgents(most));
        RunResult result = run(DIFFERENT, request, Event.Tally.class, BackgroundRun::more);

        assertThat(waves()).hasSize(most);
        assertThat(outcome(result).partial()).isFalse();
        assertThat(events(Event.StoppedEarly.class)).isEmpty();
    }

    @Test
    void a_budget_that_allows_nobody_says_so() {
        RunRequest request = team(4).withBudget(Budget.UNLIMITED.withAgents(4));
        run(
                DIFFERENT,
                request,
                Event.Tally.class,
                run -> assertFault(Fault.Code.BUDGET_SPENT, run::more));

        assertThat(waves()).hasSize(4);
    }

    @Test
    void a_run_has_a_most_of_agents() {
        run(
                DIFFERENT,
                team(RunRequest.MOST_AGENTS),
                event -> event instanceof Event.Tally tally && tally.pending() == 0,
                BackgroundRun::more);

        assertThat(waves()).hasSize(RunRequest.MOST_AGENTS);
    }

    @Test
    void nobody_joins_a_vote_that_is_over() {
        RunResult result = run(DIFFERENT, team(4), Event.JoinStarted.class, BackgroundRun::more);

        assertThat(waves()).hasSize(4);
        assertThat(outcome(result).partial()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INSTANT", "THINKING"})
    void a_lone_agent_has_no_team_to_join(Mode mode) {
        RunResult result =
                run(
                        Script.inOrder(List.of(LEFT)),
                        request(mode),
                        Event.AgentStarted.class,
                        run -> assertFault(Fault.Code.INVALID, run::more));

        assertThat(outcome(result)).extracting(Outcome::partial).isEqualTo(false);
    }

    @Test
    void nobody_joins_a_run_that_is_to_finish() {
        RunResult result =
                run(
                        DIFFERENT,
                        team(4),
                        Event.Tally.class,
                        run -> {
                            run.more();
                            run.finish();
                        });

        assertThat(waves()).hasSize(4);
        assertThat(outcome(result).partial()).isTrue();
    }

    @Test
    void nobody_joins_where_there_is_no_token_left() {
        RunRequest request = team(4).withBudget(Budget.UNLIMITED.withTokens(4));
        RunResult result =
                run(
                        // One token each, and no two agree: only the tokens are over.
                        (_, index) -> Reply.of("3" + index),
                        request,
                        _ -> events(Event.AgentFinished.class).size() == 4,
                        BackgroundRun::more);

        assertThat(waves()).hasSize(4);
        assertThat(outcome(result).text()).isIn("30", "31", "32", "33");
    }

    @Test
    void whoever_makes_the_answer_keeps_a_place() {
        RunRequest request =
                team(4).withBudget(Budget.UNLIMITED.withAgents(6))
                        .withTeam(TeamChoice.PROFILE.withExplanation(true));
        RunResult result = run(DIFFERENT, request, Event.Tally.class, BackgroundRun::more);

        assertThat(waves()).containsExactly(1, 1, 1, 1, 2, 3);
        assertThat(outcome(result).partial()).isFalse();
    }

    @Test
    void those_who_join_have_a_say_about_tools() {
        TestTool send = writing("send");
        Script three =
                (request, _) ->
                        agentOf(request) < 3 && round(request) == 0
                                ? Reply.of("Let me see.").calling("send", ARGUMENTS)
                                : Reply.of(LEFT);

        run(three, team(send), Event.AgentStarted.class, BackgroundRun::more);

        assertThat(waves()).hasSize(8);
        assertThat(send.calls).isEmpty();
    }

    @Test
    void those_who_wait_for_their_client_are_joined() {
        AtomicInteger turns = new AtomicInteger();
        RunResult result =
                run(
                        callingOnce("fetch", ARGUMENTS),
                        withClient(team(4)),
                        event ->
                                event instanceof Event.Told(BranchEvent.Ended _)
                                        && turns.incrementAndGet() == 4,
                        BackgroundRun::more);

        assertThat(((Suspended) result).waiting()).hasSize(8);
    }

    @Test
    void a_grown_team_waits_for_its_client_as_a_whole() {
        Script script = callingOnce("fetch", ARGUMENTS);
        RunResult result =
                run(script, withClient(team(4)), Event.AgentStarted.class, BackgroundRun::more);

        assertThat(result).isInstanceOf(Suspended.class);
        Suspended before = (Suspended) result;
        assertThat(before.waiting()).hasSize(8);
        Outcome outcome = outcome(resume(script, before));

        assertThat(outcome.answer()).contains("31");
        assertThat(events(Event.AgentStarted.class)).hasSize(8);
    }
}
