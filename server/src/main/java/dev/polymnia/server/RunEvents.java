package dev.polymnia.server;

import dev.polymnia.server.store.RunLog;
import dev.polymnia.server.store.RunStore;
import dev.polymnia.server.store.StoredEvent;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The committed events of a run as server-sent events, for one watcher. It reads them from the
/// store at its own pace, so that a slow one costs nothing and holds nobody up. Confined to the
/// request's thread.
///
/// @param run its id
record RunEvents(RunStore store, String run) {
    private static final HeaderName LAST = HeaderNames.create("Last-Event-ID");
    private static final Duration BEAT = Duration.ofSeconds(2);
    private static final int PAGE = 256;

    /// Tells events until there will be no more; blocks.
    void handle(ServerRequest request, ServerResponse response) {
        long after = after(request);
        response.header(HeaderNames.CONTENT_TYPE, "text/event-stream");
        try (OutputStream out = response.outputStream()) {
            tell(out, after);
        } catch (IOException | UncheckedIOException e) {
            System.getLogger("polymnia").log(System.Logger.Level.DEBUG, "a watcher has gone", e);
        }
    }

    /// Returns the id of the last event that the watcher has.
    private static long after(ServerRequest request) {
        Optional<String> sent =
                request.headers().contains(LAST)
                        ? Optional.of(request.headers().get(LAST).get())
                        : Optional.empty();
        if (sent.isEmpty() && request.query().contains("after")) {
            sent = Optional.of(request.query().get("after"));
        }
        return sent.map(RunEvents::id).orElse(0L);
    }

    private static long id(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw ApiError.field(
                    "after",
                    "The id of an event is '%s'; send the number that stood before one, or 0."
                            .formatted(text.length() <= 60 ? text : text.substring(0, 60) + "…"));
        }
    }

    private void tell(OutputStream out, long after) throws IOException {
        long seen = after;
        write(out, ": events of " + run + "\n\n");
        while (true) {
            // Looked up first: where no log is live, all is committed, and what is read next is
            // all.
            Optional<RunLog> live = store.live(run);
            List<StoredEvent> page = store.events(run, seen, PAGE);
            if (!page.isEmpty()) {
                write(out, text(page));
                seen = page.getLast().id();
                continue;
            }
            if (live.isEmpty() || live.get().isBroken()) {
                return;
            }
            if (!live.get().awaitNews(seen, BEAT)) {
                write(out, ": at work\n\n");
            }
        }
    }

    private static String text(List<StoredEvent> events) {
        StringBuilder text = new StringBuilder();
        for (StoredEvent event : events) {
            text.append("id: ").append(event.id()).append('\n');
            text.append("data: ").append(event.json()).append("\n\n");
        }
        return text.toString();
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
