package dev.polymnia.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Starts runs on a server and watches them. Thread-safe.
public final class RunClient implements AutoCloseable {
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
    private static final String NUMBER = "id: ";
    private static final String DATA = "data: ";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;

    /// What is told of a run.
    @FunctionalInterface
    public interface Listener {
        /// Takes an event.
        ///
        /// @param id its number in the run
        void on(long id, String json);
    }

    /// Makes a client.
    ///
    /// @param url the base, with `/v1`
    public RunClient(String url) {
        this.url = url;
    }

    /// Posts JSON and returns the answer.
    ///
    /// @param path below the base
    /// @throws IOException if the server is not there, or goes away
    /// @throws InterruptedException if this thread is interrupted
    public HttpResponse<String> post(String path, String body)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(url + path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /// Gets something and returns the answer.
    ///
    /// @param path below the base
    /// @throws IOException if the server is not there, or goes away
    /// @throws InterruptedException if this thread is interrupted
    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(url + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /// Returns the first id in a body: that of a run, or of an answer.
    ///
    /// @throws IllegalArgumentException if there is none
    public static String id(String body) {
        Matcher matcher = ID.matcher(body);
        if (!matcher.find()) {
            throw new IllegalArgumentException("there is no id in " + body);
        }
        return matcher.group(1);
    }

    /// Watches a run until the server ends that.
    ///
    /// @param after the last event that is known; 0 for none
    /// @throws IOException if it breaks off or is refused
    /// @throws InterruptedException if this thread is interrupted
    public void watch(String run, long after, Listener listener)
            throws IOException, InterruptedException {
        URI events = URI.create(url + "/runs/" + run + "/events?after=" + after);
        HttpResponse<Stream<String>> stream =
                client.send(
                        HttpRequest.newBuilder(events).build(),
                        HttpResponse.BodyHandlers.ofLines());
        long id = after;
        try (Stream<String> lines = stream.body()) {
            if (stream.statusCode() != 200) {
                throw new IOException(
                        "status " + stream.statusCode() + ": " + lines.findFirst().orElse(""));
            }
            for (String line : (Iterable<String>) lines::iterator) {
                if (line.startsWith(NUMBER)) {
                    id = Long.parseLong(line.substring(NUMBER.length()));
                } else if (line.startsWith(DATA) && line.endsWith("}")) {
                    listener.on(id, line.substring(DATA.length()));
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
