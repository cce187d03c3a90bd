package dev.polymnia.models;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import dev.polymnia.core.TaskClass;
import dev.polymnia.core.model.ModelProfile;
import dev.polymnia.core.model.ModelProfile.ClassSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.toml.TomlMapper;
import tools.jackson.dataformat.toml.TomlStreamReadException;

/// How a model is best asked, as calibration found it: for each class of questions the settings,
/// and what they were chosen on. A TOML file that people may read and mend.
///
/// @param model its name
/// @param digest SHA-256 of the weights that were calibrated, in hex; empty for an endpoint
/// @param classes what was found; classes that were not calibrated are not in it
public record ProfileFile(String model, String digest, Map<TaskClass, Calibrated> classes) {
    private static final TomlMapper TOML = new TomlMapper();

    /// Checks and copies the parts.
    public ProfileFile {
        requireNonNull(model, "model is null");
        requireNonNull(digest, "digest is null");
        classes = Map.copyOf(classes);
    }

    /// What was found for a class of questions.
    ///
    /// @param settings how it is asked
    /// @param date when that was found
    /// @param data what the questions are, for a person
    /// @param dataDigest SHA-256 of the data file, in hex
    /// @param questions how many were asked
    /// @param figures what was measured on them, by name: shares from 0 to 1, tokens
    public record Calibrated(
            ClassSettings settings,
            LocalDate date,
            String data,
            String dataDigest,
            int questions,
            SortedMap<String, Double> figures) {
        /// Checks and copies the parts.
        public Calibrated {
            requireNonNull(settings, "settings is null");
            requireNonNull(date, "date is null");
            requireNonNull(data, "data is null");
            requireNonNull(dataDigest, "dataDigest is null");
            figures = Collections.unmodifiableSortedMap(new TreeMap<>(figures));
        }
    }

    /// Returns this with a class, in place of what was found before.
    public ProfileFile with(TaskClass question, Calibrated calibrated) {
        Map<TaskClass, Calibrated> all = new EnumMap<>(TaskClass.class);
        all.putAll(classes);
        all.put(question, calibrated);
        return new ProfileFile(model, digest, all);
    }

    /// Returns a profile with what this file says instead of its own.
    public ModelProfile over(ModelProfile profile) {
        ModelProfile result = profile;
        for (Map.Entry<TaskClass, Calibrated> each : classes.entrySet()) {
            result = result.withClass(each.getKey(), each.getValue().settings());
        }
        return result;
    }

    /// Reads a file.
    ///
    /// @throws Fault `NOT_FOUND` if it cannot be read, `INVALID` if it is no such file
    public static ProfileFile read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in);
        } catch (JacksonException | IllegalArgumentException | DateTimeParseException e) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The profile %s is not as it should be: %s Mend it, or delete it and calibrate again."
                            .formatted(file, firstLine(e)),
                    e);
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.NOT_FOUND,
                    "The profile %s cannot be read; check its name and its rights.".formatted(file),
                    e);
        }
    }

    /// Returns what is wrong with a TOML file, as a sentence.
    static String firstLine(Exception e) {
        String words = String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
        String where =
                e instanceof TomlStreamReadException toml
                        ? " (line %d)".formatted(toml.getLocation().getLineNr())
                        : "";
        return words.replaceFirst("\\.$", "") + where + ".";
    }

    /// Reads the TOML.
    ///
    /// @throws RuntimeException as [ProfileToml] does, `DateTimeParseException`
    static ProfileFile read(InputStream in) {
        JsonNode root = TOML.readTree(in);
        Map<TaskClass, Calibrated> classes = new EnumMap<>(TaskClass.class);
        JsonNode known = root.required("class");
        for (String name : known.propertyNames()) {
            classes.put(TaskClass.named(name), calibrated(known.required(name)));
        }
        return new ProfileFile(
                ProfileToml.text(root, "model"), ProfileToml.text(root, "digest"), classes);
    }

    private static Calibrated calibrated(JsonNode own) {
        SortedMap<String, Double> figures = new TreeMap<>();
        own.required("figures")
                .properties()
                .forEach(each -> figures.put(each.getKey(), each.getValue().doubleValue()));
        return new Calibrated(
                ProfileToml.classSettings(own),
                LocalDate.parse(ProfileToml.text(own, "date")),
                ProfileToml.text(own, "data"),
                ProfileToml.text(own, "data-sha256"),
                own.required("questions").intValue(),
                figures);
    }

    /// Writes the file in place of one that is there; makes its folder.
    ///
    /// @throws Fault `UNAVAILABLE` if it cannot be written
    public void write(Path file) {
        ObjectNode root = TOML.createObjectNode();
        root.put("model", model);
        root.put("digest", digest);
        ObjectNode all = root.putObject("class");
        new TreeMap<>(classes)
                .forEach((question, each) -> write(all.putObject(question.word()), each));
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path draft = file.resolveSibling(file.getFileName() + ".draft");
            Files.writeString(draft, TOML.writeValueAsString(root));
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "The profile %s cannot be written: %s; check the folder's rights."
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    private static void write(ObjectNode own, Calibrated calibrated) {
        own.put("date", calibrated.date().toString());
        own.put("data", calibrated.data());
        own.put("data-sha256", calibrated.dataDigest());
        own.put("questions", calibrated.questions());
        ObjectNode figures = own.putObject("figures");
        calibrated.figures().forEach(figures::put);
        ProfileToml.write(own, calibrated.settings());
    }
}
