package dev.polymnia.server;

import dev.polymnia.core.Mode;
import dev.polymnia.core.model.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Writes a line of JSON for each request: what was asked for and how it ended, nothing of what was
/// said. Thread-safe if the sink is.
///
/// @param sink takes the lines
record RequestLog(Consumer<String> sink) {
    /// Writes the line of a request that is over.
    ///
    /// @param method as it was sent, if it is one of HTTP's
    void write(RequestTrace trace, String method, int status, Duration took) {
        ObjectNode line = JsonMapper.shared().createObjectNode();
        line.put("time", Instant.now().toString());
        line.put("event", "request");
        line.put("method", method);
        line.put("route", trace.route().isEmpty() ? null : trace.route());
        line.put("status", status);
        line.put("millis", took.toMillis());
        String run = trace.run();
        Mode mode = trace.mode();
        if (run != null && mode != null) {
            line.put("run", run);
            line.put("mode", mode.word());
            Usage usage = trace.usage();
            ObjectNode tokens = line.putObject("tokens");
            tokens.put("read", usage.computed());
            tokens.put("cached", usage.cached());
            tokens.put("generated", usage.generated());
        }
        sink.accept(line.toString());
    }
}
