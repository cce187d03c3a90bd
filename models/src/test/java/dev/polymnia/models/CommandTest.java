package dev.polymnia.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandTest {
    @TempDir private Path folder;
    private FakeProgram programs;
    private Command command;

    @BeforeEach
    void putProgramsOnThePath() {
        programs = new FakeProgram(folder.resolve("bin"));
        command = new Command(programs.environment());
    }

    @Test
    void finds_programs_on_its_own_path_only() throws IOException {
        programs.write("tool", "");
        Files.writeString(programs.folder().resolve("text"), "not executable");

        assertThat(command.find("tool")).contains(programs.folder().resolve("tool"));
        assertThat(command.find("text")).isEmpty();
        assertThat(command.find("sh")).isEmpty();
        assertThat(new Command(Map.of()).find("sh")).isEmpty();
    }

    @Test
    void returns_exit_code_and_both_outputs() throws IOException {
        programs.write("tool", "echo out; echo err >&2; exit 3");

        assertThat(run()).isEqualTo(new Command.Result(3, "out\nerr"));
    }

    @Test
    void keeps_the_end_of_much_output_and_never_blocks_on_it() throws IOException {
        programs.write("tool", "seq 1 200000");

        Command.Result result = run();

        assertThat(result.output()).endsWith("\n199999\n200000").hasSizeLessThanOrEqualTo(2000);
    }

    @Test
    void the_input_is_empty() throws IOException {
        programs.write("tool", "cat; echo end");

        assertThat(run().output()).isEqualTo("end");
    }

    @Test
    void temporary_files_go_into_the_folder() throws IOException {
        programs.write("tool", "echo \"$TMPDIR $(pwd)\"");

        assertThat(run().output()).isEqualTo(folder + " " + folder);
    }

    @Test
    void a_program_that_is_none_is_unavailable() {
        Fault fault = catchThrowableOfType(Fault.class, this::run);

        assertThat(fault.code()).isEqualTo(Fault.Code.UNAVAILABLE);
        assertThat(fault.getMessage()).contains("Cannot start");
    }

    @Test
    void cancellation_kills_a_program_and_its_children() throws Exception {
        Path pipe = programs.writeEndless("tool");
        Cancellation cancellation = new Cancellation();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Command.Result> running =
                    executor.submit(() -> command.run(line(), folder, cancellation));
            long child = Long.parseLong(Files.readString(pipe).strip());
            cancellation.request();

            ExecutionException failure =
                    catchThrowableOfType(ExecutionException.class, running::get);

            assertThat(failure.getCause())
                    .isInstanceOfSatisfying(
                            Fault.class,
                            fault -> assertThat(fault.code()).isEqualTo(Fault.Code.CANCELLED));
            assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
        }
    }

    @Test
    void interruption_kills_a_program_and_its_children() throws Exception {
        Path pipe = programs.writeEndless("tool");
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Command.Result> running =
                    executor.submit(() -> command.run(line(), folder, new Cancellation()));
            long child = Long.parseLong(Files.readString(pipe).strip());
            ProcessHandle handle = ProcessHandle.of(child).orElseThrow();

            running.cancel(true);

            assertThat(handle.onExit().get().isAlive()).isFalse();
        }
    }

    @Test
    void what_is_cancelled_before_is_not_started() throws IOException {
        programs.write("tool", "touch started");
        Cancellation cancellation = new Cancellation();
        cancellation.request();

        Fault fault =
                catchThrowableOfType(Fault.class, () -> command.run(line(), folder, cancellation));

        assertThat(fault.code()).isEqualTo(Fault.Code.CANCELLED);
        assertThat(folder.resolve("started")).doesNotExist();
    }

    private Command.Result run() {
        return command.run(line(), folder, new Cancellation());
    }

    private List<String> line() {
        return List.of(programs.folder().resolve("tool").toString());
    }
}
