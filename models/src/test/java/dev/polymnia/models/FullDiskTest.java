package dev.polymnia.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Disks without room. Who may mount gets a real small disk; for everybody else the system's own
/// full device stands in the place of the file.
final class FullDiskTest {
    private static final int SIZE = 3_000_000;

    @TempDir private Path folder;

    @Test
    void too_little_room_is_told_before_the_first_byte() throws IOException {
        StoreFixture fixture = new StoreFixture(folder, 1, 6000, 4000).room(_ -> 15_999);
        try (TroubleServer server = TroubleServer.good(fixture.file())) {
            fixture.hub(server.address());

            Fault fault = fault(fixture, fixture.fromBoth());

            assertThat(fault.code()).isEqualTo(Fault.Code.UNAVAILABLE);
            assertThat(fault.getMessage())
                    .contains("needs 16000 bytes more", "only 15999 free", "POLYMNIA_HOME");
            assertThat(server.requests()).isEmpty();
            assertThat(fixture.asked()).isEmpty();
        }
    }

    @Test
    void what_is_here_already_needs_no_room() throws IOException {
        StoreFixture fixture = new StoreFixture(folder, 1, 6000, 4000);
        try (TroubleServer server =
                new TroubleServer(request ->
                        request.from() > 0
                                ? Trouble.status(404)
                                : TroubleServer.goodAnswer(fixture.file(), request)
                                        .cut(7000, Trouble.End.CLOSE))) {
            fault(fixture.hub(server.address()), fixture.fromHub());
        }
        try (TroubleServer server = TroubleServer.good(fixture.file())) {
            fixture.hub(server.address()).room(_ -> 3000).fetch(fixture.fromHub(), Progress.NONE);
        }
        assertThat(fixture.target()).hasBinaryContent(fixture.file());
    }

    @Test
    void a_disk_that_becomes_full_is_told_and_what_came_is_kept() throws Exception {
        StoreFixture fixture = new StoreFixture(folder, 1, SIZE).secureBytes(100_000);
        // 0 is what a file system reports that does not know.
        fixture.room(_ -> 0);
        Path models = CacheFolder.create(fixture.cache().models());
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", models + "") == 0;
        try {
            if (!mounted) {
                Files.createSymbolicLink(models.resolve(".tiny.gguf.part"), Path.of("/dev/full"));
            }
            try (TroubleServer server = TroubleServer.good(fixture.file())) {
                fixture.hub(server.address());

                Fault fault = fault(fixture, fixture.fromHub());

                assertThat(fault.code()).isEqualTo(Fault.Code.UNAVAILABLE);
                assertThat(fault.getMessage()).contains("is full", "kept", "make room");
                assertThat(server.requests()).hasSize(1);
                if (mounted) {
                    assertThat(run("mount", "-o", "remount,size=10m", models + "")).isZero();
                    fixture.fetch(fixture.fromHub(), Progress.NONE);
                    assertThat(server.requests().getLast().from()).isGreaterThan(500_000);
                    assertThat(fixture.target()).hasBinaryContent(fixture.file());
                }
            }
        } finally {
            if (mounted) {
                assertThat(run("umount", models + "")).isZero();
            }
        }
    }

    @Test
    void a_disk_that_is_full_for_pip_is_no_fault_of_the_index() throws IOException {
        StoreFixture fixture = new StoreFixture(folder, 1, 6000);
        new FakeProgram(folder.resolve("bin"))
                .write("pip", "echo 'OSError: [Errno 28] No space left on device' >&2; exit 2");

        Fault fault = fault(fixture, fixture.fromIndex());

        assertThat(fault.getMessage()).contains("is full", "make room");
    }

    private static Fault fault(StoreFixture fixture, CatalogueEntry entry) {
        return catchThrowableOfType(Fault.class, () -> fixture.fetch(entry, Progress.NONE));
    }

    private static int run(String... line) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(line)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
