package dev.polymnia.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CopyingTest {
    @TempDir private Path folder;

    @Test
    void the_other_process_gets_both_paths() {
        write(copying("cp \"$0\" \"$1\""));

        assertThat(target()).hasContent("weights");
    }

    @ParameterizedTest
    @CsvSource({
        "kill -ABRT $$, the signal 6 (it gave up)",
        "kill -KILL $$, 'the signal 9 (killed, which a system does when memory runs out)'",
        "echo polymnia: no such format >&2; exit 4, the status 4: no such format",
    })
    void a_crash_is_one_message(String script, String words) {
        Fault fault = fault(copying(script));

        assertThat(fault.code()).isEqualTo(Fault.Code.UNSUPPORTED);
        assertThat(fault.getMessage())
                .contains(source().toString(), words)
                .endsWith("Nothing was kept; use the model as it is.");
    }

    @Test
    void a_full_disk_is_told_as_such() {
        Fault fault = fault(copying("echo 'polymnia: see that its disk is not full' >&2; exit 7"));

        assertThat(fault.code()).isEqualTo(Fault.Code.UNAVAILABLE);
        assertThat(fault.getMessage()).isEqualTo("see that its disk is not full");
    }

    @Test
    void nothing_writes_any_more_after_a_cancellation() throws Exception {
        Path pipe = folder.resolve("started");
        assertThat(new ProcessBuilder("mkfifo", pipe + "").start().waitFor()).isZero();
        Copying copying = copying("echo $$ > '" + pipe + "'; exec sleep 1000");
        Cancellation cancellation = new Cancellation();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Fault> running =
                    executor.submit(() ->
                            catchThrowableOfType(
                                    Fault.class,
                                    () ->
                                            copying.write(
                                                    source(), target(), _ -> {}, cancellation)));
            long child = Long.parseLong(Files.readString(pipe).strip());
            cancellation.request();

            assertThat(running.get().code()).isEqualTo(Fault.Code.CANCELLED);
            ProcessHandle.of(child)
                    .ifPresent(handle -> handle.onExit().orTimeout(60, TimeUnit.SECONDS).join());
        }
    }

    @Test
    void the_other_process_is_this_program() {
        Fault fault = fault(Copying.ofThisProgram());

        assertThat(fault.getMessage())
                .contains("the status 8: " + source(), "is not a GGUF file", "Nothing was kept");
        assertThat(target()).doesNotExist();
    }

    private void write(Copying copying) {
        copying.write(source(), target(), _ -> {}, new Cancellation());
    }

    private Fault fault(Copying copying) {
        return catchThrowableOfType(Fault.class, () -> write(copying));
    }

    private Path source() {
        try {
            return Files.writeString(folder.resolve("model.gguf"), "weights");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path target() {
        return folder.resolve("copy.gguf");
    }

    private static Copying copying(String script) {
        return new Copying(new OwnProcess(List.of("/bin/sh", "-c", script)));
    }
}
