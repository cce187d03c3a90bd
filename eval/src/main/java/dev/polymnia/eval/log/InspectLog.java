package dev.polymnia.eval.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polymnia.core.Fault;
import dev.polymnia.eval.RunLog;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Writes runs as logs that Inspect AI reads (`read_eval_log`, `inspect log dump`, `inspect view`).
///
/// A file appears in one step, or stays as it was. The same run gives the same bytes. Any thread
/// may call this, but only one at a time for one file.
public final class InspectLog {
    private InspectLog() {}

    /// Writes a run as one JSON document.
    ///
    /// @param log the run, finished or not
    /// @param file its name has to end in `.json` for Inspect to read it; its folder is there
    /// @throws Fault with `UNAVAILABLE` if it cannot be written
    /// @throws IllegalArgumentException if a sample or a result is there twice, or a result belongs
    ///   to no sample
    public static void write(RunLog log, Path file) {
        EvalLog eval = new EvalLog(log);
        store(
                file,
                out -> {
                    // A writer replaces halves of characters, which JSON in UTF-8 cannot hold.
                    try (Writer writer = new OutputStreamWriter(out, UTF_8)) {
                        Parts.JSON.writeValue(writer, eval.whole());
                    }
                });
    }

    /// Writes a run as an archive (ZIP with deflated entries), several times smaller, of which
    /// Inspect reads single samples.
    ///
    /// @param log the run, finished or not
    /// @param file its name has to end in `.eval` for Inspect to read it; its folder is there
    /// @throws Fault with `UNAVAILABLE` if it cannot be written
    /// @throws IllegalArgumentException if a sample or a result is there twice, or a result belongs
    ///   to no sample
    public static void writeArchive(RunLog log, Path file) {
        EvalLog eval = new EvalLog(log);
        LocalDateTime time = LocalDateTime.ofInstant(log.started(), ZoneOffset.UTC);
        store(
                file,
                out -> {
                    try (ZipOutputStream zip = new ZipOutputStream(out, UTF_8)) {
                        put(zip, time, "_journal/start.json", eval.header().start());
                        for (EvalSample sample : eval.samples()) {
                            put(zip, time, sample.entry(), sample.whole());
                        }
                        put(zip, time, "summaries.json", eval.summaries());
                        if (!eval.results().isEmpty()) {
                            put(zip, time, "reductions.json", eval.results().reductions());
                        }
                        put(zip, time, "header.json", eval.header().whole());
                    }
                });
    }

    private static void put(ZipOutputStream zip, LocalDateTime time, String name, JsonNode node)
            throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(time);
        zip.putNextEntry(entry);
        zip.write(node.toString().getBytes(UTF_8));
        zip.closeEntry();
    }

    /// What fills a file.
    private interface Filling {
        void write(OutputStream out) throws IOException;
    }

    private static void store(Path file, Filling filling) {
        Path part = file.resolveSibling(String.valueOf(file.getFileName()) + ".part");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
                filling.write(out);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | JacksonException e) {
            Fault fault =
                    new Fault(
                            Fault.Code.UNAVAILABLE,
                            "The log "
                                    + file
                                    + " cannot be written: "
                                    + e
                                    + ". Check the folder and the free space, and try again.",
                            e);
            try {
                Files.deleteIfExists(part);
            } catch (IOException left) {
                fault.addSuppressed(left);
            }
            throw fault;
        }
    }
}
