package dev.polymnia.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.testkit.ChildServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// A quota holds although its server is killed (`kill -9`) in the midst of storms of runs. For each
/// database.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
abstract class KilledQuotaContract extends ServerFixture {
    private static final int KILLS = 3;
    private static final int RUNS = 200;
    private static final int TOKENS = 10;
    private static final int LIMIT = 2000;

    private static final String BODY =
            "{\"model\": \"instant\", %s, \"polymnia\": {\"budget\": {\"tokens\": %d}}}"
                    .formatted(ASKED, TOKENS);

    /// How many are answered before the server is killed.
    private static final int ENOUGH = 5;

    private final AtomicInteger answered = new AtomicInteger();

    /// What clients were told that they spent.
    private final AtomicInteger told = new AtomicInteger();

    private final Queue<String> background = new ConcurrentLinkedQueue<>();
    private final Set<Integer> refusals = ConcurrentHashMap.newKeySet();
    private String owner = "";
    private String ben = "";
    private String key = "";

    /// Returns the folder or the URL of what the servers keep.
    abstract String place();

    @Test
    void storms_and_kills_never_pass_a_quota_and_leave_nothing_reserved() throws Exception {
        for (int i = 0; i < KILLS; i++) {
            try (ChildServer child = ChildServer.start(KilledServer.program(place()))) {
                if (owner.isEmpty()) {
                    invite(child);
                }
                check(standing(child));
                stormAndKill(child);
            }
        }
        try (ChildServer child = ChildServer.start(KilledServer.program(place()))) {
            check(standing(child));
            storm(child, new CountDownLatch(0)).close();
            for (String run : background) {
                ask("GET", child.url() + "/runs/" + run + "/events", key, null);
            }
            // What was reserved and not spent is there again for those who ask now.
            boolean more = true;
            while (more) {
                more = isAnswered(child);
            }

            JsonNode end = standing(child);
            check(end);
            assertThat(end.get("reserved").asInt()).isZero();
            assertThat(end.get("spent").asInt()).isEqualTo(LIMIT);
        }
        assertThat(answered).hasValueGreaterThan(KILLS * ENOUGH);
        assertThat(background).isNotEmpty();
        assertThat(refusals).containsExactly(429);
    }

    private void check(JsonNode standing) {
        int spent = standing.get("spent").asInt();
        assertThat(spent + standing.get("reserved").asInt()).isLessThanOrEqualTo(LIMIT);
        assertThat(spent).isGreaterThanOrEqualTo(told.get());
    }

    private void stormAndKill(ChildServer child) throws InterruptedException {
        CountDownLatch enough = new CountDownLatch(ENOUGH);
        try (var _ = storm(child, enough)) {
            enough.await();
            child.kill();
        }
    }

    /// Begins a storm: three in four wait for their answers.
    private ExecutorService storm(ChildServer child, CountDownLatch enough) {
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
        for (int i = 0; i < RUNS; i++) {
            boolean waits = i % 4 != 0;
            clients.execute(() -> {
                try {
                    if (waits && isAnswered(child)) {
                        enough.countDown();
                    } else if (!waits) {
                        begin(child);
                    }
                } catch (IOException e) {
                    // It was killed.
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        clients.shutdown();
        return clients;
    }

    private boolean isAnswered(ChildServer child) throws IOException, InterruptedException {
        HttpResponse<String> response = ask("POST", child.url() + "/chat/completions", key, BODY);
        if (response.statusCode() != 200) {
            refusals.add(response.statusCode());
            return false;
        }
        answered.incrementAndGet();
        told.addAndGet(json(response.body()).at("/usage/completion_tokens").asInt());
        return true;
    }

    private void begin(ChildServer child) throws IOException, InterruptedException {
        HttpResponse<String> response = ask("POST", child.url() + "/runs", key, BODY);
        if (response.statusCode() == 202) {
            background.add(json(response.body()).get("id").asString());
        } else {
            refusals.add(response.statusCode());
        }
    }

    private void invite(ChildServer child) throws Exception {
        owner = made(child, "/owner", null, "{\"name\": \"Ada\"}").at("/key/secret").asString();
        ben = made(child, "/people", owner, "{\"name\": \"Ben\"}").get("id").asString();
        String people = "/people/" + ben;
        key = made(child, people + "/keys", owner, "{\"name\": \"k\"}").get("secret").asString();
        HttpResponse<String> limited =
                ask(
                        "PUT",
                        api(child, people + "/quotas"),
                        owner,
                        "{\"quotas\": [{\"resource\": \"tokens\", \"per\": \"month\", \"limit\": %d}]}"
                                .formatted(LIMIT));
        assertThat(limited.statusCode()).as(limited.body()).isEqualTo(200);
    }

    private JsonNode made(ChildServer child, String path, @Nullable String key, String body)
            throws Exception {
        HttpResponse<String> response = ask("POST", api(child, path), key, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return json(response.body());
    }

    private static String api(ChildServer child, String path) {
        return child.url().replace("/v1", "/api") + path;
    }

    private JsonNode standing(ChildServer child) throws Exception {
        HttpResponse<String> response =
                ask("GET", api(child, "/people/" + ben + "/quotas"), owner, null);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response.body()).at("/data/0");
    }
}
