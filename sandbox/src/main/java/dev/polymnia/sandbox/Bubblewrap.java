package dev.polymnia.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/// The sandbox of Linux: one [Box] for each run, nothing shared between them. Thread-safe.
final class Bubblewrap implements Sandbox {
    private final Box box;
    private final Path folder;
    private final Path filter;
    private final Uids uids = new Uids(ProcessHandle.current().pid());
    private final AtomicLong runs = new AtomicLong();
    private final Runs inProgress = new Runs();

    /// The kernel kills a box that should die with its parent when the *thread* that started it
    /// ends, and threads that carry virtual threads come and go. This one stays.
    private final ExecutorService starter =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("polymnia-sandbox").factory());

    private Bubblewrap(Box box, Path folder, Path filter) {
        this.box = box;
        this.folder = folder;
        this.filter = filter;
    }

    /// Opens a sandbox and proves it.
    ///
    /// @throws Fault with `UNAVAILABLE` if it does not work or does not hold
    static Bubblewrap open(Box box) {
        try {
            Path folder = Files.createTempDirectory("polymnia-sandbox-");
            Path filter = Files.write(folder.resolve("filter"), SeccompFilter.of(box.machine()));
            Bubblewrap sandbox = new Bubblewrap(box, folder, filter);
            try {
                Trial.prove(sandbox);
                return sandbox;
            } catch (RuntimeException e) {
                sandbox.close();
                throw e;
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    @Override
    public String description() {
        return box.description();
    }

    @Override
    public Finished run(Job job) {
        return inProgress.use(() -> {
            int place = uids.take();
            try {
                return run(job, uids.uid(place));
            } finally {
                uids.release(place);
            }
        });
    }

    private Finished run(Job job, int uid) {
        long number = runs.incrementAndGet();
        Path program = folder.resolve("program-" + number);
        Path status = folder.resolve("status-" + number);
        try {
            try {
                Files.write(program, job.program().getBytes(UTF_8));
                Files.createFile(status);
                ProcessBuilder builder =
                        new ProcessBuilder(box.command(job.limits(), uid, status, program, filter))
                                .directory(new File("/"));
                builder.environment().clear();
                return inProgress.finish(new Execution(start(builder), status, job));
            } finally {
                Files.deleteIfExists(program);
                Files.deleteIfExists(status);
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /// Starts a process. Is not interrupted, so that none is ever without an owner.
    private Process start(ProcessBuilder builder) {
        try {
            return CompletableFuture.supplyAsync(() -> startHere(builder), starter).join();
        } catch (CompletionException e) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "The sandbox cannot start a process: %s."
                            .formatted(requireNonNull(e.getCause()).getMessage()),
                    e);
        }
    }

    private static Process startHere(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    @Override
    public void close() {
        inProgress.close(this::free);
    }

    private void free() {
        starter.shutdown();
        try {
            Files.deleteIfExists(filter);
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private static Fault unwritable(IOException e) {
        return new Fault(
                Fault.Code.UNAVAILABLE,
                "The sandbox cannot use the folder for temporary files: %s."
                        .formatted(e.getMessage()),
                e);
    }
}
