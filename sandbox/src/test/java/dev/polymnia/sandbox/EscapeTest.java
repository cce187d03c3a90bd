package dev.polymnia.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Programs that try to get out, on every footing that whoever runs the tests has.
final class EscapeTest {
    private static final Map<Footing, Sandbox> SANDBOXES = new EnumMap<>(Footing.class);
    private static final Host HOST = Host.open();

    @BeforeAll
    static void open() {
        for (Footing footing : Footing.possible()) {
            SANDBOXES.put(footing, Sandboxes.open(List.of(footing)));
        }
    }

    @AfterAll
    static void close() throws IOException {
        SANDBOXES.values().forEach(Sandbox::close);
        HOST.close();
    }

    static Stream<Arguments> attempts() {
        return Footing.possible().stream()
                .flatMap(footing ->
                        Attempts.all().stream().map(attempt -> Arguments.of(footing, attempt)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("attempts")
    void is_contained(Footing footing, Attempt attempt) {
        Sandbox sandbox = requireNonNull(SANDBOXES.get(footing));

        Finished finished = sandbox.run(attempt.job(HOST));

        assertThat(attempt.complaint(finished)).isEmpty();
        assertThat(HOST.harm()).isEmpty();
    }

    @Test
    void there_are_enough_attempts() {
        assertThat(Attempts.all())
                .extracting(Attempt::name)
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(50);
    }

    /// An attempt that could not succeed anywhere would prove nothing.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "the host's users",
                "a file of the host",
                "a symbolic link out",
                "a TCP port of the host",
                "a TCP port of its own",
                "a UDP port of the host",
                "a local socket of the host without a file",
                "a local socket of the host with a file"
            })
    void escapes_where_there_is_no_sandbox(String name, @TempDir Path folder) throws Exception {
        Attempt attempt =
                Attempts.all().stream()
                        .filter(candidate -> candidate.name().equals(name))
                        .findFirst()
                        .orElseThrow();
        try (Host host = Host.open()) {
            String output = runUnguarded(attempt.job(host).program(), folder);

            assertThat(output).contains("ESCAPED");
        }
    }

    @Test
    void the_host_notices(@TempDir Path folder) throws Exception {
        try (Host host = Host.open()) {
            assertThat(host.harm()).isEmpty();

            String program =
                    """
                    import os, socket
                    socket.create_connection(("127.0.0.1", TCP_PORT)).close()
                    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", UDP_PORT))
                    socket.socket(socket.AF_UNIX).connect("SOCKET_FILE")
                    open("SECRET_FILE", "w").close()
                    os.kill(LISTENER_PID, 9)
                    """;
            runUnguarded(host.fill(program), folder);
            host.awaitListener();

            assertThat(host.harm())
                    .containsExactlyInAnyOrder(
                            "the secret was changed",
                            "the TCP port was reached",
                            "the UDP port was reached",
                            "the local socket was reached",
                            "the listener was killed");
        }
    }

    private static String runUnguarded(String program, Path folder) throws Exception {
        Path source = Files.writeString(folder.resolve("main.py"), program);
        Process process =
                new ProcessBuilder(Python.candidates().getFirst().toString(), source.toString())
                        .directory(folder.toFile())
                        .redirectInput(new File("/dev/null"))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return output;
    }
}
