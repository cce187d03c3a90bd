package dev.polymnia.server;

import dev.polymnia.server.store.FileLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/// Conversations in a ZIP: an export of OpenAI's or Anthropic's as it is downloaded, or one of our
/// own. It is read from its beginning to its end, entry by entry, in memory: nothing is unpacked
/// onto the disk, and the name of an entry is something to compare, never a path. So what its
/// directory says of sizes and places (entries that overlap) is not believed; that all entries were
/// seen is checked with it. Confined to one thread.
final class ZipImport {
    private static final int MOST_ENTRIES = 20_000;

    /// What is in it may be so many times as long as the longest body.
    private static final int MOST_BODIES = 16;

    /// Deflate makes 1,032 bytes of one at the most; words become a tenth, pictures stay as they
    /// are.
    private static final int MOST_RATIO = 100;

    /// The folder of the files in a ZIP of ours.
    static final String FILES = "files/";

    private static final Pattern LISTS = Pattern.compile("(.*/)?conversations(-\\d+)?\\.json");
    private static final Pattern ONE =
            Pattern.compile("conversation\\.json|conversations/[^/]+\\.json");

    private final byte[] zip;
    private final FileLimits limits;
    private final int mostBytes;
    private final long mostInflated;
    private final Map<String, byte[]> files = new HashMap<>();
    private boolean hasConversations;

    /// @param zip all of it
    /// @param mostBytes of a request's body, and of one conversation
    ZipImport(byte[] zip, FileLimits limits, int mostBytes) {
        this.zip = zip;
        this.limits = limits;
        this.mostBytes = mostBytes;
        mostInflated =
                Math.min(
                        (long) MOST_BODIES * mostBytes,
                        Math.max(mostBytes, (long) MOST_RATIO * zip.length));
    }

    /// Returns whether bytes are a ZIP.
    static boolean isOne(byte[] bytes) {
        return FileKind.ZIP.begins(bytes);
    }

    /// Looks at all that is in it.
    ///
    /// @return the files in it, by their places
    /// @throws ApiError if it is broken, encrypted, or more than is taken
    Map<String, byte[]> look() {
        Set<String> names = new HashSet<>();
        Counted all = new Counted(mostInflated);
        try (ZipInputStream in = open()) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!names.add(entry.getName())) {
                    throw broken("two entries have the same name");
                }
                if (names.size() > MOST_ENTRIES) {
                    throw tooMuch("it has more than %d entries".formatted(MOST_ENTRIES));
                }
                look(entry, in, all);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw broken(reason(e));
        }
        if (names.size() != told()) {
            throw broken(
                    "%d entries are in it, and it says that there are %d"
                            .formatted(names.size(), told()));
        }
        if (!hasConversations) {
            throw ApiError.field(
                    "body",
                    "There is no conversations.json and no conversation.json in the ZIP; send the"
                            + " export as it was downloaded.");
        }
        return files;
    }

    private void look(ZipEntry entry, InputStream in, Counted all) throws IOException {
        String name = entry.getName();
        hasConversations |= isJson(name);
        boolean file = name.startsWith(FILES) && !entry.isDirectory();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        byte[] some = new byte[8192];
        for (int length = in.read(some); length >= 0; length = in.read(some)) {
            all.add(length);
            if (file) {
                content.write(some, 0, length);
                if (content.size() > limits.fileBytes()) {
                    throw ApiError.refused(
                            413,
                            "too_large",
                            "The file '%s' in the ZIP has more than %d bytes, which is the most; nothing was taken."
                                    .formatted(FileName.of(name), limits.fileBytes()));
                }
            }
        }
        if (file) {
            files.put(name, content.toByteArray());
        }
    }

    private static boolean isJson(String name) {
        return LISTS.matcher(name).matches() || ONE.matcher(name).matches();
    }

    /// Reads the conversations.
    ///
    /// @throws ApiError if they are none
    void read(Imports imports) {
        try (ZipInputStream in = open()) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (isJson(entry.getName())) {
                    read(in, imports);
                }
            }
        } catch (IOException e) {
            throw broken(reason(e));
        } catch (JacksonException e) {
            throw ApiError.refused(
                    400,
                    "invalid_json",
                    "A file of conversations in the ZIP is no JSON: " + e.getOriginalMessage());
        }
    }

    /// Reads a file of conversations, of which one at a time is a tree in memory.
    private void read(InputStream in, Imports imports) {
        Counted one = new Counted(mostBytes);
        try (JsonParser parser = JsonMapper.shared().createParser(new Metered(in, one))) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw broken("a file of conversations in it is empty");
            }
            if (first != JsonToken.START_ARRAY) {
                imports.add(parser.readValueAsTree());
            } else {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    one.reset();
                    imports.add(parser.readValueAsTree());
                }
            }
            if (parser.nextToken() != null) {
                throw broken("something follows the conversations");
            }
        }
    }

    /// Names without a mark are not UTF-8 in some archives, and nobody reads them but for those
    /// that are known.
    private ZipInputStream open() {
        return new ZipInputStream(new ByteArrayInputStream(zip), StandardCharsets.ISO_8859_1);
    }

    /// Returns how many entries its directory tells of, which lies before its end (APPNOTE.TXT of
    /// PKWARE's, 4.3.14 to 4.3.16).
    private long told() {
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        for (int end = zip.length - 22; end >= Math.max(0, zip.length - 22 - 0xFFFF); end--) {
            if (bytes.getInt(end) == 0x06054B50
                    && end + 22 + Short.toUnsignedInt(bytes.getShort(end + 20)) == zip.length) {
                int count = Short.toUnsignedInt(bytes.getShort(end + 10));
                long size = Integer.toUnsignedLong(bytes.getInt(end + 12));
                long place = Integer.toUnsignedLong(bytes.getInt(end + 16));
                return count == 0xFFFF || place == 0xFFFFFFFFL
                        ? longer(bytes, end - 20)
                        : requireBefore(end, place, size, count);
            }
        }
        throw broken("its end is missing");
    }

    /// @param locator where it is said where the longer record is
    private static long longer(ByteBuffer bytes, int locator) {
        if (locator >= 0 && bytes.getInt(locator) == 0x07064B50) {
            long place = bytes.getLong(locator + 8);
            if (place >= 0
                    && place <= bytes.capacity() - 56
                    && bytes.getInt((int) place) == 0x06064B50) {
                int end = (int) place;
                return requireBefore(
                        end,
                        bytes.getLong(end + 48),
                        bytes.getLong(end + 40),
                        bytes.getLong(end + 32));
            }
        }
        throw broken("its end is missing");
    }

    private static long requireBefore(long end, long place, long size, long count) {
        if (place + size != end) {
            throw broken("its directory is not where it says");
        }
        return count;
    }

    private static String reason(Exception e) {
        String message = e.getMessage();
        return message == null ? "it breaks off" : message;
    }

    private static ApiError broken(String why) {
        return ApiError.refused(
                400,
                "broken_zip",
                "The ZIP cannot be read: %s. Send it whole, and without a password; nothing was taken from it."
                        .formatted(why));
    }

    private static ApiError tooMuch(String why) {
        return ApiError.refused(
                413,
                "too_large",
                "The ZIP is more than is taken: %s. Send it in parts, or raise limits.body-bytes for it; nothing was taken from it."
                        .formatted(why));
    }

    /// Counts bytes up to a limit.
    private static final class Counted {
        private final long most;
        private long count;

        Counted(long most) {
            this.most = most;
        }

        void add(long bytes) {
            count += bytes;
            if (count > most) {
                throw tooMuch("what is in it has more than %d bytes".formatted(most));
            }
        }

        void reset() {
            count = 0;
        }
    }

    /// An entry, as far as it is counted. Whoever reads it does not close the ZIP.
    private static final class Metered extends InputStream {
        private final InputStream in;
        private final Counted counted;

        Metered(InputStream in, Counted counted) {
            this.in = in;
            this.counted = counted;
        }

        @Override
        public int read() throws IOException {
            int read = in.read();
            counted.add(1);
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            counted.add(Math.max(0, read));
            return read;
        }
    }
}
