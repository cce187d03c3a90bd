package dev.polymnia.eval.task;

import dev.polymnia.core.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Reads a definition file and checks it. The format is described in `docs/guide/eval-tasks.md`.
final class DefinitionReader {
    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();
    private static final ObjectMapper YAML =
            YAMLMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private static final List<String> COMMON =
            List.of(
                    "name",
                    "title",
                    "parts",
                    "data",
                    "format",
                    "records",
                    "columns",
                    "where",
                    "each",
                    "kind",
                    "id",
                    "question",
                    "metadata",
                    "scorer",
                    "prompt",
                    "system",
                    "exemplars",
                    "licence",
                    "origin",
                    "acknowledge");
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9][\\w.-]*(?:/[A-Za-z0-9][\\w.-]*)*");

    private final DefinitionFile file;
    private final Fields fields;

    private DefinitionReader(DefinitionFile file, Fields fields) {
        this.file = file;
        this.fields = fields;
    }

    /// Returns a reader of a file.
    ///
    /// @throws Fault with `INVALID` if it is not an object of YAML or JSON
    static DefinitionReader of(DefinitionFile file) {
        try {
            JsonNode root = (file.isJson() ? JSON : YAML).readTree(file.text());
            Fields fields = new Fields(file.name(), root);
            if (!root.isObject()) {
                throw fields.fault("it must hold fields, for example 'name: my-task'.");
            }
            return new DefinitionReader(file, fields);
        } catch (JacksonException e) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The task definition %s cannot be read: %s"
                            .formatted(file.name(), e.getMessage()),
                    e);
        }
    }

    /// Returns the parts of the task, each of which is a task of its own; empty if it is one task.
    ///
    /// @throws Fault with `INVALID` if they are not names or not distinct
    List<String> parts() {
        List<String> parts = fields.texts("parts");
        Set<String> seen = new HashSet<>();
        for (String part : parts) {
            if (!NAME.matcher(part).matches() || !seen.add(part)) {
                throw fields.fault("the part '" + part + "' is there twice or is not a name.");
            }
        }
        return parts;
    }

    /// Returns the definition of the task, or of one part of it.
    ///
    /// @param part fills the places `{{part}}` of the fields; empty if there are no parts
    /// @throws Fault with `INVALID` if a field is unknown, missing or not as it should be, or a
    ///   prompt file is
    Definition read(String part) {
        String word = fields.text("kind");
        List<String> known = new ArrayList<>(COMMON);
        known.addAll(fieldsOf(word));
        fields.requireKnown(known);
        String name = filled("name", part);
        if (!NAME.matcher(name).matches()) {
            throw fields.fault(
                    "the name '%s' must be of letters, digits, '.', '_', '-' and '/'."
                            .formatted(name));
        }
        Format format = Format.of(fields);
        Kind kind = kind(word);
        Optional<String> exemplars =
                fields.optionalText("exemplars").map(text -> filled("exemplars", text, part));
        return new Definition(
                name,
                filled("title", part),
                filled("data", part),
                format,
                records(format),
                columns(format),
                fields.pairs("where"),
                fields.optionalText("each"),
                fields.optionalText("id").map(Expression::of),
                fields.expression("question"),
                kind,
                fields.texts("metadata"),
                fields.optionalText("scorer"),
                prompt(kind, exemplars.isPresent()),
                system(),
                exemplars,
                fields.text("licence"),
                fields.text("origin"),
                fields.optionalText("acknowledge"),
                file.text());
    }

    private List<String> fieldsOf(String kind) {
        return switch (kind) {
            case "question" -> List.of("answer", "answer_pattern", "options_in_question");
            case "choice" -> List.of("options", "right", "shuffle");
            case "code-function" -> List.of("prefix", "entry_point", "tests");
            case "code-asserts" -> List.of("imports", "tests", "shown");
            case "instructions" -> List.of("instructions", "arguments");
            case "grid" -> List.of("examples", "answer");
            default -> throw unknownKind(kind);
        };
    }

    private Kind kind(String kind) {
        return switch (kind) {
            case "question" ->
                    new Kind.Question(
                            fields.several("answer"),
                            answerPattern(),
                            fields.flag("options_in_question"));
            case "choice" ->
                    new Kind.Choice(
                            fields.several("options"),
                            fields.expressionOrNumber("right"),
                            fields.flag("shuffle"));
            case "code-function" ->
                    new Kind.CodeFunction(
                            fields.expression("prefix"),
                            fields.expression("entry_point"),
                            fields.expression("tests"));
            case "code-asserts" ->
                    new Kind.CodeAsserts(
                            fields.has("imports")
                                    ? Optional.of(fields.several("imports"))
                                    : Optional.empty(),
                            fields.several("tests"),
                            fields.count("shown", 1));
            case "instructions" ->
                    new Kind.Instructions(fields.several("instructions"), fields.text("arguments"));
            case "grid" -> new Kind.Grid(fields.text("examples"), fields.text("answer"));
            default -> throw unknownKind(kind);
        };
    }

    private Fault unknownKind(String kind) {
        return fields.fault(
                "the kind '"
                        + kind
                        + "' is not known; choose question, choice, code-function, code-asserts,"
                        + " instructions or grid.");
    }

    private Optional<Pattern> answerPattern() {
        return fields.optionalText("answer_pattern")
                .map(text -> {
                    try {
                        Pattern pattern = Pattern.compile(text);
                        if (pattern.matcher("").groupCount() == 1) {
                            return pattern;
                        }
                    } catch (PatternSyntaxException e) {
                        throw new Fault(
                                Fault.Code.INVALID,
                                ("The task definition %s: the answer_pattern '%s' is not a regular"
                                                + " expression: %s.")
                                        .formatted(file.name(), text, e.getDescription()),
                                e);
                    }
                    throw fields.fault(
                            "the answer_pattern '"
                                    + text
                                    + "' must have one group, which is the answer.");
                });
    }

    private String records(Format format) {
        Optional<String> pointer = fields.optionalText("records");
        if (pointer.isPresent() && (format != Format.JSON || !pointer.get().startsWith("/"))) {
            throw fields.fault(
                    "the field 'records' is for the format json and begins with '/', not '%s'."
                            .formatted(pointer.get()));
        }
        return pointer.orElse("");
    }

    private List<String> columns(Format format) {
        List<String> columns = fields.texts("columns");
        if (!columns.isEmpty() && format != Format.CSV) {
            throw fields.fault("the field 'columns' is for the format csv.");
        }
        return columns;
    }

    private String prompt(Kind kind, boolean hasExemplars) {
        String prompt = fields.optionalText("prompt").map(file::prompt).orElse("{{question}}");
        List<String> used = Template.names(prompt);
        Set<String> known = new HashSet<>(kind.words());
        known.add("question");
        if (hasExemplars) {
            known.add("exemplars");
        }
        for (String name : used) {
            if (!known.contains(name)) {
                throw fields.fault(
                        "the prompt cannot show {{%s}}; it can show: %s."
                                .formatted(
                                        name, String.join(", ", known.stream().sorted().toList())));
            }
        }
        if (!used.contains("question") || (hasExemplars && !used.contains("exemplars"))) {
            throw fields.fault(
                    "the prompt must show {{question}}, and {{exemplars}} if there are some.");
        }
        if (kind instanceof Kind.Choice && !used.contains("options")) {
            throw fields.fault("the prompt of a choice must show {{options}}, as choice.txt does.");
        }
        if (kind instanceof Kind.Grid && !used.contains("examples")) {
            throw fields.fault("the prompt of a grid must show {{examples}}, as grid.txt does.");
        }
        return prompt;
    }

    private String system() {
        String system = fields.optionalText("system").map(file::prompt).orElse("");
        if (Template.hasPlaces(system)) {
            throw fields.fault("the system prompt has places to fill in; only the prompt can.");
        }
        return system;
    }

    private String filled(String field, String part) {
        return filled(field, fields.text(field), part);
    }

    private String filled(String field, String text, String part) {
        return Template.fill(
                text,
                name -> {
                    if (!name.equals("part") || part.isEmpty()) {
                        throw fields.fault(
                                ("the field '%s' holds {{%s}}; only {{part}} can be filled in, if"
                                                + " there are parts.")
                                        .formatted(field, name));
                    }
                    return part;
                });
    }
}
