package dev.polymnia.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.testkit.FakeServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program as a process of its own, with an endpoint that answers for it.
final class EndpointTest {
    private static final String KEY = "sk-very-secret-42";

    private final FakeServer server = new FakeServer();

    @TempDir private Path folder;

    @AfterEach
    void close() {
        server.close();
    }

    private record Result(int code, String out, String err) {}

    @Test
    void an_endpoint_is_enough() throws Exception {
        server.then(
                call -> call.stream().says(0, "Nairobi").finish(0, "stop").usage(9, 0, 2).done());

        Result result =
                run(
                        Map.of("POLYMNIA_BACKEND", server.url(), "POLYMNIA_KEY", KEY),
                        "ask",
                        "--mode",
                        "instant",
                        "What is the capital of Kenya?");

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualTo("Nairobi\n");
        assertThat(result.code()).isZero();
        assertThat(server.calls()).hasSize(1);
        assertThat(server.calls().getFirst().headers())
                .containsEntry("authorization", "Bearer " + KEY);
        try (Stream<Path> left = Files.list(folder.resolve("home"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void a_failing_endpoint_has_its_exit_code_and_the_key_stays_secret() throws Exception {
        server.then(call -> call.error(401, "wrong key " + KEY));

        Result result =
                run(
                        Map.of("POLYMNIA_KEY", KEY, "POLYMNIA_DEBUG", "1"),
                        "ask",
                        "--backend",
                        server.url(),
                        "Why?");

        assertThat(result.code()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).contains("refuses the key").doesNotContain(KEY);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void money_is_limited_where_prices_are_known() throws Exception {
        server.then(
                call -> call.stream().says(0, "Nairobi").finish(0, "stop").usage(9, 4, 2).done());
        Map<String, String> environment =
                Map.of(
                        "POLYMNIA_BACKEND",
                        server.url(),
                        "POLYMNIA_DATA",
                        Files.createDirectories(folder.resolve("data")).toString());
        List<String> ask =
                List.of("ask", "--json", "--mode", "instant", "--money", "0.05", "What is it?");

        Result unknown = run(environment, ask.toArray(String[]::new));
        Path prices = folder.resolve("data").resolve("prices.toml");
        Files.writeString(
                prices,
                """
                ["%s/v1/"."tiny"]
                prompt = 2
                cached = 1
                generated = 10
                """
                        .formatted(server.url()));
        Result known = run(environment, ask.toArray(String[]::new));

        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err())
                .contains(prices.toString())
                .contains("[\"" + server.url() + "/v1\".\"tiny\"]");
        assertThat(known.err()).isEmpty();
        assertThat(known.code()).isZero();
        assertThat(known.out()).contains("\"money\":50000").contains("\"money\":34");
        assertThat(server.calls()).hasSize(1);
    }

    /// Runs the program with nothing on its `PATH` and an empty cache.
    private Result run(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Path home = Files.createDirectories(folder.resolve("home"));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // It lives for seconds.
        line.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        // The test's module path also has what the program's class path has: see its launcher.
        String modules = System.getProperty("jdk.module.path");
        line.addAll(List.of("--module-path", modules));
        line.addAll(List.of("--class-path", modules));
        line.addAll(List.of("--module", "dev.polymnia.app/dev.polymnia.app.Main"));
        line.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(line)
                        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("HOME", home.toString());
        builder.environment().put("POLYMNIA_HOME", home.resolve("polymnia").toString());
        int code = builder.start().waitFor();
        return new Result(code, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    }
}
