package dev.polymnia.server;

import dev.polymnia.core.model.Usage;
import dev.polymnia.core.run.AgentReport;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Ledger;
import dev.polymnia.core.run.Outcome;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The parts that a chat completion in one piece and one in a stream have in common. Stateless.
final class ChatJson {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private ChatJson() {}

    /// Returns the beginning of an object.
    ///
    /// @param created seconds since 1970
    static ObjectNode object(String type, ChatRequest request, long created) {
        ObjectNode object = MAPPER.createObjectNode();
        object.put("id", request.run().run());
        object.put("object", type);
        object.put("created", created);
        object.put("model", request.model());
        return object;
    }

    /// Puts what a run used. All agents count: what they read, what of it was in memory, what they
    /// wrote, and how much of that is reasoning, if the model tells.
    static void putUsage(ObjectNode object, Ledger ledger) {
        Usage all = ledger.usage();
        long prompt = all.cached() + all.computed();
        ObjectNode usage = object.putObject("usage");
        usage.put("prompt_tokens", prompt);
        usage.put("completion_tokens", all.generated());
        usage.put("total_tokens", prompt + all.generated());
        usage.putObject("prompt_tokens_details").put("cached_tokens", all.cached());
        long reasoning =
                ledger.agents().stream()
                        .mapToLong(AgentReport::reasoningTokens)
                        .filter(tokens -> tokens > 0)
                        .sum();
        usage.putObject("completion_tokens_details").put("reasoning_tokens", reasoning);
    }

    /// Puts what only Polymnia knows of a finished run.
    static void putRun(ObjectNode object, ChatRequest request, Event.RunFinished finished) {
        Outcome outcome = finished.outcome();
        ObjectNode own = object.putObject("polymnia");
        own.put("mode", request.run().mode().word());
        own.put("seed", request.run().seed());
        outcome.answer().ifPresent(answer -> own.put("answer", answer));
        own.put("partial", outcome.partial());
        own.setAll((ObjectNode) MAPPER.readTree(EventJson.object(finished.ledger())));
    }

    static String finishReason(Outcome outcome) {
        return outcome.partial() ? "length" : "stop";
    }
}
