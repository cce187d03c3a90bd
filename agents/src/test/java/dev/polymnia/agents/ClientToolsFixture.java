package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.message.Content;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Runs whose client has tools. Each leg of a run has a model of its own, as nothing of a model is
/// kept.
abstract class ClientToolsFixture extends ToolFixture {
    RunRequest withClient(RunRequest request) {
        return request.withClientTools(List.of(specOf("fetch", true), specOf("send", false)));
    }

    RunResult begin(Script script, RunRequest request) {
        try (ScriptedModel model = ScriptedModel.of(script, patient())) {
            return new Assistant(model, clock).begin(request, log::add);
        }
    }

    Suspended suspend(Script script, RunRequest request) {
        RunResult result = begin(script, request);
        assertThat(result).isInstanceOf(Suspended.class);
        assertThat(log.getLast().event()).isInstanceOf(Event.Suspended.class);
        return (Suspended) result;
    }

    RunResult resume(Script script, Suspended before) {
        return resume(script, before, results(before));
    }

    RunResult resume(Script script, Suspended before, Map<String, Content.ToolResult> results) {
        try (ScriptedModel model = ScriptedModel.of(script, patient())) {
            return new Assistant(model, clock).resume(before, results, log::add);
        }
    }

    static Map<String, Content.ToolResult> results(Suspended before) {
        Map<String, Content.ToolResult> results = new HashMap<>();
        for (Content.ToolCall call : before.toolCalls()) {
            results.put(
                    call.id(),
                    new Content.ToolResult(
                            call.id(),
                            call.name(),
                            List.of(new Content.Text("got " + call.arguments())),
                            false));
        }
        return results;
    }

    static Outcome outcome(RunResult result) {
        assertThat(result).isInstanceOf(RunResult.Answered.class);
        return ((RunResult.Answered) result).outcome();
    }
}
