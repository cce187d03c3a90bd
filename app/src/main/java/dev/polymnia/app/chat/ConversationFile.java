package dev.polymnia.app.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/// The file of a conversation that goes on: one line more for each turn, on the disk before the
/// next question. Locked while it is open, so that two chats do not mix. Confined to one thread.
final class ConversationFile implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;
    private long length;

    private ConversationFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /// Makes the file and opens it; empty if there is one of this name.
    ///
    /// @throws Fault `UNAVAILABLE` if it cannot be written
    static Optional<ConversationFile> create(Path path) {
        try {
            return PrivateFiles.create(path) ? Optional.of(open(path)) : Optional.empty();
        } catch (IOException e) {
            throw notWritable(path, e);
        }
    }

    /// Opens a file that is there, and locks it.
    ///
    /// @throws Fault `UNAVAILABLE` if it cannot be written or another chat has it open
    static ConversationFile open(Path path) {
        try {
            return lock(
                    path,
                    FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw notWritable(path, e);
        }
    }

    private static ConversationFile lock(Path path, FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new ConversationFile(path, channel);
            }
        } catch (OverlappingFileLockException e) {
            // Another chat of this process has it, which is the same to us.
            channel.close();
            throw taken(path, e);
        }
        channel.close();
        throw taken(path, new IOException("locked by another process"));
    }

    /// Reads all lines. A last one without an end is cut off, so that the next turn begins a line.
    List<String> lines() {
        try {
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
            while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {}
            int end = bytes.position();
            while (end > 0 && bytes.get(end - 1) != '\n') {
                end--;
            }
            length = end;
            return new String(bytes.array(), 0, end, UTF_8).lines().toList();
        } catch (IOException | ArithmeticException e) {
            throw new Fault(Fault.Code.UNAVAILABLE, "Cannot read " + path + ": " + e, e);
        }
    }

    /// Writes a line and sees that it is on the disk; if that fails, the file stays as it was.
    ///
    /// @throws Fault with `UNAVAILABLE`
    void append(String line) {
        ByteBuffer bytes = UTF_8.encode(line + "\n");
        try {
            channel.truncate(length);
            long at = length;
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
            channel.force(false);
            length = at;
        } catch (IOException e) {
            throw notWritable(path, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw notWritable(path, e);
        }
    }

    private static Fault taken(Path path, Exception cause) {
        return new Fault(
                Fault.Code.UNAVAILABLE,
                "The conversation "
                        + path.getFileName()
                        + " is open in another chat; close it"
                        + " there, or begin a new one.",
                cause);
    }

    private static Fault notWritable(Path path, IOException cause) {
        return new Fault(
                Fault.Code.UNAVAILABLE,
                "Cannot write to %s: %s. Make it writable and see that the disk is not full, or set"
                                .formatted(path, cause)
                        + " POLYMNIA_DATA to another folder, or chat with --incognito.",
                cause);
    }
}
