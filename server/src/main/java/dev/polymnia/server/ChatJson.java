package dev.polymnia.server;

import dev.polymnia.agents.Leg;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Usage;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Ledger;
import dev.polymnia.core.run.Outcome;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The parts that a chat completion in one piece and one in a stream have in common. Stateless.
final class ChatJson {
    private ChatJson() {}

    /// Returns the beginning of an object.
    ///
    /// @param created seconds since 1970
    static ObjectNode object(String type, Inquiry inquiry, long created) {
        ObjectNode object = RunJson.object();
        object.put("id", inquiry.run().run());
        object.put("object", type);
        object.put("created", created);
        object.put("model", inquiry.model());
        return object;
    }

    /// Puts what a leg used. All agents count: what they read, what of it was in memory, what they
    /// wrote, and how much of that is reasoning, if the model tells.
    static void putUsage(ObjectNode object, Leg leg, Event end) {
        Usage all = RunJson.used(leg, end);
        ObjectNode usage = object.putObject("usage");
        usage.put("prompt_tokens", all.prompt());
        usage.put("completion_tokens", all.generated());
        usage.put("total_tokens", all.prompt() + all.generated());
        usage.putObject("prompt_tokens_details").put("cached_tokens", all.cached());
        usage.putObject("completion_tokens_details")
                .put("reasoning_tokens", Math.min(all.generated(), RunJson.reasoning(end)));
    }

    /// Puts the calls that the client has to run.
    ///
    /// @param numbered whether each says its place, as in a stream
    static void putCalls(ObjectNode message, Event.Suspended suspended, boolean numbered) {
        ArrayNode calls = message.putArray("tool_calls");
        List<Content.ToolCall> all = suspended.calls();
        for (Content.ToolCall each : all) {
            ObjectNode call = calls.addObject();
            if (numbered) {
                call.put("index", calls.size() - 1);
            }
            call.put("id", each.id());
            call.put("type", "function");
            call.putObject("function").put("name", each.name()).put("arguments", each.arguments());
        }
    }

    /// Returns why one of several answers ended.
    static String finishReason(StopReason reason) {
        return reason.isCutOff() ? "length" : "stop";
    }

    static String finishReason(Event end) {
        return switch (end) {
            case Event.Suspended _ -> "tool_calls";
            case Event.RunFinished(Outcome outcome, Ledger _) ->
                    outcome.partial() ? "length" : "stop";
            default -> throw new IllegalStateException("not the end of a leg: " + end);
        };
    }
}
