package dev.polymnia.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polymnia.core.Fault;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// One run of a program in a child JVM.
///
/// The child's standard input stays open until the end: when this program dies, it ends, and the
/// child with it.
final class ChildRun implements Runs.Run {
    /// How often the child is looked at.
    private static final long LOOK_NANOS = Duration.ofMillis(50).toNanos();

    /// How long the child may take until the program begins; the first one unpacks GraalPy.
    private static final Duration START = Duration.ofMinutes(3);

    /// How long the system may take for what it does in milliseconds.
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final int COMPLAINT_BYTES = 1 << 16;

    /// What shells tell of a killed program: 128 and the number of `SIGKILL`.
    private static final int KILLED = 137;

    private static final int SIGNAL = 128;

    private final Process process;
    private final Limits limits;
    private final Frames frames;
    private final Capture complaints;
    private final long start = System.nanoTime();
    private volatile boolean stopped;
    private Duration ownCpu = Duration.ZERO;
    private boolean begun;

    private ChildRun(Process process, Job job) {
        this.process = process;
        this.limits = job.limits();
        this.frames = Frames.of(process.getInputStream(), limits.outputBytes());
        this.complaints = Capture.of(process.getErrorStream(), COMPLAINT_BYTES);
        Thread.ofPlatform().daemon().name("sandbox-input").start(() -> feed(job));
    }

    /// Starts a child.
    ///
    /// @throws Fault with `UNAVAILABLE` if that is impossible
    static ChildRun start(ChildJvm jvm, Job job) {
        ProcessBuilder builder =
                new ProcessBuilder(jvm.command(job.limits())).directory(new File("/"));
        builder.environment().clear();
        try {
            return new ChildRun(builder.start(), job);
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "The sandbox cannot start a child JVM: %s.".formatted(e.getMessage()),
                    e);
        }
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public Finished finish() {
        Optional<Ending> forced;
        Duration wall;
        try {
            forced = watch();
            wall = since(start);
        } finally {
            kill();
        }
        Frames.Content content = frames.content();
        String complaint = complaints.text();
        if (stopped) {
            throw new Fault(Fault.Code.UNAVAILABLE, "The sandbox was closed while a program ran.");
        }
        if (frames.begin().isEmpty()) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "The child JVM ended before the program began: %s."
                            .formatted(Complaint.firstLine(complaint)));
        }
        if (content.full()) {
            return finished(Ending.OUTPUT_LIMIT, KILLED, content, wall);
        }
        if (forced.isPresent()) {
            return finished(forced.get(), KILLED, content, wall);
        }
        if (content.exitCode().isPresent()) {
            return finished(Ending.EXITED, content.exitCode().getAsInt(), content, wall);
        }
        return died(content, complaint, wall);
    }

    /// Tells of a child that ended before its program did: by a signal, or its JVM broke.
    private Finished died(Frames.Content content, String complaint, Duration wall) {
        int code = process.exitValue();
        String remark =
                "The child JVM ended with code %d: %s.\n"
                        .formatted(code, Complaint.firstLine(complaint));
        return new Finished(
                Ending.SIGNALLED,
                code > SIGNAL && code < 256 ? code : KILLED,
                content.output(),
                content.errors() + remark,
                false,
                wall);
    }

    private static Finished finished(
            Ending ending, int exitCode, Frames.Content content, Duration wall) {
        return new Finished(
                ending, exitCode, content.output(), content.errors(), content.full(), wall);
    }

    /// Waits until the program ends, or has to.
    ///
    /// @return what the program has to be ended for; empty if it ended
    private Optional<Ending> watch() {
        try {
            while (!stopped && !frames.await(pause())) {
                if (frames.begin().isEmpty()) {
                    checkStart();
                } else if (left() <= 0) {
                    return Optional.of(Ending.WALL_LIMIT);
                } else if (isOutOfCpu()) {
                    return Optional.of(Ending.CPU_LIMIT);
                }
            }
            if (!stopped && !frames.content().full()) {
                process.waitFor(GRACE.toNanos(), TimeUnit.NANOSECONDS); // for its own exit code
            }
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault(
                    Fault.Code.CANCELLED, "The thread was interrupted; the program was killed.", e);
        }
    }

    private long pause() {
        return frames.begin().isEmpty() ? LOOK_NANOS : Math.clamp(left(), 0, LOOK_NANOS);
    }

    /// Returns what the program has left of its time.
    private long left() {
        return limits.wall().minus(since(frames.begin().orElseThrow())).toNanos();
    }

    private void checkStart() {
        if (since(start).compareTo(START) > 0) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "The child JVM did not begin to run the program in %s.".formatted(START));
        }
    }

    /// Looks at the processor time of the whole child, its compiler and collector included, less
    /// what it had taken before the program began.
    private boolean isOutOfCpu() {
        Duration all = process.info().totalCpuDuration().orElse(Duration.ZERO);
        if (!begun) {
            begun = true;
            ownCpu = all;
        }
        return all.minus(ownCpu).toSeconds() >= limits.cpuSeconds();
    }

    /// Kills the child, and returns when it is gone. Not interrupted.
    private void kill() {
        // The process's own method would close the streams, which may not be read to their end.
        process.toHandle().destroyForcibly();
        process.onExit().completeOnTimeout(process, GRACE.toSeconds(), TimeUnit.SECONDS).join();
        if (process.isAlive()) {
            throw new Fault(
                    Fault.Code.INTERNAL,
                    "Process %d, a child JVM of the sandbox, was killed and is still alive after %s."
                            .formatted(process.pid(), GRACE));
        }
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    /// Tells the child what to run; its pipe stays open.
    private void feed(Job job) {
        byte[] program = job.program().getBytes(UTF_8);
        byte[] input = job.input().getBytes(UTF_8);
        DataOutputStream to =
                new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        try {
            to.writeLong(limits.scratchBytes());
            to.writeInt(program.length);
            to.write(program);
            to.writeInt(input.length);
            to.write(input);
            to.flush();
        } catch (IOException _) {
            // It ended before it had read all; finish() tells why.
        }
    }
}
