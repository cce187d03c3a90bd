package dev.polymnia.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/// What is written down beside a tuned copy, so that the store knows which model it belongs to and
/// whether it is whole: a file of Java properties.
final class TuningRecord {
    private static final String ORIGINAL_PATH = "original.path";
    private static final String ORIGINAL_SHA256 = "original.sha256";
    private static final String ORIGINAL_BYTES = "original.bytes";
    private static final String ORIGINAL_MODIFIED = "original.modified";
    private static final String BYTES = "copy.bytes";
    private static final String SHA256 = "copy.sha256";
    private static final String MADE = "copy.made";
    private static final String ENGINE = "copy.engine";
    private static final String TENSORS = "copy.tensors";

    private TuningRecord() {}

    /// Writes a record; what was at the path is lost.
    static void write(TunedCopy copy, Path file) throws IOException {
        Properties record = new Properties();
        record.setProperty(ORIGINAL_PATH, copy.original().path().toString());
        record.setProperty(ORIGINAL_SHA256, copy.original().sha256());
        record.setProperty(ORIGINAL_BYTES, Long.toString(copy.original().bytes()));
        record.setProperty(ORIGINAL_MODIFIED, Long.toString(copy.original().modified()));
        record.setProperty(BYTES, Long.toString(copy.bytes()));
        record.setProperty(SHA256, copy.sha256());
        record.setProperty(MADE, copy.made().toString());
        record.setProperty(ENGINE, copy.engine());
        record.setProperty(TENSORS, copy.tensors());
        try (Writer out = Files.newBufferedWriter(file)) {
            record.store(out, null);
        }
    }

    /// Reads a record.
    ///
    /// @param copy the file that it is about
    /// @return empty if there is none or it is damaged
    static Optional<TunedCopy> read(Path file, Path copy) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Properties record = new Properties();
        // What a damaged disk left need not be in any encoding.
        try (Reader in = new StringReader(new String(Files.readAllBytes(file), UTF_8))) {
            record.load(in);
            return Optional.of(
                    new TunedCopy(
                            copy,
                            new TunedCopy.Original(
                                    Path.of(text(record, ORIGINAL_PATH)),
                                    text(record, ORIGINAL_SHA256),
                                    number(record, ORIGINAL_BYTES),
                                    number(record, ORIGINAL_MODIFIED)),
                            number(record, BYTES),
                            text(record, SHA256),
                            Instant.parse(text(record, MADE)),
                            text(record, ENGINE),
                            text(record, TENSORS)));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String text(Properties record, String key) {
        String value = record.getProperty(key, "");
        if (value.isBlank()) {
            throw new IllegalArgumentException("there is no " + key);
        }
        return value;
    }

    private static long number(Properties record, String key) {
        return Long.parseLong(text(record, key));
    }
}
