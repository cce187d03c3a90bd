package dev.polymnia.server;

import dev.polymnia.server.people.Audited;
import dev.polymnia.server.store.AuditStore;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Answers what was done. Thread-safe.
record AuditRequests(AuditStore store) {
    /// Lists entries, the newest first.
    void list(Caller caller, ServerRequest request, ServerResponse response) {
        Bodies.send(
                response,
                Pages.of(
                        request,
                        (limit, after) -> store.newest(limit, after == null ? null : number(after)),
                        AuditRequests::put));
    }

    private static long number(String after) {
        try {
            return Long.parseLong(after);
        } catch (NumberFormatException e) {
            throw ApiError.field("after", "'after' is no number; send the id of an entry.");
        }
    }

    private static void put(ObjectNode object, Audited entry) {
        object.put("id", entry.id());
        object.put("object", "audited");
        object.put("at", entry.at().toString());
        object.put("actor", entry.actor());
        object.put("act", entry.act());
        object.put("on", entry.object());
        object.put("status", entry.status());
        object.put("hash", entry.hash());
    }

    /// Says whether the chain is whole, and how it ends.
    void check(Caller caller, ServerRequest request, ServerResponse response) {
        Optional<Long> broken = store.firstBroken();
        List<Audited> last = store.newest(1, null);
        ObjectNode body = RunJson.object();
        body.put("whole", broken.isEmpty());
        body.put("broken", broken.orElse(null));
        body.put("entries", last.isEmpty() ? 0 : last.getFirst().id());
        body.put("hash", last.isEmpty() ? Audited.BEGINNING : last.getFirst().hash());
        Bodies.send(response, body.toString());
    }
}
