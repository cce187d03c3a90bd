package dev.polymnia.llama;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polymnia.core.platform.MessageDigests;
import dev.polymnia.models.CacheFolder;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/// Where a [Tuning] is kept from one start to the next: one small file for each machine, model and
/// way of running it. It is measured again after a month, because machines change. A file that
/// cannot be read or written costs a measurement and nothing else. Immutable.
final class TuningFile {
    private static final System.Logger LOGGER = System.getLogger("dev.polymnia.llama");
    private static final Duration FRESH = Duration.ofDays(30);

    private final Path file;

    private TuningFile(Path file) {
        this.file = file;
    }

    /// Returns the file for something that was measured.
    ///
    /// @param parts all that a measurement depends on: machine, library, model, options
    static TuningFile of(CacheFolder folder, String... parts) {
        MessageDigest digest = MessageDigests.sha256();
        for (String part : parts) {
            digest.update(part.getBytes(UTF_8));
            digest.update((byte) 0);
        }
        String name = HexFormat.of().formatHex(digest.digest(), 0, 16);
        return new TuningFile(folder.measurements().resolve(name + ".txt"));
    }

    /// Returns what was measured, if it was and not too long ago.
    Optional<Tuning> read() {
        try {
            Instant then = Files.getLastModifiedTime(file).toInstant();
            return then.isAfter(Instant.now().minus(FRESH))
                    ? Optional.of(Tuning.parse(Files.readString(file)))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            LOGGER.log(Level.DEBUG, "What was measured cannot be read; measuring again.", e);
            return Optional.empty();
        }
    }

    /// Keeps what was measured.
    void write(Tuning tuning) {
        try {
            Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
            Path draft = Files.createTempFile(folder, "draft-", ".txt");
            Files.writeString(draft, tuning.format());
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOGGER.log(Level.DEBUG, "What was measured cannot be kept.", e);
        }
    }
}
