package dev.polymnia.server;

import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.server.store.StoredRun;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Runs as objects for clients. Stateless.
final class RunObjects {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private RunObjects() {}

    /// Puts what a run is and how it ended.
    static void put(ObjectNode object, StoredRun run) {
        object.put("id", run.id());
        object.put("object", "run");
        object.put("created", run.created().getEpochSecond());
        object.put("model", run.model());
        object.put("mode", run.mode().word());
        object.put("state", run.state().word());
        object.put("background", run.background());
        object.put("attempts", run.attempts());
        if (run.ended() != null) {
            object.put("ended", run.ended().getEpochSecond());
        }
        if (run.result() != null) {
            putEnd(object, MAPPER.readTree(run.result()));
        }
    }

    private static void putEnd(ObjectNode object, JsonNode end) {
        boolean failed = end.has("code");
        ObjectNode part = object.putObject(failed ? "fault" : "outcome");
        for (String field :
                failed
                        ? new String[] {"code", "message"}
                        : new String[] {"text", "answer", "partial"}) {
            if (end.has(field)) {
                part.set(field, end.get(field));
            }
        }
        object.set("ledger", end.get("ledger"));
    }

    /// Puts the limits of a run at work.
    static void putBudget(ObjectNode object, Budget budget) {
        ObjectNode limits = object.putObject("budget");
        if (budget.tokens() != Budget.UNLIMITED.tokens()) {
            limits.put("tokens", budget.tokens());
        }
        if (!budget.time().equals(Budget.UNLIMITED.time())) {
            limits.put("seconds", budget.time().toMillis() / 1000.0);
        }
    }

    /// Returns limits for a person.
    static String words(Budget budget) {
        ObjectNode object = MAPPER.createObjectNode();
        putBudget(object, budget);
        return object.get("budget").toString();
    }

    /// Puts what was asked.
    static void putRequest(ObjectNode object, StoredRun run) {
        object.set("request", MAPPER.readTree(run.request()));
    }

    /// Puts the best answer so far of a run at work.
    static void putBest(ObjectNode object, Outcome outcome) {
        ObjectNode best = object.putObject("best");
        best.put("text", outcome.text());
        outcome.answer().ifPresent(answer -> best.put("answer", answer));
    }
}
