package dev.polymnia.eval.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Usage;
import dev.polymnia.eval.RunLog;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a log of Inspect's. Confined to one thread.
final class ForeignReader {
    private static final int VERSION = 2;

    /// Python writes numbers that JSON does not know.
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

    private final Path file;

    private ForeignReader(Path file) {
        this.file = file;
    }

    static ForeignLog read(Path file) {
        ForeignReader reader = new ForeignReader(file);
        try {
            return reader.isArchive() ? reader.archive() : reader.document();
        } catch (NoSuchFileException e) {
            throw new Fault(Fault.Code.NOT_FOUND, "There is no log " + file + ".", e);
        } catch (ZipException e) {
            throw reader.damaged(e);
        } catch (IOException e) {
            throw new Fault(Fault.Code.UNAVAILABLE, "The log " + file + " cannot be read: " + e, e);
        } catch (JacksonException e) {
            throw new Fault(Fault.Code.INVALID, words("it is not JSON", file), e);
        }
    }

    private boolean isArchive() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == 'P' && in.read() == 'K';
        }
    }

    private ForeignLog document() throws IOException {
        JsonNode root;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            root = JSON.readTree(in);
        }
        checkVersion(root);
        String scorer = scorer(root);
        List<ForeignLog.Entry> samples = new ArrayList<>();
        for (JsonNode sample : root.path("samples")) {
            samples.add(entry(sample, scorer));
        }
        return log(root, scorer, samples);
    }

    private ForeignLog archive() throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile(), UTF_8)) {
            // Where a sample was run again its entry is there twice, and the last one counts.
            Map<String, ZipEntry> entries = new HashMap<>();
            zip.stream().forEach(entry -> entries.put(entry.getName(), entry));
            ZipEntry header = entries.get("header.json");
            if (header == null) {
                header = entries.get("_journal/start.json");
            }
            if (header == null) {
                throw invalid("it has no header");
            }
            JsonNode root = tree(zip, header);
            checkVersion(root);
            String scorer = scorer(root);
            List<ForeignLog.Entry> samples = new ArrayList<>();
            for (ZipEntry entry : entries.values()) {
                if (entry.getName().startsWith("samples/") && entry.getName().endsWith(".json")) {
                    samples.add(entry(tree(zip, entry), scorer));
                }
            }
            samples.sort(
                    Comparator.comparingInt(ForeignLog.Entry::epoch)
                            .thenComparing(ForeignLog.Entry::id));
            return log(root, scorer, samples);
        }
    }

    private static JsonNode tree(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return JSON.readTree(in);
        }
    }

    private void checkVersion(JsonNode root) {
        JsonNode version = root.path("version");
        if (!version.isIntegralNumber() || !root.path("eval").isObject()) {
            throw invalid("it has no version or nothing about what was run");
        }
        if (version.asInt(0) != VERSION) {
            throw new Fault(
                    Fault.Code.INVALID,
                    file
                            + " is a log of version "
                            + version.asString("")
                            + "; only version "
                            + VERSION
                            + " is known. Write it with a release of Inspect AI that has that"
                            + " one.");
        }
    }

    /// Returns the scorer of the first metric, under the name that samples have for it.
    private static String scorer(JsonNode root) {
        JsonNode score = root.path("results").path("scores").path(0);
        String name = score.path("scorer").asString("");
        if (name.isEmpty()) {
            name = score.path("name").asString("");
        }
        if (name.isEmpty()) {
            name = root.path("eval").path("scorers").path(0).path("name").asString("");
        }
        return name.substring(name.lastIndexOf('/') + 1);
    }

    private ForeignLog.Entry entry(JsonNode sample, String scorer) {
        if (sample.path("id").asString("").isBlank()) {
            throw invalid("a sample has no id");
        }
        return ForeignEntry.of(sample, scorer);
    }

    private ForeignLog log(JsonNode root, String scorer, List<ForeignLog.Entry> samples) {
        JsonNode eval = root.path("eval");
        Map<String, Usage> roles = new HashMap<>();
        for (Map.Entry<String, JsonNode> role :
                root.path("stats").path("role_usage").properties()) {
            roles.put(role.getKey(), ForeignEntry.usage(role.getValue()));
        }
        return new ForeignLog(
                eval.path("run_id").asString(""),
                text(eval, "task"),
                text(eval, "model"),
                eval.path("dataset").path("name").asString(""),
                scorer,
                status(root.path("status").asString("started")),
                created(text(eval, "created")),
                samples,
                roles);
    }

    private String text(JsonNode eval, String name) {
        String text = eval.path(name).asString("");
        if (text.isEmpty()) {
            throw invalid("eval." + name + " is missing");
        }
        return text;
    }

    private RunLog.Status status(String word) {
        return switch (word) {
            case "started" -> RunLog.Status.STARTED;
            case "success" -> RunLog.Status.SUCCESS;
            case "cancelled" -> RunLog.Status.CANCELLED;
            case "error" -> RunLog.Status.ERROR;
            default -> throw invalid("its status is '" + word + "'");
        };
    }

    /// Early logs have times without an offset, which are those of Greenwich.
    private Instant created(String text) {
        try {
            TemporalAccessor time =
                    DateTimeFormatter.ISO_DATE_TIME.parseBest(
                            text, OffsetDateTime::from, LocalDateTime::from);
            return time instanceof LocalDateTime local
                    ? local.toInstant(ZoneOffset.UTC)
                    : OffsetDateTime.from(time).toInstant();
        } catch (DateTimeException e) {
            throw new Fault(Fault.Code.INVALID, words("eval.created is '" + text + "'", file), e);
        }
    }

    private Fault damaged(ZipException e) {
        String reason = String.valueOf(e.getMessage());
        if (!reason.contains("compression method")) {
            return new Fault(
                    Fault.Code.INVALID, words("its archive is damaged, " + reason, file), e);
        }
        return new Fault(
                Fault.Code.UNSUPPORTED,
                file
                        + " is compressed in a way that Java cannot read. Turn it into JSON with"
                        + " `inspect log convert --to json --output-dir FOLDER "
                        + file
                        + "` and take that.",
                e);
    }

    private Fault invalid(String reason) {
        return new Fault(Fault.Code.INVALID, words(reason, file));
    }

    private static String words(String reason, Path file) {
        return file
                + " is no log of Inspect AI: "
                + reason
                + ". Name a file of its version "
                + VERSION
                + ", as JSON or .eval.";
    }
}
