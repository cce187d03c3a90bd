package dev.polymnia.models;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/// Digests of files.
final class Digests {
    private static final int CHUNK_BYTES = 1 << 20;

    private Digests() {}

    /// Feeds the first bytes of a file into a digest.
    ///
    /// @param progress is told of the bytes
    /// @throws Fault with `CANCELLED`
    /// @throws EOFException if the file has fewer
    static void update(
            MessageDigest digest,
            Path file,
            long bytes,
            Progress progress,
            Cancellation cancellation)
            throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (long left = bytes; left > 0; ) {
                cancellation.check();
                int count = in.read(chunk, 0, (int) Math.min(left, chunk.length));
                if (count < 0) {
                    throw new EOFException(file + " ends " + left + " bytes early");
                }
                digest.update(chunk, 0, count);
                progress.advance(count);
                left -= count;
            }
        }
    }

    /// Returns what a digest has come to, in hexadecimal digits, and leaves it as it is.
    static String soFar(MessageDigest digest) {
        try {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new Fault(
                    Fault.Code.INTERNAL,
                    "This Java cannot copy a " + digest.getAlgorithm() + ". Use an unchanged JDK.",
                    e);
        }
    }
}
