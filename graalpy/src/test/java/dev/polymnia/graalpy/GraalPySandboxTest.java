package dev.polymnia.graalpy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.sandbox.Ending;
import dev.polymnia.sandbox.Finished;
import dev.polymnia.sandbox.Job;
import dev.polymnia.sandbox.Limits;
import dev.polymnia.sandbox.Sandbox;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The same as `SandboxTest` of the module `sandbox`, in GraalPy, two programs at a time. What is
/// watched from outside is in [WatchedProgramTest].
final class GraalPySandboxTest {
    private static final Sandbox SANDBOX = Opened.sandbox();

    @AfterAll
    static void close() {
        SANDBOX.close();
    }

    @Test
    void says_what_it_is() {
        assertThat(SANDBOX.description()).contains("GraalPy 25").contains("weaker");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void output_and_errors_are_kept_apart() {
        Finished finished =
                run(
                        """
                        import sys
                        print('out')
                        print('err', file=sys.stderr)
                        print('Grüße, 世界, 🙂')
                        """);

        assertThat(finished.ending()).isEqualTo(Ending.EXITED);
        assertThat(finished.exitCode()).isZero();
        assertThat(finished.output()).isEqualTo("out\nGrüße, 世界, 🙂\n");
        assertThat(finished.errors()).isEqualTo("err\n");
        assertThat(finished.outputCut()).isFalse();
        assertThat(finished.wall()).isPositive();
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @CsvSource({
        "'', 0",
        "quit(7), 7",
        "import sys; sys.exit(255), 255",
        "import os; os._exit(3), 3",
        "1 / 0, 1",
        "a syntax error, 1"
    })
    void tells_how_a_program_ended(String program, int exitCode) {
        Finished finished = run(program);

        assertThat(finished.ending()).isEqualTo(Ending.EXITED);
        assertThat(finished.exitCode()).as(finished.errors()).isEqualTo(exitCode);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void an_exception_names_its_line() {
        Finished finished = run("def f():\n    return [][1]\n\nf()\n");

        assertThat(finished.errors()).contains("line 2").contains("line 4").contains("IndexError");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void a_program_reads_its_input() {
        String program = "import sys\nprint(input(), sum(len(line) for line in sys.stdin))";
        String input = "first ü\n" + "x".repeat(3_000_000);

        assertThat(SANDBOX.run(Job.python(program).withInput(input)).output())
                .isEqualTo("first ü 3000000\n");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void output_is_cut() {
        Job job =
                Job.python("print('x' * 9); print('y')")
                        .withLimits(Limits.DEFAULT.withOutputBytes(10));

        Finished finished = SANDBOX.run(job);

        assertThat(finished.ending()).isEqualTo(Ending.OUTPUT_LIMIT);
        assertThat(finished.outputCut()).isTrue();
        assertThat(finished.output()).isEqualTo("xxxxxxxxx\n");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void what_was_printed_before_a_limit_is_there() {
        Job job =
                Job.python("import time\nprint('begun')\ntime.sleep(1000)")
                        .withLimits(Limits.DEFAULT.withWall(Duration.ofSeconds(3)));

        Finished finished = SANDBOX.run(job);

        assertThat(finished.ending()).isEqualTo(Ending.WALL_LIMIT);
        assertThat(finished.exitCode()).isEqualTo(137);
        assertThat(finished.output()).isEqualTo("begun\n");
        assertThat(finished.wall()).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void each_run_has_an_empty_folder() {
        String program =
                """
                import os, tempfile
                print(os.getcwd(), os.listdir("."), tempfile.gettempdir())
                with open("file", "w") as file: # nothing else closes it in GraalPy
                    file.write("x" * 1000)
                print(len(open("file").read()), len(open("/tmp/file").read()))
                os.mkdir("folder")
                path = os.path.join("folder", "inner")
                with open(path, "w") as file:
                    file.write("a\\nb\\n")
                print(open(path).readlines(), os.path.getsize(path), os.access(path, os.W_OK))
                os.remove(path)
                os.rmdir("folder")
                print(sorted(os.listdir(".")))
                os.rename("file", "moved")
                os.remove("moved")
                """;

        String expected =
                """
                /scratch [] /scratch
                1000 1000
                ['a\\n', 'b\\n'] 4 True
                ['file']
                """;
        for (Finished finished : List.of(run(program), run(program))) {
            assertThat(finished.errors()).isEmpty();
            assertThat(finished.output()).isEqualTo(expected);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void hashes_are_the_same_in_every_run() {
        String program = "print(hash('a'), {'a', 'b', 'c', 'd', 'e'})";

        assertThat(run(program).output()).isEqualTo(run(program).output());
    }

    private static Finished run(String program) {
        return SANDBOX.run(Job.python(program));
    }
}
