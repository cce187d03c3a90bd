package dev.polymnia.models;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.core.platform.MessageDigests;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Optional;

/// A file that is being fetched: it grows at its end, from whichever source, and gets its name in
/// one step when its digest is right. Its state is one number, the length of the prefix that is on
/// the disk, which a [Journal] beside it keeps with the prefix's digest; so it survives being
/// killed at any byte. Belongs to whoever holds the [FetchLock]; confined to one thread.
final class Partial implements AutoCloseable {
    /// How much may be lost when the process is killed or the power fails.
    static final long SECURE_BYTES = 16L << 20;

    private static final long LONG_CHECK_BYTES = 256L << 20;

    private final CatalogueEntry entry;
    private final Path target;
    private final Path file;
    private final long secureBytes;
    private final FileChannel channel;
    private final Journal journal;
    private MessageDigest digest = MessageDigests.sha256();
    private long length;

    private Partial(CatalogueEntry entry, Path target, long secureBytes) throws IOException {
        this.entry = entry;
        this.target = target;
        this.file = data(target);
        this.secureBytes = secureBytes;
        this.journal = new Journal(journal(target), entry.sha256(), entry.bytes());
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /// Opens what is here of a file; nothing, if file and journal disagree.
    ///
    /// @param target the name it gets in the end; its folder exists
    /// @param secureBytes after how many bytes they are forced to the disk and noted
    /// @throws Fault `CANCELLED`; `UNAVAILABLE` if the disk does not take it
    static Partial open(
            CatalogueEntry entry,
            Path target,
            long secureBytes,
            Progress progress,
            Cancellation cancellation) {
        try {
            Partial partial = new Partial(entry, target, secureBytes);
            try {
                partial.restore(progress, cancellation);
                return partial;
            } catch (IOException | RuntimeException e) {
                partial.closeFiles();
                throw e;
            }
        } catch (IOException e) {
            throw failed(data(target), e);
        }
    }

    /// Returns how many bytes of a half-fetched file are here.
    static long bytesHere(Path target) {
        Path file = data(target);
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE, "Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /// Deletes a half-fetched file with its journal.
    static void delete(Path target) {
        try {
            // The journal last: without its file it says nothing, a file without it is not trusted.
            Files.deleteIfExists(data(target));
            Files.deleteIfExists(journal(target));
        } catch (IOException e) {
            throw CacheFolder.notWritable(target, e);
        }
    }

    long length() {
        return length;
    }

    long missing() {
        return entry.bytes() - length;
    }

    /// Returns how the model hub calls the file that these bytes are from; empty if it did not say.
    Optional<String> validator() {
        return journal.validator();
    }

    void validator(String text) {
        try {
            journal.validator(text);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /// Adds bytes, no more than are missing.
    void append(byte[] bytes, int offset, int count) {
        if (count > missing()) {
            throw new IllegalArgumentException(count + " bytes, but only " + missing() + " miss");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, count);
        try {
            while (buffer.hasRemaining()) {
                int from = buffer.position();
                int written = channel.write(buffer);
                digest.update(bytes, from, written);
                length += written;
            }
            if (length - journal.last().length() >= secureBytes) {
                force();
            }
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /// Sees that what is here will be here after a crash.
    void secure() {
        try {
            force();
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private void force() throws IOException {
        if (length > journal.last().length()) {
            channel.force(false);
            journal.mark(new Journal.Mark(length, Digests.soFar(digest)));
        }
    }

    /// Throws everything away that is here.
    void discard() {
        try {
            journal.clear();
            channel.truncate(0);
            channel.position(0);
        } catch (IOException e) {
            throw failed(file, e);
        }
        digest = MessageDigests.sha256();
        length = 0;
    }

    /// Returns whether this is the whole file in the catalogue.
    boolean isRight() {
        return missing() == 0 && Digests.soFar(digest).equals(entry.sha256());
    }

    /// Returns why this is not the file in the catalogue.
    Unobtainable wrong() {
        return Unobtainable.corrupt(
                missing() > 0
                        ? "it has " + length + " bytes instead of " + entry.bytes()
                        : "its SHA-256 is "
                                + Digests.soFar(digest)
                                + " instead of "
                                + entry.sha256());
    }

    /// Gives the checked file its name and removes the journal.
    void finish() {
        try {
            // A rename can outlive a power cut that the bytes do not.
            channel.force(true);
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
            journal.close();
            Files.deleteIfExists(journal(target));
        } catch (AtomicMoveNotSupportedException e) {
            throw ScratchFolder.noAtomicMove(target, e);
        } catch (IOException e) {
            throw failed(target, e);
        }
    }

    /// Keeps what is here for the next time, if there is anything.
    @Override
    public void close() {
        try (journal;
                channel) {
            if (Files.exists(file)) {
                force();
            }
        } catch (IOException e) {
            throw failed(file, e);
        }
        if (length == 0) {
            delete(target);
        }
    }

    private void closeFiles() throws IOException {
        try (journal;
                channel) {}
    }

    private void restore(Progress progress, Cancellation cancellation) throws IOException {
        Journal.Mark mark = journal.last();
        if (mark.length() == 0 || mark.length() > channel.size() || missing() < mark.length()) {
            discard();
            return;
        }
        if (mark.length() > LONG_CHECK_BYTES) {
            progress.note("Checking what is here of " + entry.file() + ".");
        }
        Digests.update(digest, file, mark.length(), Progress.NONE, cancellation);
        if (!Digests.soFar(digest).equals(mark.sha256())) {
            discard();
            return;
        }
        length = mark.length();
        channel.truncate(length);
        channel.position(length);
    }

    private static Path data(Path target) {
        return target.resolveSibling("." + target.getFileName() + ".part");
    }

    private static Path journal(Path target) {
        return target.resolveSibling("." + target.getFileName() + ".journal");
    }

    private static Fault failed(Path file, IOException cause) {
        if (cause instanceof ClosedByInterruptException) {
            return new Fault(Fault.Code.CANCELLED, "The download was interrupted.", cause);
        }
        return CacheFolder.notWritable(file, cause);
    }
}
