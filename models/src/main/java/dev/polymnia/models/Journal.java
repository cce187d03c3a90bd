package dev.polymnia.models;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;

/// What is known for certain about a half-fetched file, in a file beside it. Each line ends with a
/// checksum of itself, so that a line torn by a crash is seen and dropped. Confined to one thread.
///
/// The first line says which file is being fetched (`fetch SHA256 BYTES`); a line `length N SHA256`
/// says that the first N bytes are on the disk and what they hash to; a line `validator TEXT` keeps
/// what the model hub calls this state of the file (an ETag).
final class Journal implements AutoCloseable {
    private static final String LENGTH = "length ";
    private static final String VALIDATOR = "validator ";

    private final FileChannel channel;
    private final String title;
    private Mark last = Mark.NOTHING;
    private Optional<String> validator = Optional.empty();

    /// A prefix that is on the disk.
    ///
    /// @param length its bytes
    /// @param sha256 its digest
    record Mark(long length, String sha256) {
        static final Mark NOTHING = new Mark(0, "");
    }

    /// Opens a journal; what it says about another file is forgotten.
    ///
    /// @param sha256 the digest of the whole file that is being fetched
    /// @param bytes the size of it
    Journal(Path file, String sha256, long bytes) throws IOException {
        title = "fetch " + sha256 + " " + bytes;
        String text = Files.exists(file) ? Files.readString(file, ISO_8859_1) : "";
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        long good = read(text);
        channel.truncate(good);
        channel.position(good);
        if (good == 0) {
            write(title);
        }
    }

    /// Returns the longest prefix that is known to be on the disk.
    Mark last() {
        return last;
    }

    Optional<String> validator() {
        return validator;
    }

    /// Notes a prefix that is on the disk, and sees that the note is too.
    void mark(Mark mark) throws IOException {
        write(LENGTH + mark.length() + " " + mark.sha256());
        last = mark;
    }

    /// Notes how the model hub calls the file.
    void validator(String text) throws IOException {
        write(VALIDATOR + text);
        validator = Optional.of(text);
    }

    /// Forgets everything.
    void clear() throws IOException {
        last = Mark.NOTHING;
        validator = Optional.empty();
        channel.truncate(0);
        channel.position(0);
        write(title);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /// Takes the good lines and returns how many bytes they are. ISO 8859-1 has a character per
    /// byte.
    private long read(String text) {
        int begin = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', begin)) {
            String line = text.substring(begin, end);
            int space = line.lastIndexOf(' ');
            if (space < 0
                    || !line.substring(space + 1).equals(checksum(line.substring(0, space)))) {
                return begin;
            }
            String words = line.substring(0, space);
            if (begin == 0 && !words.equals(title)) {
                return 0;
            }
            take(words);
            begin = end + 1;
        }
        return begin;
    }

    private void take(String words) {
        if (words.startsWith(LENGTH)) {
            String[] parts = words.split(" ", -1);
            last = new Mark(Long.parseLong(parts[1]), parts[2]);
        }
        if (words.startsWith(VALIDATOR)) {
            validator = Optional.of(words.substring(VALIDATOR.length()));
        }
    }

    private void write(String words) throws IOException {
        ByteBuffer line = ISO_8859_1.encode(words + " " + checksum(words) + "\n");
        while (line.hasRemaining()) {
            channel.write(line);
        }
        channel.force(false);
    }

    private static String checksum(String words) {
        CRC32C crc = new CRC32C();
        crc.update(words.getBytes(ISO_8859_1));
        return Long.toHexString(crc.getValue());
    }
}
