package dev.polymnia.server;

import dev.polymnia.agents.RunRequest;
import dev.polymnia.server.people.Spender;
import dev.polymnia.server.store.StoredRun;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What of a request goes into the store with its run, in any API. Stateless.
final class RunRecords {
    private RunRecords() {}

    /// Returns whether a client wants its run kept, which is the same field in all APIs that have
    /// it.
    static boolean areWanted(JsonNode body) {
        return body.path("store").asBoolean(true);
    }

    /// Returns a run that begins now, with its seed, which each API reads in this place.
    ///
    /// @param spender whose it is
    /// @param model as the client named it
    /// @param body as it was sent
    static StoredRun begun(
            Spender spender, String model, RunRequest request, JsonNode body, boolean background) {
        ObjectNode kept = (ObjectNode) body.deepCopy();
        kept.remove("seed");
        ObjectNode own =
                kept.get("polymnia") instanceof ObjectNode sent ? sent : kept.putObject("polymnia");
        own.put("seed", request.seed());
        return StoredRun.begun(
                request.run(),
                spender,
                request.mode(),
                model,
                background,
                Instant.now(),
                kept.toString());
    }
}
