package dev.polymnia.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.server.store.FileLimits;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What happens when there is too much, or the end comes.
@Timeout(60)
final class LimitsTest extends ServerFixture {
    private static final String INSTANT = "{\"model\": \"instant\", %s}".formatted(ASKED);
    private static final ServerOptions OPTIONS =
            new ServerOptions(ServerOptions.USUAL_HOST, 0, Set.of());
    private static final ServerOptions ONE_AT_ONCE =
            OPTIONS.withLimits(ServerLimits.USUAL.withRuns(1, 0, Duration.ZERO));

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final CountDownLatch cancelled = new CountDownLatch(1);

    @AfterEach
    void end() {
        mayEnd.countDown();
        threads.close();
    }

    /// Says its words when it may end, or is cancelled.
    private Reply slowly(Cancellation cancellation) {
        try (var _ = cancellation.onRequest(mayEnd::countDown)) {
            begun.countDown();
            mayEnd.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Reply.of(LEFT);
    }

    private final Script slow = (request, _) -> slowly(request.options().cancellation());

    private Future<HttpResponse<String>> askLater(PolymniaServer server)
            throws InterruptedException {
        Future<HttpResponse<String>> response = threads.submit(() -> chat(server, INSTANT));
        begun.await();
        return response;
    }

    @Test
    void who_is_too_many_is_told_when_to_come_again() throws Exception {
        PolymniaServer server = serve(slow, ONE_AT_ONCE, _ -> {});
        Future<HttpResponse<String>> first = askLater(server);

        HttpResponse<String> second = chat(server, INSTANT);
        HttpResponse<String> streamed =
                chat(server, INSTANT.replace("{\"model\"", "{\"stream\": true, \"model\""));

        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(second.headers().firstValue("Retry-After")).contains("5");
        assertThat(json(second.body()).at("/error/type").asString()).isEqualTo("rate_limit_error");
        assertThat(streamed.statusCode()).isEqualTo(429);
        mayEnd.countDown();
        assertThat(first.get().statusCode()).isEqualTo(200);
        HttpResponse<String> again = chat(server, INSTANT);
        assertThat(again.statusCode()).isEqualTo(200);
        for (HttpResponse<String> answered : List.of(first.get(), again)) {
            // Until its record is whole.
            get(
                    "%s/runs/%s/events"
                            .formatted(server.url(), json(answered.body()).get("id").asString()));
        }
        assertThat(json(get(server.url() + "/runs").body()).get("data").size()).isEqualTo(2);
    }

    @Test
    void at_the_end_runs_are_waited_for() throws Exception {
        PolymniaServer server = serve(slow, OPTIONS, _ -> {});
        String ready = server.url().replace("/v1", "/readyz");
        assertThat(get(ready).statusCode()).isEqualTo(200);
        Future<HttpResponse<String>> first = askLater(server);

        Future<Boolean> drained = threads.submit(() -> server.drain(Duration.ofMinutes(10)));
        while (get(ready).statusCode() == 200) {
            Thread.onSpinWait();
        }

        assertThat(json(get(ready).body()).get("status").asString()).isEqualTo("stopping");
        assertThat(get(server.url().replace("/v1", "/healthz")).statusCode()).isEqualTo(200);
        HttpResponse<String> late = chat(server, INSTANT);
        assertThat(late.statusCode()).isEqualTo(503);
        assertThat(late.headers().firstValue("Retry-After")).isPresent();
        mayEnd.countDown();
        assertThat(first.get().statusCode()).isEqualTo(200);
        assertThat(drained.get()).isTrue();
    }

    @Test
    void what_does_not_end_in_time_is_cancelled() throws Exception {
        Script endless =
                (request, _) -> {
                    Cancellation cancellation = request.options().cancellation();
                    try (var _ = cancellation.onRequest(cancelled::countDown)) {
                        return slowly(cancellation);
                    }
                };
        PolymniaServer server = serve(endless, OPTIONS, _ -> {});
        assertThat(askLater(server).isDone()).isFalse();

        assertThat(server.drain(Duration.ZERO)).isFalse();
        server.close();

        cancelled.await();
    }

    @Test
    void a_reader_that_is_too_slow_is_dropped_and_its_run_cancelled() throws Exception {
        Script script =
                (request, _) -> {
                    var _ = request.options().cancellation().onRequest(cancelled::countDown);
                    return Reply.of("word ".repeat(3000));
                };
        ScriptedModel model = ScriptedModel.of(script).afterStep(() -> await(mayEnd));
        PolymniaServer server =
                serve(model, OPTIONS.withLimits(ServerLimits.USUAL.withEvents(8)), _ -> {});

        try (Socket socket = ask(server, INSTANT)) {
            InputStream in = socket.getInputStream();
            assertThat(new String(in.readNBytes(15), StandardCharsets.UTF_8))
                    .isEqualTo("HTTP/1.1 200 OK");
            mayEnd.countDown();
            cancelled.await();
            assertThat(rest(in)).doesNotContain("[DONE]");
        }
    }

    @Test
    void a_reader_that_reads_nothing_holds_no_thread_for_ever() throws Exception {
        BlockingQueue<String> log = new LinkedBlockingQueue<>();
        // More than a connection holds on its way, and more than waits for a reader.
        PolymniaServer server = serve((_, _) -> Reply.of("word ".repeat(3000)), OPTIONS, log::add);
        String much =
                "{\"model\": \"contemplating\", \"polymnia\": {\"agents\": 64, \"events\": true}, %s}"
                        .formatted(ASKED);

        try (Socket _ = ask(server, much)) {
            assertThat(json(log.take()).get("event").asString()).isEqualTo("request");
        }
        assertThat(server.drain(Duration.ofMinutes(10))).isTrue();
    }

    /// Asks for a stream, and reads nothing.
    private static Socket ask(PolymniaServer server, String fields) throws IOException {
        byte[] body =
                fields.replace("{\"model\"", "{\"stream\": true, \"model\"")
                        .getBytes(StandardCharsets.UTF_8);
        Socket socket = new Socket();
        socket.setReceiveBufferSize(1 << 12);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        OutputStream out = socket.getOutputStream();
        out.write(
                "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                        .formatted(body.length)
                        .getBytes(StandardCharsets.UTF_8));
        out.write(body);
        out.flush();
        return socket;
    }

    /// Returns what can still be read; the connection is closed, in whatever way.
    private static String rest(InputStream in) throws IOException {
        StringBuilder words = new StringBuilder();
        byte[] some = new byte[1 << 16];
        try {
            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                words.append(new String(some, 0, n, StandardCharsets.UTF_8));
            }
        } catch (SocketException e) {
            words.append("reset");
        }
        return words.toString();
    }

    @Test
    void headers_have_a_limit() throws Exception {
        PolymniaServer server = serve(slow, OPTIONS, _ -> {});

        HttpResponse<String> response = get(server.url() + "/models", "X-Much", "x".repeat(20_000));

        assertThat(response.statusCode()).isBetween(400, 499);
        assertThat(json(response.body()).at("/error/message").asString()).isNotBlank();
    }

    @Test
    void bodies_have_the_limit_that_was_chosen() throws Exception {
        PolymniaServer server =
                serve(slow, OPTIONS.withLimits(ServerLimits.USUAL.withBodyBytes(10)), _ -> {});

        HttpResponse<String> response = chat(server, INSTANT);

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(json(response.body()).at("/error/message").asString())
                .contains("limits.body-bytes");
    }

    @Test
    void limits_have_to_be_possible() {
        assertThatThrownBy(() -> ServerLimits.USUAL.withBodyBytes(0)).isInstanceOf(Fault.class);
        assertThatThrownBy(() -> FileLimits.USUAL.withFileBytes(0)).isInstanceOf(Fault.class);
        assertThatThrownBy(() -> ServerLimits.USUAL.withHeaderBytes(10)).isInstanceOf(Fault.class);
        assertThatThrownBy(() -> ServerLimits.USUAL.withConnections(0)).isInstanceOf(Fault.class);
        assertThatThrownBy(() -> ServerLimits.USUAL.withRuns(0, 0, Duration.ZERO))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("0 runs at once");
        assertThatThrownBy(() -> ServerLimits.USUAL.withRuns(1, 0, Duration.ofSeconds(-1)))
                .isInstanceOf(Fault.class);
    }
}
