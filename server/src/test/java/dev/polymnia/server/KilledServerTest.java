package dev.polymnia.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.server.store.RunState;
import dev.polymnia.server.store.RunStore;
import dev.polymnia.server.store.StoredEvent;
import dev.polymnia.server.store.StoredRun;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// What was acknowledged is there after a server was killed (`kill -9`) in the midst of its work.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class KilledServerTest extends ServerFixture {
    private static final int KILLS = 4;
    private static final int CLIENTS = 4;
    private static final int EVENTS = 60;

    /// By the ids of the runs that were acknowledged: the events that were, by theirs.
    private final Map<String, Map<Long, String>> seen = new ConcurrentHashMap<>();

    @Test
    void no_acknowledged_run_and_no_event_is_lost() throws Exception {
        for (int i = 0; i < KILLS; i++) {
            workAndKill();
        }

        checkIntegrity();
        try (RunStore left = RunStore.inFolder(folder, EventJson::line)) {
            seen.forEach((id, events) -> check(left, id, events));
        }
        assertThat(seen).hasSizeGreaterThanOrEqualTo(KILLS);
        // What is at work goes on; nothing stays half-done.
        PolymniaServer server = serve(KilledServer.model(), 0);
        for (String id : seen.keySet()) {
            List<JsonNode> told = chunks(get(server.url() + "/runs/" + id + "/events").body());
            assertThat(told.getLast().get("type").asString()).startsWith("run_f");
        }
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "select count(*) from runs where background = 0 and state ="
                                        + " 'running'")) {
            assertThat(row.getInt(1)).isZero();
        }
    }

    private static void check(RunStore left, String id, Map<Long, String> events) {
        StoredRun run = left.find(id).orElseThrow();
        List<StoredEvent> stored = left.events(id, 0, Integer.MAX_VALUE);
        assertThat(stored)
                .extracting(StoredEvent::id)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, stored.size()).boxed().toList());
        events.forEach((number, json) ->
                assertThat(stored.get(Math.toIntExact(number) - 1).json()).isEqualTo(json));
        if (run.state() == RunState.FINISHED) {
            assertThat(stored.getLast().json()).contains("\"run_finished\"");
        }
    }

    private void workAndKill() throws Exception {
        Process child = start();
        CountDownLatch enough = new CountDownLatch(EVENTS);
        try (BufferedReader out = child.inputReader();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String url = out.readLine();
            assertThat(url).as("where the server answers").isNotNull();
            for (int i = 0; i < CLIENTS; i++) {
                threads.execute(() -> work(url, enough));
            }
            threads.execute(() -> ask(url));
            enough.await();
            child.destroyForcibly();
        }
        child.waitFor();
    }

    /// Starts runs and watches them until the server is gone.
    private void work(String url, CountDownLatch enough) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (true) {
                HttpResponse<String> created =
                        client.send(
                                request(url + "/runs", "\"model\": \"thinking\""),
                                HttpResponse.BodyHandlers.ofString());
                assertThat(created.statusCode()).isEqualTo(202);
                String id = json(created.body()).get("id").asString();
                Map<Long, String> events =
                        seen.computeIfAbsent(id, _ -> new ConcurrentSkipListMap<>());
                watch(client, url + "/runs/" + id + "/events", events, enough);
            }
        } catch (IOException e) {
            // It was killed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void watch(
            HttpClient client, String url, Map<Long, String> events, CountDownLatch enough)
            throws IOException, InterruptedException {
        HttpResponse<Stream<String>> stream =
                client.send(
                        HttpRequest.newBuilder(URI.create(url)).build(),
                        HttpResponse.BodyHandlers.ofLines());
        long id = 0;
        try (Stream<String> lines = stream.body()) {
            for (String line : (Iterable<String>) lines::iterator) {
                if (line.startsWith("id: ")) {
                    id = Long.parseLong(line.substring("id: ".length()));
                } else if (line.startsWith("data: ") && line.endsWith("}")) {
                    events.put(id, line.substring("data: ".length()));
                    enough.countDown();
                }
            }
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /// Asks for answers that nobody keeps on asking for when the server is gone.
    private static void ask(String url) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (true) {
                client.send(
                        request(url + "/chat/completions", "\"model\": \"contemplating\""),
                        HttpResponse.BodyHandlers.ofString());
            }
        } catch (IOException e) {
            // It was killed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static HttpRequest request(String url, String fields) {
        return HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{%s, %s}".formatted(fields, ASKED)))
                .build();
    }

    private Process start() throws IOException {
        String path =
                String.join(
                        File.pathSeparator,
                        "target/test-classes",
                        "target/classes",
                        System.getProperty("jdk.module.path", ""),
                        System.getProperty("java.class.path"));
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        path,
                        KilledServer.class.getName(),
                        folder.toString())
                .directory(Path.of(System.getProperty("basedir", "")).toAbsolutePath().toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private Connection connect() throws Exception {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("runs.db"));
    }

    private void checkIntegrity() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA integrity_check")) {
            assertThat(row.getString(1)).isEqualTo("ok");
        }
    }
}
