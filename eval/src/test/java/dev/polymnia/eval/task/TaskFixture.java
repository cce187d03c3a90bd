package dev.polymnia.eval.task;

import dev.polymnia.core.message.Message;
import dev.polymnia.eval.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// A folder of definitions and a folder of data that a test writes.
///
/// @param root holds both
record TaskFixture(Path root) {
    /// Small data sets, written for the project, in the formats of the published ones.
    static final Path SMALL = Path.of("src/test/resources/dev/polymnia/eval/task/data");

    /// A definition of questions and answers, to which fields are added.
    static final String WORDS =
            """
            name: words
            title: Words
            data: words.jsonl
            format: jsonl
            kind: question
            question: asked
            answer: wanted
            licence: CC0-1.0
            origin: written for this test
            """;

    /// A row for it.
    static final String ROW =
            "{\"asked\": \"What is the opposite of up?\", \"wanted\": \"down\"}\n";

    TaskFixture data(String name, String text) {
        write(data().resolve(name), text);
        return this;
    }

    TaskFixture file(String name, String text) {
        write(root.resolve(name), text);
        return this;
    }

    Path data() {
        return root.resolve("data");
    }

    Task load(String definition) {
        return load(definition, Selection.ALL);
    }

    Task load(String definition, Selection selection, String... accepted) {
        file("task.yaml", definition);
        return Tasks.load(
                root.resolve("task.yaml").toString(), data(), selection, Set.of(accepted));
    }

    static String prompt(Sample sample) {
        return sample.messages().getLast().text();
    }

    static String allText(Sample sample) {
        List<String> texts = sample.messages().stream().map(Message::text).toList();
        return String.join("\n", texts);
    }

    private static void write(Path file, String text) {
        try {
            Path folder = file.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
