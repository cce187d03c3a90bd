package dev.polymnia.eval.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.polymnia.eval.Sample;
import dev.polymnia.eval.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The definitions of `docs/guide/eval-tasks.md`, over data that is made up here.
final class GuideTest {
    private static final Path GUIDE = Path.of("../docs/guide/eval-tasks.md");
    private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$");

    @TempDir private Path folder;

    @Test
    void there_are_five_examples() {
        assertThat(examples()).hasSize(5);
    }

    @Test
    void capitals() {
        Task task =
                load(
                        "capitals",
                        "capitals.csv",
                        """
                        country,capital,other_name
                        Borduria,Szohod,Szoho
                        Syldavia,Klow,
                        """);

        assertThat(task.samples())
                .extracting(Sample::target)
                .containsExactly(
                        new Target.Answers(List.of("Szohod", "Szoho")),
                        new Target.Answers(List.of("Klow")));
        assertThat(TaskFixture.prompt(task.samples().getFirst()))
                .startsWith("What is the capital of Borduria?");
    }

    @Test
    void gpqa() {
        Task task =
                load(
                        "gpqa-diamond",
                        "gpqa/gpqa_diamond.csv",
                        """
                        Record ID,Question,Correct Answer,Incorrect Answer 1,Incorrect Answer 2,Incorrect Answer 3,High-level domain
                        rec1,"Which metal is liquid
                        in a warm room?"," Mercury",Iron,Zinc,"Gold, pure",Chemistry
                        """);

        Sample sample = task.samples().getFirst();
        Target.Choice choice = (Target.Choice) sample.target();
        assertThat(task.scorer()).isEqualTo("choice");
        assertThat(sample.id()).isEqualTo("rec1");
        assertThat(choice.options())
                .containsExactlyInAnyOrder("Mercury", "Iron", "Zinc", "Gold, pure")
                .element(choice.right())
                .isEqualTo("Mercury");
        assertThat(sample.metadata()).isEqualTo(Map.of("High-level domain", "Chemistry"));
    }

    @Test
    void hle() {
        Task task =
                load(
                        "hle-short",
                        "hle/test.jsonl",
                        """
                        {"id": "1", "question": "Name the third prime.", "image": "", "answer": "5", "answer_type": "exactMatch", "category": "Math"}
                        {"id": "2", "question": "What is in the picture?", "image": "data:,x", "answer": "x", "answer_type": "exactMatch", "category": "Other"}
                        {"id": "3", "question": "Which?\\n\\nAnswer Choices:\\nA. a\\nB. b", "image": "", "answer": "B", "answer_type": "multipleChoice", "category": "Other"}
                        """);

        assertThat(task.samples()).extracting(Sample::id).containsExactly("1");
        assertThat(task.scorer()).isEqualTo("match");
    }

    @Test
    void mmlu() {
        Task task =
                load(
                        "mmlu/{{part}}",
                        "mmlu/test/anatomy_test.csv",
                        """
                        How many hands are usual?,one,two,three,four,B
                        "Which is inside, of these?",skin,hair,liver,nails,C
                        """);

        assertThat(task.name()).isEqualTo("mmlu/anatomy");
        assertThat(task.samples())
                .extracting(Sample::target)
                .containsExactly(
                        new Target.Choice(List.of("one", "two", "three", "four"), 1),
                        new Target.Choice(List.of("skin", "hair", "liver", "nails"), 2));
    }

    @Test
    void aime() {
        Task task =
                load(
                        "aime-2024",
                        "aime/aime-2024.jsonl",
                        """
                        {"ID": "2024-I-0", "Problem": "What is $2^3 + 1$?", "Solution": "Eight and one.", "Answer": 9}
                        """);

        assertThat(task.scorer()).isEqualTo("number");
        assertThat(task.samples().getFirst().target()).isEqualTo(new Target.Answers(List.of("9")));
        assertThat(TaskFixture.prompt(task.samples().getFirst()))
                .startsWith("What is $2^3 + 1$?")
                .doesNotContain("Eight");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "question",
                "choice",
                "code-function",
                "code-asserts",
                "instructions",
                "grid"
            })
    void every_field_is_in_the_guide(String kind) {
        Throwable fault =
                catchThrowable(() ->
                        new TaskFixture(folder)
                                .load(
                                        TaskFixture.WORDS.replace("kind: question", "kind: " + kind)
                                                + "zzz: 1\n"));
        List<String> fields = fields(String.valueOf(fault.getMessage()));

        assertThat(fields).contains("name", "acknowledge").hasSizeGreaterThan(19);
        assertThat(guide()).contains(fields.stream().map(name -> "| `" + name + "` |").toList());
    }

    /// Returns the fields that a message about an unknown one lists.
    private static List<String> fields(String message) {
        String listed = message.replaceFirst("(?s).*the fields are: (.*)\\.", "$1");
        return List.of(listed.split(", ", -1));
    }

    private Task load(String name, String data, String rows) {
        String example =
                examples().stream()
                        .filter(text -> text.startsWith("name: " + name + "\n"))
                        .findFirst()
                        .orElseThrow();
        TaskFixture fixture = new TaskFixture(folder).data(data, rows).file("task.yaml", example);
        String file = folder.resolve("task.yaml").toString();
        String part = example.contains("\nparts: [anatomy, ") ? "#anatomy" : "";
        return Tasks.load(file + part, fixture.data(), Selection.ALL, Set.of("CC-BY-4.0", "MIT"));
    }

    private static List<String> examples() {
        Matcher examples = EXAMPLE.matcher(guide());
        return examples.results().map(example -> example.group(1)).toList();
    }

    private static String guide() {
        try {
            return Files.readString(GUIDE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
