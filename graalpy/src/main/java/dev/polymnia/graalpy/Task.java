package dev.polymnia.graalpy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;

/// What the child has to do.
///
/// @param scratchBytes what the program's files may hold
/// @param program Python source
/// @param input what the program can read
record Task(long scratchBytes, String program, String input) {
    /// Reads one: eight bytes for the size, then source and input as UTF-8, each with four bytes
    /// for its length.
    static Task read(DataInputStream from) throws IOException {
        return new Task(from.readLong(), text(from), text(from));
    }

    private static String text(DataInputStream from) throws IOException {
        int length = from.readInt();
        byte[] bytes = from.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("The task ends in its middle.");
        }
        return new String(bytes, UTF_8);
    }
}
