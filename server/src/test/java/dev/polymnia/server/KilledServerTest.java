package dev.polymnia.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.server.store.RunState;
import dev.polymnia.server.store.RunStore;
import dev.polymnia.server.store.Store;
import dev.polymnia.server.store.StoredEvent;
import dev.polymnia.server.store.StoredRun;
import dev.polymnia.testkit.ChildServer;
import dev.polymnia.testkit.RunClient;
import dev.polymnia.testkit.ToldRuns;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// What was acknowledged is there after a server was killed (`kill -9`) in the midst of its work.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class KilledServerTest extends ServerFixture {
    private static final int KILLS = 4;
    private static final int CLIENTS = 4;
    private static final int EVENTS = 60;

    private final ToldRuns told = new ToldRuns();

    @Test
    void no_acknowledged_run_and_no_event_is_lost() throws Exception {
        for (int i = 0; i < KILLS; i++) {
            workAndKill();
        }

        checkIntegrity();
        try (Store left = Store.inFolder(folder, EventJson::line)) {
            told.runs().forEach(id -> check(left.runs(), id));
        }
        assertThat(told.runs()).hasSizeGreaterThanOrEqualTo(KILLS);
        // What is at work goes on; nothing stays half-done.
        PolymniaServer server = serve(KilledServer.model(), 0);
        for (String id : told.runs()) {
            List<JsonNode> events = chunks(get(server.url() + "/runs/" + id + "/events").body());
            assertThat(events.getLast().get("type").asString()).startsWith("run_f");
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

    private void check(RunStore left, String id) {
        StoredRun run = left.find(id).orElseThrow();
        List<StoredEvent> stored = left.events(id, 0, Integer.MAX_VALUE);
        assertThat(stored)
                .extracting(StoredEvent::id)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, stored.size()).boxed().toList());
        assertThat(told.missing(id, stored.stream().map(StoredEvent::json).toList())).isEmpty();
        if (run.state() == RunState.FINISHED) {
            assertThat(stored.getLast().json()).contains("\"run_finished\"");
        }
    }

    private void workAndKill() throws Exception {
        CountDownLatch enough = new CountDownLatch(EVENTS);
        try (ChildServer child = ChildServer.start(KilledServer.program(folder.toString()));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS; i++) {
                threads.execute(() -> work(child.url(), enough));
            }
            threads.execute(() -> ask(child.url()));
            enough.await();
            child.kill();
        }
    }

    /// Starts runs and watches them until the server is gone.
    private void work(String url, CountDownLatch enough) {
        try (RunClient client = new RunClient(url)) {
            while (true) {
                HttpResponse<String> created = client.post("/runs", body("thinking"));
                assertThat(created.statusCode()).isEqualTo(202);
                String id = RunClient.id(created.body());
                told.add(id);
                client.watch(
                        id,
                        0,
                        (event, json) -> {
                            told.add(id, event, json);
                            enough.countDown();
                        });
            }
        } catch (IOException e) {
            // It was killed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Asks for answers that nobody keeps on asking for when the server is gone.
    private static void ask(String url) {
        try (RunClient client = new RunClient(url)) {
            while (true) {
                client.post("/chat/completions", body("contemplating"));
            }
        } catch (IOException e) {
            // It was killed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String body(String model) {
        return "{\"model\": \"%s\", %s}".formatted(model, ASKED);
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
