package dev.polymnia.server;

import dev.polymnia.agents.Leg;
import dev.polymnia.core.model.Usage;
import dev.polymnia.core.run.AgentReport;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Ledger;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.core.run.RunEvent;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What only Polymnia tells of a run, in the field `polymnia` of any API. Stateless.
final class RunJson {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private RunJson() {}

    /// Returns a new object.
    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /// Puts what is known at the end of a leg.
    static void put(ObjectNode object, Leg leg, Event end) {
        ObjectNode own = object.putObject("polymnia");
        own.put("mode", leg.request().mode().word());
        own.put("seed", leg.request().seed());
        if (end instanceof Event.RunFinished(Outcome outcome, Ledger ledger)) {
            outcome.answer().ifPresent(answer -> own.put("answer", answer));
            own.put("partial", outcome.partial());
            own.setAll((ObjectNode) MAPPER.readTree(EventJson.object(ledger)));
        }
        if (end instanceof Event.Suspended(var _, Ledger ledger)) {
            own.setAll((ObjectNode) MAPPER.readTree(EventJson.object(ledger)));
        }
    }

    /// Puts all events into what was [put][#put].
    static void putEvents(ObjectNode object, List<RunEvent> events) {
        ArrayNode told = ((ObjectNode) object.get("polymnia")).putArray("events");
        events.forEach(event -> told.add(of(event)));
    }

    static JsonNode of(RunEvent event) {
        return MAPPER.readTree(EventJson.line(event));
    }

    /// Returns the ledger that the end of a leg tells.
    ///
    /// @throws IllegalStateException if it is not the end
    static Ledger ledger(Event end) {
        return switch (end) {
            case Event.RunFinished finished -> finished.ledger();
            case Event.Suspended suspended -> suspended.ledger();
            default -> throw new IllegalStateException("not the end of a leg: " + end);
        };
    }

    /// Returns what a leg used.
    static Usage used(Leg leg, Event end) {
        return leg.used(ledger(end));
    }

    /// Returns how many tokens of a run are known to be reasoning.
    static long reasoning(Event end) {
        return ledger(end).agents().stream()
                .mapToLong(AgentReport::reasoningTokens)
                .filter(tokens -> tokens > 0)
                .sum();
    }
}
