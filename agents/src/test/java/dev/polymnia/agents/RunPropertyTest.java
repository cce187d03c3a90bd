package dev.polymnia.agents;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.polymnia.agents.RandomRun.Interference;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.TeamProfile.Stop;
import dev.polymnia.core.model.Usage;
import dev.polymnia.core.run.AgentReport;
import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Ledger;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.core.run.RunEvent;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What holds of every run, whatever its agents, programs and tools do, whatever it may spend, and
/// whoever ends it in the middle.
final class RunPropertyTest {
    private static final int RUNS = 400;
    private static final int PAIRS = 100;

    @Test
    void every_run_has_one_end_and_an_account_that_is_right() {
        Set<Object> seen = new HashSet<>();
        for (long seed = 0; seed < RUNS; seed++) {
            RandomRun run = RandomRun.of(seed);

            assertNumbered(run);
            assertEnd(run);
            assertReason(run);
            assertWords(run);
            assertAgents(run);
            assertLedger(run);
            assertThat(run.live()).as("branches left of %s", run).isZero();
            seen.addAll(kinds(run));
        }
        // Else this would prove little.
        assertThat(seen).contains((Object[]) Event.Rule.values());
        assertThat(seen).contains((Object[]) Event.Method.values());
        assertThat(seen)
                .contains(
                        StopReason.END,
                        StopReason.LENGTH,
                        StopReason.FAILED,
                        StopReason.CANCELLED,
                        StopReason.BUDGET_TOKENS,
                        StopReason.BUDGET_TIME);
        assertThat(seen)
                .contains(Fault.Code.CANCELLED, Fault.Code.BUDGET_SPENT, Fault.Code.INTERNAL);
        assertThat(seen)
                .contains("checker", "validator", "refine", "explain", Event.Suspended.class);
    }

    /// Returns what kinds of things happened.
    private static Set<Object> kinds(RandomRun run) {
        Set<Object> kinds = new HashSet<>();
        for (RunEvent each : run.log()) {
            switch (each.event()) {
                case Event.AgentStarted started -> kinds.add(started.approach());
                case Event.AgentFinished finished -> kinds.add(finished.reason());
                case Event.StoppedEarly stopped -> kinds.add(stopped.rule());
                case Event.JoinStarted joined -> kinds.add(joined.method());
                case Event.RunFailed failed -> kinds.add(failed.code());
                case Event.Suspended _ -> kinds.add(Event.Suspended.class);
                default -> {}
            }
        }
        return kinds;
    }

    private static void assertNumbered(RandomRun run) {
        List<RunEvent> log = run.log();
        for (int i = 0; i < log.size(); i++) {
            assertThat(log.get(i).sequence()).as("events of %s", run).isEqualTo(i);
        }
        assertThat(log.getFirst().event())
                .as("first of %s", run)
                .isInstanceOf(Event.RunStarted.class);
    }

    private static void assertEnd(RandomRun run) {
        assertThat(run.log())
                .as("ends of %s", run)
                .filteredOn(each -> isEnd(each.event()))
                .hasSize(1)
                .containsExactly(run.log().getLast());
        switch (run.log().getLast().event()) {
            case Event.RunFinished finished ->
                    assertThat(run.outcome()).as("outcome of %s", run).contains(finished.outcome());
            case Event.RunFailed failed -> {
                Fault fault = run.fault().orElseThrow();
                assertThat(fault.code()).as("fault of %s", run).isEqualTo(failed.code());
                assertThat(failed.message())
                        .as("fault of %s", run)
                        .isEqualTo(fault.getMessage())
                        .doesNotContain("broke off");
            }
            default -> throw new AssertionError("no end of " + run);
        }
    }

    /// Checks that nothing is blamed that was not there.
    private static void assertReason(RandomRun run) {
        boolean told =
                run.interference() == Interference.CANCEL
                        || run.interference() == Interference.FINISH;
        boolean limited = !run.budget().withAgents(Integer.MAX_VALUE).equals(Budget.UNLIMITED);
        Set<Fault.Code> blamed = EnumSet.noneOf(Fault.Code.class);
        run.fault().ifPresent(fault -> blamed.add(fault.code()));
        if (!told) {
            assertThat(blamed).as("fault of %s", run).doesNotContain(Fault.Code.CANCELLED);
        }
        if (!limited) {
            assertThat(blamed).as("fault of %s", run).doesNotContain(Fault.Code.BUDGET_SPENT);
        }
        if (!told && !limited && !kinds(run).contains(Event.Method.ONLY)) {
            run.outcome()
                    .ifPresent(it -> assertThat(it.partial()).as("outcome of %s", run).isFalse());
        }
    }

    private static void assertWords(RandomRun run) {
        String words =
                run.log().stream()
                        .map(RunEvent::event)
                        .filter(Event.AnswerDelta.class::isInstance)
                        .map(event -> ((Event.AnswerDelta) event).text())
                        .collect(joining());
        run.outcome()
                .ifPresent(outcome ->
                        assertThat(words.strip()).as("words of %s", run).isEqualTo(outcome.text()));
    }

    private static boolean isEnd(Event event) {
        return event instanceof Event.RunFinished || event instanceof Event.RunFailed;
    }

    /// What was told of each agent.
    private static Map<Integer, List<Event>> byAgent(RandomRun run) {
        Map<Integer, List<Event>> told = new TreeMap<>();
        for (RunEvent each : run.log()) {
            if (each.branch() != RunEvent.WHOLE) {
                told.computeIfAbsent(each.branch(), _ -> new ArrayList<>()).add(each.event());
            }
        }
        return told;
    }

    private static void assertAgents(RandomRun run) {
        Map<Integer, List<Event>> told = byAgent(run);
        told.forEach((agent, events) -> {
            assertThat(events)
                    .as("agent %d of %s", agent, run)
                    .filteredOn(Event.AgentStarted.class::isInstance)
                    .containsExactly(events.getFirst());
            assertThat(events)
                    .as("agent %d of %s", agent, run)
                    .filteredOn(Event.AgentFinished.class::isInstance)
                    .containsExactly(events.getLast());
        });
        assertThat(told.size()).as("agents of %s", run).isLessThanOrEqualTo(run.budget().agents());
    }

    private static Ledger ledger(RandomRun run) {
        return run.log().getLast().event() instanceof Event.RunFinished finished
                ? finished.ledger()
                : ((Event.RunFailed) run.log().getLast().event()).ledger();
    }

    private static void assertLedger(RandomRun run) {
        Ledger ledger = ledger(run);
        Map<Integer, Usage> entries = new TreeMap<>();
        ledger.entries().forEach(entry -> entries.put(entry.agent(), entry.usage()));
        Usage shared = entries.getOrDefault(Ledger.SHARED, Usage.NONE);
        assertThat(shared.generated()).as("shared by %s", run).isZero();
        entries.remove(Ledger.SHARED);
        Map<Integer, List<Event>> told = byAgent(run);
        assertThat(told.keySet()).as("agents of %s", run).containsAll(entries.keySet());
        assertThat(ledger.agents()).as("reports of %s", run).hasSameSizeAs(told.keySet());
        long generated = 0;
        for (Map.Entry<Integer, List<Event>> each : told.entrySet()) {
            int agent = each.getKey();
            Usage spent = spent(each.getValue());
            generated += spent.generated();
            assertThat(entries.getOrDefault(agent, Usage.NONE))
                    .as("entry of agent %d of %s", agent, run)
                    .isEqualTo(spent);
            Event.AgentFinished end = (Event.AgentFinished) each.getValue().getLast();
            assertThat(end.usage()).as("usage of agent %d of %s", agent, run).isEqualTo(spent);
            assertThat(ledger.agents())
                    .as("report of agent %d of %s", agent, run)
                    .filteredOn(report -> report.agent() == agent)
                    .extracting(
                            AgentReport::answer,
                            AgentReport::votes,
                            AgentReport::reason,
                            AgentReport::note)
                    .containsExactly(tuple(end.answer(), end.votes(), end.reason(), end.note()));
        }
        assertThat(ledger.usage().generated()).as("tokens of %s", run).isEqualTo(generated);
        assertThat(generated).as("tokens of %s", run).isLessThanOrEqualTo(run.budget().tokens());
    }

    /// Returns what the model said that an agent has spent.
    private static Usage spent(List<Event> events) {
        return events.stream()
                .map(event ->
                        event instanceof Event.Told(BranchEvent told) ? usage(told) : Usage.NONE)
                .reduce(Usage.NONE, Usage::plus);
    }

    private static Usage usage(BranchEvent event) {
        return switch (event) {
            case BranchEvent.Ended ended -> ended.result().usage();
            case BranchEvent.Failed failed -> failed.usage();
            case BranchEvent.Started _, BranchEvent.Delta _, BranchEvent.Called _ -> Usage.NONE;
        };
    }

    /// The guarantee is the vote's: second looks are left out, as whether they are taken depends on
    /// how clear the vote was, which is less clear if it was not held to its end.
    @Test
    void a_vote_that_stops_when_it_is_settled_comes_to_what_all_come_to() {
        Map<Stop, Integer> stopped = new EnumMap<>(Stop.class);
        for (long seed = 0; seed < PAIRS; seed++) {
            RandomRun all = RandomRun.whole(seed, Stop.NONE);
            RandomRun early = RandomRun.whole(seed, Stop.LOSSLESS);

            assertThat(early.outcome().flatMap(Outcome::answer))
                    .as("%s and %s", early, all)
                    .isEqualTo(all.outcome().flatMap(Outcome::answer));
            assertThat(early.fault().map(Fault::code))
                    .as("%s and %s", early, all)
                    .isEqualTo(all.fault().map(Fault::code));
            for (RandomRun run : List.of(all, early)) {
                Stop stop = run == all ? Stop.NONE : Stop.LOSSLESS;
                boolean before =
                        run.log().stream()
                                .anyMatch(each -> each.event() instanceof Event.StoppedEarly);
                stopped.merge(stop, before ? 1 : 0, Integer::sum);
            }
        }
        assertThat(stopped).containsEntry(Stop.NONE, 0);
        assertThat(stopped.get(Stop.LOSSLESS)).isGreaterThan(PAIRS / 10);
    }
}
