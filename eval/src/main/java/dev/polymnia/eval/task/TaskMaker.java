package dev.polymnia.eval.task;

import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Message;
import dev.polymnia.eval.Sample;
import dev.polymnia.eval.Scorer;
import dev.polymnia.eval.Target;
import dev.polymnia.eval.score.Scorers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Makes a task out of a definition and its data. All rows are checked, whichever are selected.
final class TaskMaker {
    /// What data sets write into their files so that they can be found in training data. It would
    /// tell a model that it is being tested.
    private static final Pattern CANARY =
            Pattern.compile("\\A[^\\n]*canary GUID[^\\n]*\\n(?:-+[ \\t\\r]*\\n)?");

    private final Definition definition;
    private final String exemplars;

    private TaskMaker(Definition definition, String exemplars) {
        this.definition = definition;
        this.exemplars = exemplars;
    }

    /// Returns the task.
    ///
    /// @param accepted the licences that the user has accepted
    /// @throws Fault with `INVALID` if the licence is not accepted, a file is missing, the data is
    ///   not as the definition says, or the selection goes beyond it
    static Task make(
            Definition definition, DataFolder folder, Selection selection, Set<String> accepted) {
        definition
                .acknowledge()
                .filter(licence -> !accepted.contains(licence))
                .ifPresent(licence -> {
                    throw notAccepted(definition, licence);
                });
        byte[] data = folder.bytes(definition.data());
        String exemplars = definition.exemplars().map(name -> exemplars(folder, name)).orElse("");
        List<Sample> samples =
                new TaskMaker(definition, exemplars).samples(DataFile.rows(definition, data));
        String scorer = definition.scorer().orElseGet(() -> scorer(definition, samples));
        requireScorable(scorer, samples);
        return new Task(
                definition.name(),
                definition.title(),
                scorer,
                selection.of(samples, definition.name()),
                new Source(
                        definition.data(),
                        Digests.of(data),
                        definition.licence(),
                        definition.origin()),
                Digests.of(
                        List.of(
                                definition.name(),
                                definition.text(),
                                definition.prompt(),
                                definition.system(),
                                exemplars)));
    }

    /// Tells before a model is asked that there is no such scorer, or that it cannot use a target.
    private static void requireScorable(String name, List<Sample> samples) {
        if (!Scorers.needsSandbox(name)) {
            Scorer scorer = Scorers.named(name, null);
            samples.forEach(sample -> scorer.score(sample, ""));
        }
    }

    /// Returns the name of the scorer that all targets need.
    private static String scorer(Definition definition, List<Sample> samples) {
        List<String> names = samples.stream().map(TaskMaker::scorer).distinct().toList();
        if (names.size() > 1) {
            throw new Fault(
                    Fault.Code.INVALID,
                    ("%s: some questions of the task %s list options and others do not; make two"
                                    + " tasks of them with 'where'.")
                            .formatted(definition.data(), definition.name()));
        }
        return names.getFirst();
    }

    private static String scorer(Sample sample) {
        return switch (sample.target()) {
            case Target.Answers _ -> "match";
            case Target.Choice _ -> "choice";
            case Target.Tests _ -> "code";
            case Target.Instructions _ -> "instructions";
        };
    }

    private static Fault notAccepted(Definition definition, String licence) {
        return new Fault(
                Fault.Code.INVALID,
                ("The data of the task %s may be used by whoever accepts its licence, %s (%s); if"
                                + " you do, say so with --accept %s.")
                        .formatted(definition.name(), licence, definition.origin(), licence));
    }

    private static String exemplars(DataFolder folder, String name) {
        String text = Utf8.decode(name, folder.bytes(name));
        String solved = CANARY.matcher(text).replaceFirst("").strip();
        if (solved.isEmpty()) {
            throw new Fault(
                    Fault.Code.INVALID, "The file " + name + " holds no exemplars; fill it.");
        }
        return solved;
    }

    private List<Sample> samples(List<Row> rows) {
        List<Sample> samples = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        int number = 0;
        for (Row row : rows) {
            number++;
            if (!isAsked(row)) {
                continue;
            }
            for (Sample sample : samples(row, String.valueOf(number))) {
                if (!ids.add(sample.id())) {
                    throw row.fault(
                            "the id '" + sample.id() + "' is there twice; ids must be distinct.");
                }
                samples.add(sample);
            }
        }
        if (samples.isEmpty()) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "%s: no row has what 'where' of the task %s asks for: %s."
                            .formatted(definition.data(), definition.name(), definition.where()));
        }
        return samples;
    }

    private boolean isAsked(Row row) {
        return definition.where().entrySet().stream()
                .allMatch(each ->
                        each.getValue()
                                .equals(row.has(each.getKey()) ? row.text(each.getKey()) : ""));
    }

    private List<Sample> samples(Row row, String number) {
        Optional<String> list = definition.each();
        if (list.isEmpty()) {
            return List.of(sample(row, id(row, number)));
        }
        List<Sample> samples = new ArrayList<>();
        for (Row each : row.each(list.get())) {
            samples.add(sample(each, id(each, number) + "." + (samples.size() + 1)));
        }
        return samples;
    }

    private String id(Row row, String number) {
        String id = definition.id().map(name -> name.of(row).strip()).orElse(number);
        if (id.isEmpty()) {
            throw row.fault("the id is empty.");
        }
        return id;
    }

    private Sample sample(Row row, String id) {
        String question = definition.question().of(row);
        if (question.isBlank()) {
            throw row.fault("the question is empty.");
        }
        Kind.Made made = definition.kind().make(row, id, question);
        List<Message> messages = messages(question, made.words());
        if (made.target() instanceof Target.Tests tests) {
            HiddenTests.in(messages, tests)
                    .ifPresent(line -> {
                        throw row.fault(
                                "the prompt would show a test that must stay hidden: " + line);
                    });
        }
        return new Sample(id, messages, question, made.target(), metadata(row));
    }

    private List<Message> messages(String question, Map<String, String> words) {
        Map<String, String> all = new HashMap<>(words);
        all.put("question", question);
        all.put("exemplars", exemplars);
        String prompt = Template.fill(definition.prompt(), name -> all.getOrDefault(name, ""));
        return definition.system().isEmpty()
                ? List.of(Message.user(prompt))
                : List.of(Message.system(definition.system()), Message.user(prompt));
    }

    private Map<String, String> metadata(Row row) {
        Map<String, String> metadata = new LinkedHashMap<>();
        definition.metadata().stream()
                .filter(row::has)
                .forEach(field -> metadata.put(field, row.text(field)));
        return metadata;
    }
}
