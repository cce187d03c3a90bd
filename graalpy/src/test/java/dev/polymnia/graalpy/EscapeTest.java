package dev.polymnia.graalpy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.sandbox.Finished;
import dev.polymnia.sandbox.Job;
import dev.polymnia.sandbox.Sandbox;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Programs that try to get out, each in a child JVM of its own, two at a time.
final class EscapeTest {
    private static final Sandbox SANDBOX = Opened.sandbox();
    private static final Host HOST = Host.open();
    private static final ExecutorService TWO = Executors.newFixedThreadPool(2);
    private static final Map<Attempts, Future<List<String>>> MADE = new HashMap<>();
    private static final Map<Overuse, Future<Finished>> RUNS = new HashMap<>();

    @BeforeAll
    static void start() {
        for (Attempts attempts : Attempts.all()) {
            MADE.put(attempts, TWO.submit(() -> attempts.make(SANDBOX, HOST)));
        }
        for (Overuse overuse : Overuse.all()) {
            Job job = Job.python(overuse.program()).withLimits(overuse.limits());
            RUNS.put(overuse, TWO.submit(() -> SANDBOX.run(job)));
        }
    }

    @AfterAll
    static void close() throws IOException {
        TWO.close();
        SANDBOX.close();
        HOST.close();
    }

    static List<Attempts> attempts() {
        return Attempts.all();
    }

    @ParameterizedTest
    @MethodSource("attempts")
    void nothing_is_reached(Attempts attempts) throws Exception {
        List<String> lines = requireNonNull(MADE.get(attempts)).get();

        assertThat(lines).last().isEqualTo(Attempts.END);
        List<String> results = lines.subList(0, lines.size() - 1);
        assertThat(results).allMatch(line -> line.startsWith("contained: "));
        assertThat(results).hasSizeGreaterThanOrEqualTo((int) attempts.count());
        assertThat(HOST.harm()).isEmpty();
    }

    static List<Overuse> overuses() {
        return Overuse.all();
    }

    @ParameterizedTest
    @MethodSource("overuses")
    void nothing_is_taken(Overuse overuse) throws Exception {
        Finished finished = requireNonNull(RUNS.get(overuse)).get();

        assertThat(finished.output()).doesNotContain("ESCAPED");
        assertThat(overuse.endings()).as(finished.toString()).contains(finished.ending());
    }

    @Test
    void there_are_enough_attempts() {
        long count = Attempts.all().stream().mapToLong(Attempts::count).sum();

        assertThat(count + Overuse.all().size()).isGreaterThan(100);
    }

    @Test
    void the_host_notices() throws Exception {
        try (Host host = Host.open()) {
            assertThat(host.harm()).isEmpty();
            String program =
                    host.fill(
                            """
                            import os, socket
                            socket.create_connection(("127.0.0.1", TCP_PORT)).close()
                            socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", UDP_PORT))
                            socket.socket(socket.AF_UNIX).connect("SOCKET_FILE")
                            open("SECRET_FILE", "w").close()
                            open("HOST_FOLDER/new", "w").close()
                            os.kill(SLEEPER_PID, 9)
                            """);
            Process process = new ProcessBuilder("python3", "-c", program).inheritIO().start();
            assertThat(process.waitFor()).isZero();
            host.awaitSleeper();

            assertThat(host.harm())
                    .containsExactlyInAnyOrder(
                            "a secret was changed",
                            "a file was made or removed in the host's folder",
                            "the TCP port was reached",
                            "the UDP port was reached",
                            "the local socket was reached",
                            "a process was killed");
        }
    }
}
