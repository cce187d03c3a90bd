package dev.polymnia.eval.run;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Function;
import tools.jackson.core.JacksonException;

/// A file with a JSON object in each line. A line is on the disk before [#add] returns. A process
/// that is killed leaves at most half a line at the end, which readers pass over and which is cut
/// off when the file is opened again. Thread-safe; one process at a time writes to it.
final class LineFile implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    /// The whole lines; guarded by this.
    private long length;

    private LineFile(Path file, FileChannel channel, long length) {
        this.file = file;
        this.channel = channel;
        this.length = length;
    }

    /// Opens a file behind its last whole line; makes it if it is not there.
    ///
    /// @throws Fault `UNAVAILABLE` if it cannot be read or written
    static LineFile open(Path file) {
        try {
            FileChannel channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            try {
                long end = endOfLines(channel);
                channel.truncate(end);
                return new LineFile(file, channel, end);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw FolderFaults.unavailable(file, e);
        }
    }

    private static long endOfLines(FileChannel channel) throws IOException {
        long end = channel.size();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (end > 0) {
            one.clear();
            channel.read(one, end - 1);
            if (one.get(0) == '\n') {
                break;
            }
            end--;
        }
        return end;
    }

    /// Writes one more line.
    ///
    /// @param value what the line holds, as a record
    /// @throws Fault `UNAVAILABLE` if it cannot be written
    synchronized void add(Object value) {
        byte[] line = RunJson.MAPPER.writeValueAsBytes(value);
        ByteBuffer bytes = ByteBuffer.allocate(line.length + 1).put(line).put((byte) '\n').flip();
        try {
            channel.truncate(length); // a write that failed may have left half a line
            long at = length;
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
            channel.force(false);
            length = at;
        } catch (IOException e) {
            throw FolderFaults.unavailable(file, e);
        }
    }

    /// Returns the whole lines of a file; none if it is not there.
    ///
    /// @throws Fault `UNAVAILABLE` if it cannot be read
    static List<String> lines(Path file) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            // Half a line may end inside a character.
            String all = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return all.substring(0, all.lastIndexOf('\n') + 1).lines().toList();
        } catch (IOException e) {
            throw FolderFaults.unavailable(file, e);
        }
    }

    /// Returns what lines hold.
    ///
    /// @param file where they are from
    /// @throws Fault `CORRUPT` if one of them does not hold that
    static <T> List<T> read(Path file, List<String> lines, Class<T> type) {
        return read(file, lines, line -> RunJson.MAPPER.readValue(line, type));
    }

    /// Returns what lines hold.
    ///
    /// @param file where they are from
    /// @param reader reads a line; throws a `JacksonException` if it does not hold that
    /// @throws Fault `CORRUPT` if one of them does not hold that
    static <T> List<T> read(Path file, List<String> lines, Function<String, T> reader) {
        try {
            return lines.stream().map(reader).toList();
        } catch (JacksonException e) {
            throw FolderFaults.damaged(file, e);
        }
    }

    @Override
    public void close() {
        try (channel) {
            channel.force(true);
        } catch (IOException e) {
            throw FolderFaults.unavailable(file, e);
        }
    }
}
