package dev.polymnia.eval.log;

import dev.polymnia.core.model.StopReason;
import dev.polymnia.eval.AgentResult;
import dev.polymnia.eval.RunSetup;
import dev.polymnia.eval.SampleResult;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The transcript of a sample: how it began, what each agent did, what ended it, and its score.
///
/// When the agents of a sample began and ended is not kept, so all of them have its start.
final class Events {
    private final RunSetup setup;
    private final SampleResult result;
    private final String scope;
    private final ArrayNode nodes = Parts.array();

    /// Begins an empty transcript.
    ///
    /// @param scope what the ids of this sample are made from
    Events(RunSetup setup, SampleResult result, String scope) {
        this.setup = setup;
        this.result = result;
        this.scope = scope;
    }

    /// Returns the events in order.
    ///
    /// @param sample what was asked, as `Sample` has it
    /// @param score as `Score` has it
    ArrayNode of(ObjectNode sample, ObjectNode score) {
        ObjectNode begin = begin("sample_init").set("sample", sample);
        begin.putObject("state");
        for (AgentResult agent : result.agents()) {
            model(sample, agent);
        }
        Limit.of(setup, result).ifPresent(this::limit);
        result.failure()
                .ifPresent(failure -> end("error").set("error", Parts.error(Parts.words(failure))));
        ObjectNode scored = end("score").put("intermediate", false);
        scored.set("score", score);
        scored.set("target", sample.path("target"));
        return nodes;
    }

    private void model(ObjectNode sample, AgentResult agent) {
        String model = Parts.model(setup);
        ObjectNode node = begin("model").put("model", model).put("role", Parts.role(agent.index()));
        node.set("input", sample.path("input"));
        node.putArray("tools");
        node.put("tool_choice", "none");
        node.set("config", Parts.config(setup, agent.seed()));
        ObjectNode message =
                ChatMessages.answer(
                        Parts.id(scope, "agent", Integer.toString(agent.index())),
                        model,
                        agent.reasoning(),
                        agent.text());
        node.set(
                "output",
                Outputs.of(
                        model, message, agent.text(), Outputs.word(agent.reason()), agent.usage()));
        if (agent.reason() == StopReason.FAILED) {
            node.put("error", "The model failed under this agent.");
        }
        ObjectNode metadata =
                node.putObject("metadata")
                        .put("wave", agent.wave())
                        .put("votes", agent.votes())
                        .put("reason", agent.reason().name());
        agent.answer().ifPresent(answer -> metadata.put("answer", answer));
        Parts.putNumber(metadata, "confidence", agent.confidence());
        agent.banked().ifPresent(banked -> bank(metadata, banked));
    }

    private static void bank(ObjectNode metadata, AgentResult.Banked banked) {
        metadata.put("kind", banked.kind().name().toLowerCase(Locale.ROOT))
                .put("value", banked.score().value());
        if (!banked.note().isEmpty()) {
            metadata.put("note", banked.note());
        }
    }

    private void limit(Limit limit) {
        end("sample_limit")
                .put("type", limit.type())
                .put("message", limit.message())
                .put("limit", limit.value());
    }

    private ObjectNode begin(String event) {
        return add(event).put("timestamp", Parts.time(result.started())).put("working_start", 0.0);
    }

    private ObjectNode end(String event) {
        return add(event)
                .put("timestamp", Parts.time(result.started().plus(result.wall())))
                .put("working_start", Parts.seconds(result.wall()));
    }

    private ObjectNode add(String event) {
        return nodes.addObject()
                .put("event", event)
                .put("uuid", Parts.id(scope, "event", Integer.toString(nodes.size())));
    }
}
