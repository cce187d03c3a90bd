package dev.polymnia.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TrialTest {
    @TempDir private Path folder;

    @Test
    void what_the_other_process_writes_is_returned() {
        assertThat(run("echo \"it got $0\"")).isEqualTo("it got " + model());
    }

    @ParameterizedTest
    @CsvSource({
        "kill -SEGV $$, the signal 11 (a wrong memory access)",
        "kill -ABRT $$, the signal 6 (it gave up)",
        "kill -KILL $$, 'the signal 9 (killed, which a system does when memory runs out)'",
        "kill -USR1 $$, the signal 10 (ended from outside)",
        "echo polymnia: bad >&2; exit 8, the status 8: bad",
        "exit 1, the status 1.",
    })
    void a_crash_is_one_message(String script, String words) {
        Fault fault = fault(script, Duration.ofMinutes(1));

        assertThat(fault.code()).isEqualTo(Fault.Code.CORRUPT);
        assertThat(fault.getMessage())
                .contains(words, model().toString())
                .endsWith("Do not use this file.");
    }

    @Test
    void control_characters_of_a_hostile_file_do_not_reach_the_terminal() {
        Fault fault = fault("printf 'a\\033[2Jb' >&2; exit 1", Duration.ofMinutes(1));

        assertThat(fault.getMessage()).contains("a [2Jb").doesNotContain("\u001b");
    }

    @Test
    void an_endless_loop_ends() {
        Fault fault = fault("while :; do :; done", Duration.ofMillis(200));

        assertThat(fault.code()).isEqualTo(Fault.Code.CORRUPT);
        assertThat(fault.getMessage()).contains("was not loaded within");
    }

    @Test
    void cancellation_ends_the_other_process() throws Exception {
        Path pipe = folder.resolve("started");
        assertThat(new ProcessBuilder("mkfifo", pipe + "").start().waitFor()).isZero();
        Cancellation cancellation = new Cancellation();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Trial trial = trial("echo $$ > '" + pipe + "'; exec sleep 1000", Duration.ofHours(1));
            Future<Fault> running =
                    executor.submit(() ->
                            catchThrowableOfType(
                                    Fault.class, () -> trial.run(model(), cancellation)));
            long child = Long.parseLong(Files.readString(pipe).strip());
            cancellation.request();

            assertThat(running.get().code()).isEqualTo(Fault.Code.CANCELLED);
            ProcessHandle.of(child)
                    .ifPresent(handle -> handle.onExit().orTimeout(60, TimeUnit.SECONDS).join());
        }
    }

    @Test
    void the_other_process_is_this_program() throws IOException {
        Path text = Files.writeString(folder.resolve("text.gguf"), "this is no model");

        Fault fault =
                catchThrowableOfType(
                        Fault.class, () -> Trial.ofThisProgram().run(text, new Cancellation()));

        assertThat(fault.getMessage())
                .contains("the status 8: " + text, "is not a GGUF file", "Do not use this file");
    }

    private Path model() {
        return folder.resolve("model.gguf");
    }

    private String run(String script) {
        return trial(script, Duration.ofMinutes(1)).run(model(), new Cancellation());
    }

    private Fault fault(String script, Duration limit) {
        return catchThrowableOfType(
                Fault.class, () -> trial(script, limit).run(model(), new Cancellation()));
    }

    private static Trial trial(String script, Duration limit) {
        return new Trial(new OwnProcess(List.of("/bin/sh", "-c", script)), limit);
    }
}
