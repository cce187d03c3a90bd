package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Mode;
import dev.polymnia.core.TaskClass;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.Role;
import dev.polymnia.core.message.Tool;
import dev.polymnia.core.message.ToolSpec;
import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.model.ModelProfile;
import dev.polymnia.core.model.TeamProfile;
import dev.polymnia.core.model.Usage;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Ledger;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.core.run.RunEvent;
import dev.polymnia.core.run.Seeds;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;

/// A run of scripted agents that have tools.
abstract class ToolFixture extends RunFixture {
    static final String ARGUMENTS = "{\"at\": \"shelf\"}";

    /// A tool that keeps how it was called. Thread-safe.
    static final class TestTool implements Tool {
        final Queue<Content.ToolCall> calls = new ConcurrentLinkedQueue<>();
        private final ToolSpec spec;
        private final BiFunction<Content.ToolCall, Cancellation, String> work;

        TestTool(
                String name,
                boolean readOnly,
                BiFunction<Content.ToolCall, Cancellation, String> work) {
            spec = specOf(name, readOnly);
            this.work = work;
        }

        @Override
        public ToolSpec spec() {
            return spec;
        }

        @Override
        public Content.ToolResult call(Content.ToolCall call, Cancellation cancellation) {
            calls.add(call);
            String words = work.apply(call, cancellation);
            return new Content.ToolResult(
                    call.id(),
                    call.name(),
                    List.of(new Content.Text(words)),
                    words.startsWith("failed"));
        }
    }

    static TestTool reading(String name) {
        return new TestTool(name, true, (call, _) -> "read " + call.arguments());
    }

    static TestTool writing(String name) {
        return new TestTool(name, false, (call, _) -> "wrote " + call.arguments());
    }

    static ToolSpec specOf(String name, boolean readOnly) {
        return new ToolSpec(name, "does something", "{\"type\": \"object\"}", readOnly);
    }

    /// Returns a model whose agents are all waited for.
    static ModelInfo patient() {
        ModelInfo info = ScriptedModel.defaultInfo();
        TeamProfile team = info.profile().team(TaskClass.TEXT).withStop(TeamProfile.Stop.NONE);
        Approach words = team.approaches().getFirst();
        return info.withProfile(
                info.profile()
                        .withClass(TaskClass.TOOLS, new ModelProfile.ClassSettings(words, team)));
    }

    Outcome ask(Script script, RunRequest request) {
        try (ScriptedModel model = ScriptedModel.of(script, patient())) {
            return new Assistant(model, clock).answer(request, log::add);
        }
    }

    RunRequest team(Tool... tools) {
        return request(Mode.CONTEMPLATING).withAgents(4).withTools(List.of(tools));
    }

    RunRequest alone(Tool... tools) {
        return request(Mode.THINKING).withTools(List.of(tools));
    }

    /// Returns the number of the agent that is asked.
    static int agentOf(BranchRequest request) {
        int agent = 0;
        while (Seeds.ofAgent(7, agent) != request.options().seed()) {
            agent++;
        }
        return agent;
    }

    /// Returns how often the agent has called tools.
    static int round(BranchRequest request) {
        return (int)
                request.prompt().messages().stream()
                        .filter(message -> message.role() == Role.TOOL)
                        .count();
    }

    /// Returns the results that the agent got last.
    static List<Content.ToolResult> results(BranchRequest request) {
        Message last = request.prompt().messages().getLast();
        return last.parts().stream().map(Content.ToolResult.class::cast).toList();
    }

    /// Returns a script whose agents all call a tool once, and then answer.
    static Script callingOnce(String tool, String arguments) {
        return (request, _) ->
                round(request) == 0
                        ? Reply.of("Let me see.").calling(tool, arguments)
                        : Reply.of(LEFT);
    }

    List<Event.ToolFinished> results() {
        return events(Event.ToolFinished.class);
    }

    /// Checks what holds of every log: numbers without gaps, one end, sums that are right.
    void assertSound() {
        for (int i = 0; i < log.size(); i++) {
            assertThat(log.get(i).sequence()).isEqualTo(i);
        }
        assertThat(log.getLast().event())
                .isInstanceOfAny(Event.RunFinished.class, Event.RunFailed.class);
        assertThat(log.stream().filter(each -> ledger(each).isPresent())).hasSize(1);
        Ledger ledger = ledger(log.getLast()).orElseThrow();
        for (Ledger.Entry entry : ledger.entries()) {
            if (entry.agent() != Ledger.SHARED) {
                assertThat(entry.usage()).isEqualTo(reported(entry.agent()));
            }
        }
        for (RunEvent each : log) {
            if (each.event() instanceof Event.AgentFinished finished) {
                assertThat(finished.usage()).isEqualTo(reported(each.branch()));
            }
        }
    }

    private static Optional<Ledger> ledger(RunEvent event) {
        if (event.event() instanceof Event.RunFinished finished) {
            return Optional.of(finished.ledger());
        }
        return event.event() instanceof Event.RunFailed failed
                ? Optional.of(failed.ledger())
                : Optional.empty();
    }

    /// Returns what the model said that an agent has spent.
    private Usage reported(int agent) {
        return log.stream()
                .filter(event -> event.branch() == agent)
                .map(RunEvent::event)
                .filter(Event.Told.class::isInstance)
                .map(event -> spent(((Event.Told) event).event()))
                .reduce(Usage.NONE, Usage::plus);
    }

    private static Usage spent(BranchEvent event) {
        return switch (event) {
            case BranchEvent.Ended ended -> ended.result().usage();
            case BranchEvent.Failed failed -> failed.usage();
            case BranchEvent.Started _, BranchEvent.Delta _, BranchEvent.Called _ -> Usage.NONE;
        };
    }
}
