package dev.polymnia.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SandboxTest {
    private static final Sandbox SANDBOX = Sandboxes.open();

    /// Sleeps for long as a process that can be found by a word.
    private static final String SLEEPER =
            """
            import os, sys
            os.execv(sys.executable, [sys.executable, "-c", "import time; time.sleep(1000)", "WORD"])
            """;

    private static final Limits PATIENT = Limits.DEFAULT.withWall(Duration.ofMinutes(10));

    @AfterAll
    static void close() {
        SANDBOX.close();
    }

    @Test
    void says_what_it_is() {
        assertThat(SANDBOX.description()).contains("bubblewrap").contains("Python 3.");
    }

    @Test
    void output_and_errors_are_kept_apart() {
        Finished finished = run("import sys\nprint('out')\nprint('err', file=sys.stderr)");

        assertThat(finished.ending()).isEqualTo(Ending.EXITED);
        assertThat(finished.exitCode()).isZero();
        assertThat(finished.output()).isEqualTo("out\n");
        assertThat(finished.errors()).isEqualTo("err\n");
        assertThat(finished.outputCut()).isFalse();
        assertThat(finished.wall()).isPositive();
    }

    @Test
    void an_empty_program_ends() {
        assertThat(run("").exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "exit(), EXITED, 0",
        "quit(7), EXITED, 7",
        "import sys; sys.exit(255), EXITED, 255",
        "import os; os._exit(3), EXITED, 3",
        "raise SystemExit(4), EXITED, 4",
        "1 / 0, EXITED, 1",
        "a syntax error, EXITED, 1",
        "import os; os.abort(), SIGNALLED, 134",
        "import ctypes; ctypes.string_at(0), SIGNALLED, 139",
        "import signal; signal.raise_signal(9), SIGNALLED, 137",
        "import signal; signal.raise_signal(24), CPU_LIMIT, 152"
    })
    void tells_how_a_program_ended(String program, Ending ending, int exitCode) {
        Finished finished = run(program);

        assertThat(finished.ending()).isEqualTo(ending);
        assertThat(finished.exitCode()).isEqualTo(exitCode);
    }

    @Test
    void an_exception_names_its_line() {
        Finished finished = run("def f():\n    return [][1]\n\nf()\n");

        assertThat(finished.errors()).contains("line 2").contains("line 4").contains("IndexError");
    }

    @Test
    void too_much_memory_is_a_memory_error() {
        Finished finished = run("x = bytearray(1 << 30)");

        assertThat(finished.ending()).isEqualTo(Ending.EXITED);
        assertThat(finished.exitCode()).isEqualTo(1);
        assertThat(finished.errors()).contains("MemoryError");
    }

    @Test
    void memory_of_all_processes_is_told() {
        String program =
                """
                import os, time
                for _ in range(4):
                    if os.fork() == 0:
                        kept = bytearray(b"x") * (64 << 20)
                        time.sleep(1000)
                time.sleep(1000)
                """;
        Limits limits = Limits.DEFAULT.withMemoryBytes(128L << 20);

        Finished finished = SANDBOX.run(Job.python(program).withLimits(limits));

        assertThat(finished.ending()).isEqualTo(Ending.SIGNALLED);
        assertThat(finished.exitCode()).isEqualTo(137);
        assertThat(finished.errors()).contains("together held more than 134217728 bytes");
    }

    @Test
    void a_program_reads_its_input() {
        String program = "import sys\nprint(sum(len(line) for line in sys.stdin))";

        assertThat(SANDBOX.run(Job.python(program).withInput("12\n345\n")).output())
                .isEqualTo("7\n");
        assertThat(SANDBOX.run(Job.python(program).withInput("x".repeat(5_000_000))).output())
                .isEqualTo("5000000\n");
        assertThat(run(program).output()).isEqualTo("0\n");
    }

    @Test
    void input_need_not_be_read() {
        Job job = Job.python("print('done')").withInput("x".repeat(5_000_000));

        assertThat(SANDBOX.run(job).output()).isEqualTo("done\n");
    }

    @Test
    void text_is_unicode() {
        String text = "Grüße, 世界, 🙂, \0, ﷽";
        Job job = Job.python("import sys\nsys.stdout.write(sys.stdin.read() + ' – ü')");

        assertThat(SANDBOX.run(job.withInput(text)).output()).isEqualTo(text + " – ü");
    }

    @Test
    void what_is_not_unicode_is_replaced() {
        Finished finished = run("import os\nos.write(1, b'a\\xff\\xfeb')");

        assertThat(finished.output()).isEqualTo("a\uFFFD\uFFFDb");
    }

    @Test
    void output_is_cut() {
        Job job =
                Job.python("print('x' * 10); print('y')")
                        .withLimits(Limits.DEFAULT.withOutputBytes(10));

        Finished finished = SANDBOX.run(job);

        assertThat(finished.ending()).isEqualTo(Ending.OUTPUT_LIMIT);
        assertThat(finished.outputCut()).isTrue();
        assertThat(finished.output()).isEqualTo("xxxxxxxxxx");
    }

    @Test
    void output_of_just_the_limit_is_not_cut() {
        Job job =
                Job.python("print('x' * 9); import sys; print('y' * 9, file=sys.stderr)")
                        .withLimits(Limits.DEFAULT.withOutputBytes(10));

        Finished finished = SANDBOX.run(job);

        assertThat(finished.ending()).isEqualTo(Ending.EXITED);
        assertThat(finished.outputCut()).isFalse();
        assertThat(finished.output()).isEqualTo("xxxxxxxxx\n");
        assertThat(finished.errors()).isEqualTo("yyyyyyyyy\n");
    }

    @Test
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
    void a_limit_may_pass_before_the_program_begins() {
        Job job =
                Job.python("import time\ntime.sleep(1000)")
                        .withLimits(Limits.DEFAULT.withWall(Duration.ofMillis(10)));

        assertThat(SANDBOX.run(job).ending()).isEqualTo(Ending.WALL_LIMIT);
    }

    @Test
    void each_run_has_an_empty_folder() {
        String program =
                """
                import os, tempfile
                print(os.getcwd(), os.listdir("."), tempfile.gettempdir())
                open("file", "w").write("x" * 1000)
                print(len(open("file").read()), len(open("/tmp/file").read()))
                """;

        assertThat(run(program).output()).isEqualTo("/scratch [] /scratch\n1000 1000\n");
        assertThat(run(program).output()).isEqualTo("/scratch [] /scratch\n1000 1000\n");
    }

    @Test
    void the_standard_library_is_there() {
        String program =
                """
                import collections, dataclasses, decimal, fractions, functools, heapq, itertools
                import json, math, random, re, statistics, string, subprocess, sqlite3, typing, zlib
                print(json.dumps({"a": math.factorial(10)}), subprocess.run(["true"]).returncode)
                """;

        assertThat(run(program).output()).isEqualTo("{\"a\": 3628800} 0\n");
    }

    @Test
    void hashes_are_the_same_in_every_run() {
        String program = "print(hash('a'), {'a', 'b', 'c', 'd', 'e'})";

        assertThat(run(program).output()).isEqualTo(run(program).output());
    }

    @Test
    void eight_run_at_once() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Finished>> runs = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Job job = Job.python("print(int(input()) ** 2)").withInput(Integer.toString(i));
                runs.add(threads.submit(() -> SANDBOX.run(job)));
            }
            for (int i = 0; i < 8; i++) {
                assertThat(runs.get(i).get().output()).isEqualTo(i * i + "\n");
            }
        }
    }

    @Test
    void an_interrupted_thread_runs_nothing() {
        Thread.currentThread().interrupt();

        assertFault(Fault.Code.CANCELLED, () -> run("print('out')"));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void an_interruption_kills_the_program() throws Exception {
        String word = UUID.randomUUID().toString();
        Job job = Job.python(SLEEPER.replace("WORD", word)).withLimits(PATIENT);
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        Thread thread =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                assertFault(Fault.Code.CANCELLED, () -> SANDBOX.run(job));
                                flag.complete(Thread.currentThread().isInterrupted());
                            } catch (Throwable e) {
                                flag.completeExceptionally(e);
                            }
                        });
        awaitProcess(word, thread);

        thread.interrupt();

        assertThat(flag.get()).isTrue();
        assertThat(Host.isAlive(word)).isFalse();
    }

    @Test
    void closing_kills_the_program() throws Exception {
        String word = UUID.randomUUID().toString();
        Job job = Job.python(SLEEPER.replace("WORD", word)).withLimits(PATIENT);
        CompletableFuture<Finished> run = new CompletableFuture<>();
        Sandbox sandbox = Sandboxes.open();
        Thread thread =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                run.complete(sandbox.run(job));
                            } catch (RuntimeException e) {
                                run.completeExceptionally(e);
                            }
                        });
        awaitProcess(word, thread);

        sandbox.close();

        assertThat(Host.isAlive(word)).isFalse();
        assertThatThrownBy(run::get).hasCauseInstanceOf(Fault.class).hasMessageContaining("closed");
        assertFault(Fault.Code.UNAVAILABLE, () -> sandbox.run(job));
        sandbox.close();
    }

    private static Finished run(String program) {
        return SANDBOX.run(Job.python(program));
    }

    private static void awaitProcess(String word, Thread runner) throws IOException {
        while (!Host.isAlive(word)) {
            assertThat(runner.isAlive()).isTrue();
            Thread.onSpinWait();
        }
    }

    private static void assertFault(Fault.Code code, Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(code));
    }
}
