package dev.polymnia.models;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// Unpacks a `.tgz` into an empty folder. Takes regular files and folders only, keeps them inside
/// the folder, and stops at sizes that no package of ours has. Confined to one thread.
final class Unpacker {
    static final int MAX_ENTRIES = 10_000;
    static final long MAX_BYTES = 4L << 30;
    private static final int CHUNK_BYTES = 1 << 16;

    private final String title;
    private final Path folder;
    private final Progress progress;
    private final Cancellation cancellation;
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private long bytes;

    /// Creates an unpacker for one archive.
    ///
    /// @param title what the archive is, for messages
    /// @param folder absolute, normalised, exists
    Unpacker(String title, Path folder, Progress progress, Cancellation cancellation) {
        this.title = title;
        this.folder = folder;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /// Unpacks; what was written before a fault stays, for the caller to delete.
    ///
    /// @throws Fault `CORRUPT` for an archive that is damaged or breaks the rules; `CANCELLED`;
    ///   `UNAVAILABLE` if the disk does not take it
    void unpack(Path archive) {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
                TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(file))) {
            int entries = 0;
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                if (++entries > MAX_ENTRIES) {
                    throw corrupt("it has more than " + MAX_ENTRIES + " files");
                }
                place(entry, tar);
            }
            if (entries == 0) {
                throw corrupt("it is empty");
            }
        } catch (IOException e) {
            throw new Fault(Fault.Code.CORRUPT, message("it is damaged: " + e.getMessage()), e);
        }
    }

    private void place(TarArchiveEntry entry, InputStream in) throws IOException {
        Path path = inside(entry.getName());
        if (entry.isDirectory()) {
            CacheFolder.create(path);
            return;
        }
        if (!isFile(entry.getLinkFlag())) {
            throw corrupt(entry.getName() + " is neither a file nor a folder");
        }
        CacheFolder.create(path.resolveSibling(".").normalize());
        copy(path, in);
    }

    // The library's own isFile() holds for pipes and devices too.
    private static boolean isFile(byte kind) {
        return kind == TarConstants.LF_NORMAL || kind == TarConstants.LF_OLDNORM;
    }

    private Path inside(String name) {
        try {
            Path path = folder.resolve(name).normalize();
            if (path.startsWith(folder) && !path.equals(folder)) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw new Fault(Fault.Code.CORRUPT, message("it has the path " + name), e);
        }
        throw corrupt("the path " + name + " leads out of the folder");
    }

    private void copy(Path path, InputStream in) throws IOException {
        try (OutputStream out = open(path)) {
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                cancellation.check();
                bytes += count;
                if (bytes > MAX_BYTES) {
                    throw corrupt("it has more than " + MAX_BYTES + " bytes");
                }
                write(out, count, path);
            }
        }
    }

    private OutputStream open(Path path) {
        try {
            return Files.newOutputStream(
                    path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw CacheFolder.notWritable(path, e);
        }
    }

    private void write(OutputStream out, int count, Path path) {
        try {
            out.write(chunk, 0, count);
        } catch (IOException e) {
            throw CacheFolder.notWritable(path, e);
        }
        if (count > 0) {
            progress.advance(count);
        }
    }

    private Fault corrupt(String reason) {
        return new Fault(Fault.Code.CORRUPT, message(reason));
    }

    private String message(String reason) {
        return "The package " + title + " cannot be unpacked: " + reason + ". Nothing was kept.";
    }
}
