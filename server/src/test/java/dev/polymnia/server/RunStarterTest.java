package dev.polymnia.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.agents.Assistant;
import dev.polymnia.agents.BackgroundRun;
import dev.polymnia.agents.Leg;
import dev.polymnia.agents.RunRequest;
import dev.polymnia.agents.RunResult;
import dev.polymnia.agents.Suspended;
import dev.polymnia.agents.SuspendedRuns;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.Role;
import dev.polymnia.core.message.ToolSpec;
import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Ledger;
import dev.polymnia.core.run.RunEvent;
import dev.polymnia.server.people.Spender;
import dev.polymnia.server.trace.Traces;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Runs from their admission to their settlement.
@Timeout(60)
final class RunStarterTest {
    private static final Script ANSWERS = (_, _) -> Reply.of("31");

    private final Admission admission = new Admission(1, 0, Duration.ZERO);
    private final Queue<Settled> settled = new ConcurrentLinkedQueue<>();
    private final SuspendedRuns waiting = new SuspendedRuns(Clock.SYSTEM, Duration.ofMinutes(1), 9);
    private final Queue<RunEvent> told = new ConcurrentLinkedQueue<>();

    private RunStarter starter(ScriptedModel model) {
        return new RunStarter(
                new Served(new Assistant(model, Clock.SYSTEM), model.info()),
                admission,
                (_, leg, _) -> leg,
                settled::add,
                Traces.OFF,
                100);
    }

    private static RunRequest request() {
        return new RunRequest(
                "run",
                List.of(new Message(Role.USER, List.of(new Content.Text("How many are left?")))),
                Mode.INSTANT,
                Budget.UNLIMITED,
                7,
                1,
                new Cancellation());
    }

    private void awaitEnd() throws InterruptedException {
        assertThat(admission.awaitEnd(Duration.ofMinutes(10))).isTrue();
    }

    @Test
    void what_a_run_spent_is_settled_before_its_end_is_told() throws Exception {
        try (ScriptedModel model = ScriptedModel.of(ANSWERS);
                BackgroundRun run =
                        starter(model)
                                .start(
                                        Spender.OPERATOR,
                                        Leg.first(request()),
                                        waiting,
                                        event -> {
                                            if (event.event() instanceof Event.RunFinished) {
                                                assertThat(settled).hasSize(1);
                                            }
                                            told.add(event);
                                        })) {
            run.await();
        }
        awaitEnd();

        assertThat(settled)
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.run()).isEqualTo("run");
                    assertThat(each.end()).isEqualTo(Settled.ANSWERED);
                    assertThat(each.usage()).isEqualTo(ledger().usage());
                    assertThat(each.first()).isNotNull();
                });
    }

    /// Returns what the run says that it spent.
    private Ledger ledger() {
        return told.stream()
                .map(RunEvent::event)
                .filter(Event.RunFinished.class::isInstance)
                .map(event -> ((Event.RunFinished) event).ledger())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_run_that_waits_for_its_client_leaves_its_place_and_is_settled_in_parts()
            throws Exception {
        Script script =
                (_, index) ->
                        index == 0
                                ? Reply.of("Let me see.").calling("fetch", "{}")
                                : Reply.of("31");
        RunRequest request =
                request()
                        .withClientTools(
                                List.of(
                                        new ToolSpec(
                                                "fetch",
                                                "Fetches.",
                                                "{\"type\":\"object\"}",
                                                true)));
        try (ScriptedModel model = ScriptedModel.of(script)) {
            RunStarter starter = starter(model);
            Suspended before;
            try (BackgroundRun run =
                    starter.start(Spender.OPERATOR, Leg.first(request), waiting, told::add)) {
                before = (Suspended) run.await();
            }
            awaitEnd();
            Content.ToolCall call = before.toolCalls().getFirst();
            Content.ToolResult result =
                    new Content.ToolResult(
                            call.id(), call.name(), List.of(new Content.Text("36 - 5")), false);
            try (BackgroundRun run =
                    starter.start(
                            Spender.OPERATOR,
                            new Leg(
                                    before.request(),
                                    Optional.of(before),
                                    Map.of(call.id(), result)),
                            waiting,
                            told::add)) {
                assertThat(run.await()).isInstanceOf(RunResult.Answered.class);
            }
        }
        awaitEnd();

        assertThat(settled)
                .extracting(Settled::end)
                .containsExactly(Settled.SUSPENDED, Settled.ANSWERED);
        assertThat(settled.stream().mapToLong(each -> each.usage().generated()).sum())
                .isEqualTo(ledger().usage().generated());
        assertThat(settled).allMatch(each -> each.usage().generated() > 0);
    }

    @Test
    void a_run_that_fails_is_settled_too() throws Exception {
        try (ScriptedModel model =
                        ScriptedModel.of((_, _) -> Reply.of("one two three").failingAfter(1));
                BackgroundRun run =
                        starter(model)
                                .start(
                                        Spender.OPERATOR,
                                        Leg.first(request()),
                                        waiting,
                                        told::add)) {
            assertThatThrownBy(run::await).isInstanceOf(Fault.class);
        }
        awaitEnd();

        assertThat(settled).singleElement().extracting(Settled::end).isNotEqualTo(Settled.ANSWERED);
    }

    @Test
    void who_is_not_let_in_is_not_settled() {
        admission.enter(Mode.THINKING, new Cancellation());

        try (ScriptedModel model = ScriptedModel.of(ANSWERS)) {
            RunStarter starter = starter(model);
            assertThatThrownBy(() ->
                            starter.start(
                                    Spender.OPERATOR, Leg.first(request()), waiting, told::add))
                    .isInstanceOfSatisfying(
                            Fault.class,
                            fault -> assertThat(fault.code()).isEqualTo(Fault.Code.OVERLOADED));
        }
        assertThat(settled).isEmpty();
        assertThat(told).isEmpty();
    }
}
