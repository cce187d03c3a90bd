package dev.polymnia.bench.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One request to llama-server and the events of its answer (server-sent events, WHATWG HTML
/// section 9.2; each is one line of data). Runs once, on one thread.
final class ServerStream {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String DATA = "data: ";

    private final HttpClient client;
    private final URI address;
    private final List<Talk> talks;

    /// @param talks are told what comes, each the events with its index
    ServerStream(HttpClient client, URI address, List<Talk> talks) {
        this.client = client;
        this.address = address;
        this.talks = talks;
    }

    void run(String body) {
        try {
            receive(body);
            fail("the stream ended before the answer");
        } catch (IOException | UncheckedIOException | JacksonException e) {
            fail(e.toString());
        } catch (InterruptedException e) {
            fail(e.toString());
            Thread.currentThread().interrupt();
        }
    }

    private void receive(String body) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address)
                        .header("Content-Type", "application/json")
                        .header("Connection", "close")
                        .POST(BodyPublishers.ofString(body))
                        .build();
        HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
        try (InputStream stream = response.body()) {
            if (response.statusCode() != 200) {
                String said = new String(stream.readAllBytes(), UTF_8);
                fail("status " + response.statusCode() + ": " + said);
                return;
            }
            talks.forEach(talk -> talk.cancellation().onRequest(() -> close(stream)));
            BufferedReader lines = new BufferedReader(new InputStreamReader(stream, UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(DATA) && line.startsWith("{", DATA.length())) {
                    take(JSON.readTree(line.substring(DATA.length())));
                }
            }
        }
    }

    private void take(JsonNode event) {
        if (event.has("error")) {
            fail(event.get("error").toString());
            return;
        }
        Talk talk = talks.get(event.path("index").asInt(0));
        boolean stop = event.path("stop").asBoolean(false);
        String words = event.path("content").asString("");
        // The last event has no token of its own.
        if (!stop || !words.isEmpty()) {
            talk.words(words);
        }
        if (stop) {
            talk.end(
                    new Reply.Counts(
                            event.path("tokens_evaluated").asInt(0),
                            event.path("tokens_predicted").asInt(0)),
                    event.path("stop_type").asString(""));
        }
    }

    private void fail(String error) {
        talks.forEach(talk -> talk.fail(error));
    }

    private static void close(InputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
