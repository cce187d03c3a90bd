package dev.polymnia.server;

import dev.polymnia.agents.Leg;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.model.Usage;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Ledger;
import dev.polymnia.core.run.Outcome;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The parts of a response of OpenAI's Responses API. Stateless.
final class ResponseJson {
    private ResponseJson() {}

    /// Returns a response without output.
    ///
    /// @param echo the fields of the request that it repeats
    /// @param created seconds since 1970
    static ObjectNode response(
            String id,
            String model,
            boolean background,
            boolean stored,
            ObjectNode echo,
            String status,
            long created) {
        ObjectNode response = RunJson.object();
        response.put("id", id);
        response.put("object", "response");
        response.put("created_at", created);
        response.put("status", status);
        response.put("background", background);
        response.putNull("error");
        response.putNull("incomplete_details");
        response.put("model", model);
        response.putArray("output");
        response.put("parallel_tool_calls", true);
        response.put("store", stored);
        response.put("truncation", "disabled");
        response.putNull("instructions");
        response.putNull("previous_response_id");
        response.putNull("temperature");
        response.putNull("top_p");
        response.putNull("max_output_tokens");
        response.putObject("metadata");
        response.putObject("reasoning").putNull("effort").putNull("summary");
        response.putObject("text").putObject("format").put("type", "text");
        response.put("tool_choice", "auto");
        response.putArray("tools");
        response.setAll(echo);
        response.putNull("usage");
        return response;
    }

    /// Puts how a leg ended and what it used.
    static void end(ObjectNode response, Leg leg, Event end) {
        boolean partial =
                end instanceof Event.RunFinished(Outcome outcome, Ledger _) && outcome.partial();
        response.put("status", partial ? "incomplete" : "completed");
        if (partial) {
            response.putObject("incomplete_details").put("reason", "max_output_tokens");
        }
        Usage used = RunJson.used(leg, end);
        ObjectNode usage = response.putObject("usage");
        usage.put("input_tokens", used.prompt());
        usage.putObject("input_tokens_details").put("cached_tokens", used.cached());
        usage.put("output_tokens", used.generated());
        usage.putObject("output_tokens_details")
                .put("reasoning_tokens", Math.min(used.generated(), RunJson.reasoning(end)));
        usage.put("total_tokens", used.prompt() + used.generated());
    }

    /// Puts why there is no answer.
    static void failed(ObjectNode response, ApiError error) {
        response.put("status", "failed");
        response.putObject("error")
                .put("code", error.status() == 429 ? "rate_limit_exceeded" : "server_error")
                .put("message", error.getMessage());
    }

    /// Returns the thoughts as an item.
    ///
    /// @param id of the item
    static ObjectNode reasoning(String id, String words) {
        ObjectNode item = RunJson.object();
        item.put("type", "reasoning").put("id", id);
        ArrayNode summary = item.putArray("summary");
        if (!words.isEmpty()) {
            summary.add(summary(words));
        }
        return item;
    }

    /// Returns an id that is an item's own.
    ///
    /// @param prefix says what kind of item it is
    /// @param response the id of the response
    /// @param index its place
    static String id(String prefix, String response, int index) {
        return "%s_%s_%d".formatted(prefix, response, index);
    }

    static ObjectNode summary(String words) {
        return RunJson.object().put("type", "summary_text").put("text", words);
    }

    /// Returns an answer as an item without content.
    ///
    /// @param id of the item
    static ObjectNode message(String id, String status) {
        ObjectNode item = RunJson.object();
        item.put("type", "message").put("id", id);
        item.put("status", status).put("role", "assistant");
        item.putArray("content");
        return item;
    }

    static ObjectNode text(String words) {
        ObjectNode part = RunJson.object();
        part.put("type", "output_text").put("text", words);
        part.putArray("annotations");
        part.putArray("logprobs");
        return part;
    }

    static ObjectNode call(Content.ToolCall call, String status) {
        return RunJson.object()
                .put("type", "function_call")
                .put("id", "fc_" + call.id())
                .put("call_id", call.id())
                .put("name", call.name())
                .put("arguments", call.arguments())
                .put("status", status);
    }
}
