package dev.polymnia.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Writes server-sent events (WHATWG HTML, section 9.2), each at once. Confined to one thread.
///
/// @param out stays the caller's
record ServerSentEvents(OutputStream out) {
    /// Sends an event without a name.
    ///
    /// @param data one line
    void send(String data) throws IOException {
        write("data: " + data + "\n\n");
    }

    /// Sends an event.
    ///
    /// @param data one line
    void send(String event, String data) throws IOException {
        write("event: " + event + "\ndata: " + data + "\n\n");
    }

    /// Sends what no client shows, which notices a client that has gone.
    void beat() throws IOException {
        write(": at work\n\n");
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
