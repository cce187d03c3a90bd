package dev.polymnia.models;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/// The right to fetch one thing, held by at most one thread of all processes that share a folder.
/// The system takes it back when its holder dies. The empty file it lies on stays: deleting it
/// would let two others each lock a file of that name.
final class FetchLock implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Path file;
    private final FileChannel channel;

    private FetchLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /// Waits for the lock.
    ///
    /// @param target what is to be fetched; its folder exists
    /// @param progress is told if there is somebody to wait for
    /// @throws Fault `CANCELLED`; `UNAVAILABLE` if the file system has no locks
    static FetchLock acquire(
            Path target, Pause pause, Progress progress, Cancellation cancellation) {
        boolean told = false;
        while (true) {
            cancellation.check();
            Optional<FetchLock> lock = tryAcquire(target);
            if (lock.isPresent()) {
                return lock.get();
            }
            if (!told) {
                progress.note(
                        "Another Polymnia is fetching "
                                + target.getFileName()
                                + "; waiting until it is done.");
                told = true;
            }
            pause.sleep(POLL, cancellation);
        }
    }

    /// Takes the lock if it is free.
    static Optional<FetchLock> tryAcquire(Path target) {
        Path file = target.resolveSibling("." + target.getFileName() + ".lock");
        try {
            FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel)) {
                return Optional.of(new FetchLock(file, channel));
            }
            channel.close();
            return Optional.empty();
        } catch (IOException e) {
            throw CacheFolder.notWritable(file, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw CacheFolder.notWritable(file, e);
        }
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Another thread of this process has it.
            return false;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }
}
