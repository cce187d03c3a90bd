package dev.polymnia.app.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polymnia.app.terminal.Printable;
import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Media;
import dev.polymnia.core.platform.UserFolders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// A file that goes with the next question.
///
/// @param name for people
/// @param bytes its size
/// @param content what the model is given
record Attachment(String name, long bytes, Content content) {
    private static final long MOST_TEXT = 1 << 20;
    private static final long MOST_IMAGE = 20 << 20;

    /// Reads a file: text in UTF-8, or a picture if the model can see.
    ///
    /// @param where its path; `~/` is the home folder
    /// @param images whether the model can see
    /// @throws Fault `NOT_FOUND`; `UNSUPPORTED` for pictures that the model cannot see and for what
    ///   is neither text nor a picture; `INVALID` if it is too large
    static Attachment read(String where, boolean images) {
        Path path = path(where);
        byte[] bytes = bytes(path);
        String name = String.valueOf(path.getFileName());
        Optional<String> type = imageType(bytes);
        if (type.isPresent()) {
            if (!images) {
                throw new Fault(
                        Fault.Code.UNSUPPORTED,
                        name + " is a picture, which this model cannot see.");
            }
            return new Attachment(
                    name, bytes.length, new Content.Image(new Media(type.get(), bytes)));
        }
        if (bytes.length > MOST_TEXT) {
            throw tooLarge(name, bytes.length, MOST_TEXT);
        }
        return new Attachment(
                name, bytes.length, new Content.Text(quoted(name, text(name, bytes))));
    }

    private static byte[] bytes(Path path) {
        try {
            if (!Files.isRegularFile(path)) {
                throw new Fault(Fault.Code.NOT_FOUND, "There is no file " + path + ".");
            }
            long size = Files.size(path);
            if (size > MOST_IMAGE) {
                throw tooLarge(path.toString(), size, MOST_IMAGE);
            }
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new Fault(Fault.Code.UNAVAILABLE, "Cannot read " + path + ": " + e, e);
        }
    }

    private static Path path(String where) {
        try {
            return where.startsWith("~/")
                    ? UserFolders.ofThisMachine().home().resolve(where.substring(2))
                    : Path.of(where);
        } catch (InvalidPathException e) {
            throw new Fault(Fault.Code.INVALID, "'" + where + "' is not a path.", e);
        }
    }

    private static String text(String name, byte[] bytes) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            if (text.indexOf(0) < 0) {
                return Printable.text(text);
            }
            throw neither(name, new IOException("it holds zero bytes"));
        } catch (CharacterCodingException e) {
            throw neither(name, e);
        }
    }

    /// Returns the text in a fence that is longer than any inside it.
    private static String quoted(String name, String text) {
        String fence = "```";
        while (text.contains(fence)) {
            fence += "`";
        }
        return "File " + name + ":\n" + fence + "\n" + text.stripTrailing() + "\n" + fence + "\n\n";
    }

    private static Optional<String> imageType(byte[] bytes) {
        if (starts(bytes, 0, 0x89, 'P', 'N', 'G')) {
            return Optional.of("image/png");
        }
        if (starts(bytes, 0, 0xFF, 0xD8, 0xFF)) {
            return Optional.of("image/jpeg");
        }
        if (starts(bytes, 0, 'G', 'I', 'F', '8')) {
            return Optional.of("image/gif");
        }
        if (starts(bytes, 0, 'R', 'I', 'F', 'F') && starts(bytes, 8, 'W', 'E', 'B', 'P')) {
            return Optional.of("image/webp");
        }
        return Optional.empty();
    }

    private static boolean starts(byte[] bytes, int at, int... expected) {
        if (bytes.length < at + expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (bytes[at + i] != (byte) expected[i]) {
                return false;
            }
        }
        return true;
    }

    private static Fault neither(String name, IOException cause) {
        return new Fault(
                Fault.Code.UNSUPPORTED,
                name + " is neither text in UTF-8 nor a picture, so it cannot be attached.",
                cause);
    }

    private static Fault tooLarge(String name, long bytes, long most) {
        return new Fault(
                Fault.Code.INVALID,
                "%s has %d bytes; at most %d can be attached.".formatted(name, bytes, most));
    }
}
