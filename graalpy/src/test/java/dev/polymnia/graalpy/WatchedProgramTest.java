package dev.polymnia.graalpy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import dev.polymnia.sandbox.Finished;
import dev.polymnia.sandbox.Job;
import dev.polymnia.sandbox.Limits;
import dev.polymnia.sandbox.Sandbox;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Programs whose child JVM is watched from outside. One at a time: the child is known by being the
/// only one.
final class WatchedProgramTest {
    private static final Sandbox SANDBOX = Opened.sandbox();
    private static final Limits PATIENT = Limits.DEFAULT.withWall(Duration.ofMinutes(10));

    @AfterAll
    static void close() {
        SANDBOX.close();
    }

    @Test
    void an_interruption_kills_the_program() throws Exception {
        Job job = Job.python("import time; time.sleep(1000)").withLimits(PATIENT);
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
        ProcessHandle child = awaitChild(ProcessHandle.current(), thread);

        thread.interrupt();

        assertThat(flag.get()).isTrue();
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void closing_kills_the_program() throws Exception {
        Job job = Job.python("while True: pass").withLimits(PATIENT);
        CompletableFuture<Finished> run = new CompletableFuture<>();
        Sandbox sandbox = Opened.sandbox();
        Thread thread =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                run.complete(sandbox.run(job));
                            } catch (RuntimeException e) {
                                run.completeExceptionally(e);
                            }
                        });
        ProcessHandle child = awaitChild(ProcessHandle.current(), thread);

        sandbox.close();

        assertThat(child.isAlive()).isFalse();
        assertThatThrownBy(run::get).hasCauseInstanceOf(Fault.class).hasMessageContaining("closed");
        assertFault(Fault.Code.UNAVAILABLE, () -> sandbox.run(job));
        sandbox.close();
    }

    @Test
    void a_child_dies_with_its_parent() throws Exception {
        Process parent =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Parent.class.getName())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        BufferedReader words =
                new BufferedReader(new InputStreamReader(parent.getInputStream(), UTF_8));
        assertThat(words.readLine()).isEqualTo("opened");
        ProcessHandle child = awaitChild(parent.toHandle(), Thread.currentThread());

        parent.destroyForcibly().onExit().join();

        assertThat(child.onExit().get(60, TimeUnit.SECONDS).isAlive()).isFalse();
    }

    private static ProcessHandle awaitChild(ProcessHandle parent, Thread runner) {
        Optional<ProcessHandle> child = Optional.empty();
        while (child.isEmpty()) {
            assertThat(runner.isAlive()).isTrue();
            Thread.onSpinWait();
            List<ProcessHandle> children = parent.children().toList();
            child = children.stream().findFirst();
        }
        return child.orElseThrow();
    }

    private static void assertFault(Fault.Code code, Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(code));
    }
}
