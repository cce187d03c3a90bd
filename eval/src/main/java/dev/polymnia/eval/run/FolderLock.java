package dev.polymnia.eval.run;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Keeps others from working on a run's folder until it is closed.
///
/// @param folder of the run
/// @param channel of the file that is locked
record FolderLock(Path folder, FileChannel channel) implements AutoCloseable {
    private static final String NAME = "lock";

    /// Takes the lock of a folder, which must be there.
    ///
    /// @throws Fault `OVERLOADED` if somebody has it, `UNAVAILABLE` if the folder cannot be written
    static FolderLock take(Path folder) {
        try {
            return locked(folder);
        } catch (IOException e) {
            throw FolderFaults.unavailable(folder, e);
        }
    }

    private static FolderLock locked(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw busy(folder, e);
        }
        if (lock == null) {
            channel.close();
            throw busy(folder, new IOException("locked by another process"));
        }
        return new FolderLock(folder, channel);
    }

    private static Fault busy(Path folder, Exception cause) {
        return new Fault(
                Fault.Code.OVERLOADED,
                "Another evaluation works in " + folder + "; wait for it, or choose another --out.",
                cause);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw FolderFaults.unavailable(folder, e);
        }
    }
}
