package dev.polymnia.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// One run of a program. Confined to the thread that waits for it, except [#stop].
final class Execution implements Runs.Run {
    /// How often the box is looked at.
    private static final long LOOK_NANOS = Duration.ofMillis(50).toNanos();

    private static final long PAUSE_NANOS = Duration.ofMillis(1).toNanos();

    /// How long the kernel may take for what it does in milliseconds.
    private static final Duration GRACE = Duration.ofSeconds(10);

    /// What shells and bubblewrap add to the number of a signal.
    private static final int SIGNAL = 128;

    private static final int LAST_SIGNAL = 64;
    private static final int SIGKILL = 9;
    private static final int SIGXCPU = 24;

    private final Process process;
    private final Path statusFile;
    private final Limits limits;
    private final Capture output;
    private final Capture errors;
    private final long begin = System.nanoTime();
    private volatile boolean stopped;
    private Duration mostCpu = Duration.ZERO;
    private String remark = "";

    /// Takes over a process that was just started.
    ///
    /// @param statusFile where bubblewrap tells what it does
    Execution(Process process, Path statusFile, Job job) {
        this.process = process;
        this.statusFile = statusFile;
        this.limits = job.limits();
        this.output = Capture.of(process.getInputStream(), limits.outputBytes());
        this.errors = Capture.of(process.getErrorStream(), limits.outputBytes());
        Thread.ofPlatform().daemon().name("sandbox-input").start(() -> feed(job.input()));
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
            wall = elapsed();
        } finally {
            end();
        }
        String written = output.text();
        String complaint = errors.text();
        boolean cut = output.isFull() || errors.isFull();
        Status status = Status.read(statusFile);
        if (stopped) {
            throw new Fault(Fault.Code.UNAVAILABLE, "The sandbox was closed while a program ran.");
        }
        if (forced.isEmpty() && status.exitCode().isEmpty()) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "The sandbox ended before the program did: %s."
                            .formatted(Complaint.firstLine(complaint)));
        }
        int exitCode = status.exitCode().orElse(SIGNAL + SIGKILL);
        Ending ending = cut ? Ending.OUTPUT_LIMIT : forced.orElseGet(() -> ending(exitCode));
        return new Finished(ending, exitCode, written, withRemark(complaint), cut, wall);
    }

    /// Adds why the sandbox killed the program, in a line of its own.
    private String withRemark(String complaint) {
        boolean breaks = !remark.isEmpty() && !complaint.isEmpty() && !complaint.endsWith("\n");
        return complaint + (breaks ? "\n" : "") + remark;
    }

    /// Waits until the program ends, or has to.
    ///
    /// @return what the program has to be ended for; empty if it ended
    private Optional<Ending> watch() {
        try {
            while (!stopped) {
                long left = limits.wall().minus(elapsed()).toNanos();
                if (left <= 0) {
                    return Optional.of(Ending.WALL_LIMIT);
                }
                if (process.waitFor(Math.min(left, LOOK_NANOS), TimeUnit.NANOSECONDS)) {
                    return Optional.empty();
                }
                if (output.isFull() || errors.isFull()) {
                    return Optional.of(Ending.OUTPUT_LIMIT);
                }
                if (isOverfull()) {
                    return Optional.of(Ending.SIGNALLED);
                }
            }
            return Optional.of(Ending.SIGNALLED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault(
                    Fault.Code.CANCELLED, "The thread was interrupted; the program was killed.", e);
        }
    }

    /// Looks for what no limit of the kernel bounds: the processes of a user who has others outside
    /// too, and the memory of all together.
    private boolean isOverfull() {
        Optional<Init> init = init();
        if (init.isEmpty()) {
            return false;
        }
        Census census = Census.of(init.get().pid(), limits.processes());
        if (census.mostCpu().compareTo(mostCpu) > 0) {
            mostCpu = census.mostCpu();
        }
        if (census.tasks() > limits.processes()) {
            remark =
                    "Killed by the sandbox: more than %d processes and threads.\n"
                            .formatted(limits.processes());
        } else if (census.memoryBytes() > limits.memoryBytes()) {
            remark =
                    "Killed by the sandbox: its processes together held more than %d bytes.\n"
                            .formatted(limits.memoryBytes());
        }
        return !remark.isEmpty();
    }

    /// Ends what is still alive and returns when nothing is. Not interrupted.
    ///
    /// It is the box's first process that is killed: bubblewrap, which sees its end, then ends by
    /// itself. Killed in the middle of its preparations bubblewrap could leave a box behind that
    /// does not know yet that it should die, too.
    private void end() {
        try {
            awaitInit().ifPresent(Init::kill);
            process.onExit().completeOnTimeout(process, GRACE.toSeconds(), TimeUnit.SECONDS).join();
        } finally {
            // Destroying closes the streams, which may not be read to their end yet.
            if (process.isAlive()) {
                process.destroyForcibly().onExit().join();
            }
        }
        init().ifPresent(Execution::awaitDeath);
    }

    /// Waits until bubblewrap tells what the first process of the box is, which then runs nothing
    /// yet.
    private Optional<Init> awaitInit() {
        long begun = System.nanoTime();
        Optional<Init> init = init();
        while (init.isEmpty() && process.isAlive() && isWithinGrace(begun)) {
            LockSupport.parkNanos(PAUSE_NANOS);
            init = init();
        }
        return init;
    }

    private static void awaitDeath(Init init) {
        long begun = System.nanoTime();
        while (init.isAlive()) {
            if (!isWithinGrace(begun)) {
                throw new Fault(
                        Fault.Code.INTERNAL,
                        "Process %d of a program in the sandbox was killed and is still alive after %s."
                                .formatted(init.pid(), GRACE));
            }
            init.kill();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static boolean isWithinGrace(long begun) {
        return System.nanoTime() - begun < GRACE.toNanos();
    }

    private Ending ending(int exitCode) {
        boolean isOutOfCpu =
                exitCode == SIGNAL + SIGXCPU
                        // It did not listen to SIGXCPU and came to the hard limit.
                        || (exitCode == SIGNAL + SIGKILL
                                && mostCpu.toMillis() >= 1000 * limits.cpuSeconds());
        if (isOutOfCpu) {
            return Ending.CPU_LIMIT;
        }
        return exitCode > SIGNAL && exitCode <= SIGNAL + LAST_SIGNAL
                ? Ending.SIGNALLED
                : Ending.EXITED;
    }

    private Optional<Init> init() {
        var pid = Status.read(statusFile).init();
        return pid.isPresent() ? Optional.of(new Init(pid.getAsLong())) : Optional.empty();
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private void feed(String input) {
        try (OutputStream to = process.getOutputStream()) {
            to.write(input.getBytes(UTF_8));
        } catch (IOException _) {
            // A program need not read its input; its end closes the pipe.
        }
    }
}
