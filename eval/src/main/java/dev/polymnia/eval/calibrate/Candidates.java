package dev.polymnia.eval.calibrate;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import dev.polymnia.core.TaskClass;
import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.Sampling;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Ways to ask that a calibration tries: a YAML file, or one of those that come with Polymnia.
///
/// @param instruction stands in the system message whatever is tried
/// @param words ways to reason in words, or to answer with code, at least one
/// @param programs ways to write a program; may be empty
public record Candidates(String instruction, List<Approach> words, List<Approach> programs) {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final double TEMPERATURE = 0.7;
    private static final double TOP_P = 0.95;
    private static final int MAX_TOKENS = 512;

    /// Copies and checks the parts.
    public Candidates {
        requireNonNull(instruction, "instruction is null");
        words = List.copyOf(words);
        programs = List.copyOf(programs);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("there is no candidate in words");
        }
    }

    /// Returns those for a class of questions that come with Polymnia.
    ///
    /// @throws Fault `UNSUPPORTED` if none do
    public static Candidates of(TaskClass question) {
        String name = question.word() + ".yaml";
        try (InputStream in = Candidates.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new Fault(
                        Fault.Code.UNSUPPORTED,
                        "There are no candidates for questions of the class %s; give a file with --candidates."
                                .formatted(question.word()));
            }
            return read(in);
        } catch (IOException | JacksonException e) {
            throw new Fault(
                    Fault.Code.CORRUPT,
                    "The candidates %s cannot be read: %s. Install Polymnia again."
                            .formatted(name, e.getMessage()),
                    e);
        }
    }

    /// Reads a file.
    ///
    /// @throws Fault `NOT_FOUND` if it cannot be read, `INVALID` if it is not as it should be
    public static Candidates read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The candidates %s are not as they should be: %s. docs/guide/calibrate.md describes the file."
                            .formatted(file, e.getMessage()),
                    e);
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.NOT_FOUND,
                    "The candidates %s cannot be read; check the file's name and its rights."
                            .formatted(file),
                    e);
        }
    }

    private static Candidates read(InputStream in) {
        return of(YAML.readTree(in));
    }

    /// Reads the text of a file.
    static Candidates read(String yaml) {
        return of(YAML.readTree(yaml));
    }

    private static Candidates of(JsonNode root) {
        return new Candidates(
                root.required("instruction").stringValue(),
                approaches(root.required("words"), Approach.Kind.WORDS),
                approaches(root.path("programs"), Approach.Kind.PROGRAM));
    }

    private static Approach.Kind kind(JsonNode candidate, Approach.Kind usual) {
        String word = candidate.path("kind").asString("");
        if (word.isEmpty()) {
            return usual;
        }
        if (usual == Approach.Kind.WORDS && word.equals("code")) {
            return Approach.Kind.CODE;
        }
        throw new IllegalArgumentException(
                "'"
                        + word
                        + "' is no kind of a candidate; write code, under words, or leave it out");
    }

    private static List<Approach> approaches(JsonNode all, Approach.Kind usual) {
        List<Approach> approaches = new ArrayList<>();
        for (JsonNode each : all) {
            approaches.add(
                    new Approach(
                            each.required("name").stringValue(),
                            kind(each, usual),
                            1,
                            each.required("hint").stringValue().strip(),
                            new Sampling(
                                    each.path("temperature").asDouble(TEMPERATURE),
                                    0,
                                    each.path("top-p").asDouble(TOP_P),
                                    0,
                                    1),
                            each.path("max-tokens").asInt(MAX_TOKENS),
                            1,
                            0,
                            exemplars(each)));
        }
        return approaches;
    }

    private static List<Approach.Exemplar> exemplars(JsonNode candidate) {
        List<Approach.Exemplar> exemplars = new ArrayList<>();
        for (JsonNode each : candidate.path("exemplars")) {
            exemplars.add(
                    new Approach.Exemplar(
                            each.required("question").stringValue().strip(),
                            each.required("answer").stringValue().strip()));
        }
        return exemplars;
    }
}
