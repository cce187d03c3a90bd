package dev.polymnia.eval.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Message;
import dev.polymnia.eval.Sample;
import dev.polymnia.eval.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DefinitionTest {
    @TempDir private Path folder;
    private TaskFixture fixture;

    @BeforeEach
    void write_data() {
        fixture = new TaskFixture(folder).data("words.jsonl", TaskFixture.ROW);
    }

    @Test
    void the_bare_question_is_the_prompt_if_there_is_no_other() {
        Task task = fixture.load(TaskFixture.WORDS);

        assertThat(task.scorer()).isEqualTo("match");
        assertThat(task.samples())
                .containsExactly(
                        new Sample(
                                "1",
                                List.of(Message.user("What is the opposite of up?")),
                                "What is the opposite of up?",
                                new Target.Answers(List.of("down")),
                                Map.of()));
    }

    @Test
    void a_definition_can_be_json() {
        fixture.file(
                "task.json",
                """
                {"name": "words", "title": "Words", "data": "words.jsonl", "format": "jsonl",
                 "kind": "question", "question": "asked", "answer": "wanted", "scorer": "exact",
                 "licence": "CC0-1.0", "origin": "written for this test"}
                """);

        Task task =
                Tasks.load(folder.resolve("task.json").toString(), fixture.data(), Selection.ALL);

        assertThat(task.scorer()).isEqualTo("exact");
        assertThat(task.samples()).hasSize(1);
    }

    @Test
    void prompt_and_system_message_are_files_beside_the_definition() {
        fixture.file("ask.txt", "Q: {{question}}\nA:\n\n").file("own/system.txt", "Be brief.\n");

        Task task = fixture.load(TaskFixture.WORDS + "prompt: ask.txt\nsystem: own/system.txt\n");

        assertThat(task.samples().getFirst().messages())
                .containsExactly(
                        Message.system("Be brief."),
                        Message.user("Q: What is the opposite of up?\nA:"));
    }

    @Test
    void a_file_beside_the_definition_goes_before_one_of_polymnias_own() {
        fixture.file("answer.txt", "Mine: {{question}}");

        assertThat(prompt(fixture.load(TaskFixture.WORDS + "prompt: answer.txt\n")))
                .startsWith("Mine: ");
        assertThat(prompt(fixture.load(TaskFixture.WORDS + "prompt: number.txt\n")))
                .endsWith("Answer: number");
    }

    @Test
    void the_digest_covers_definition_prompt_system_and_exemplars() {
        String exemplified = TaskFixture.WORDS + "prompt: ask.txt\nexemplars: solved.txt\n";
        fixture.file("ask.txt", "{{exemplars}}\n{{question}}").data("solved.txt", "hot: cold");
        String first = fixture.load(exemplified).promptDigest();

        String again = fixture.load(exemplified).promptDigest();
        String changed = fixture.load(exemplified + "scorer: exact\n").promptDigest();
        String otherExemplars =
                fixture.data("solved.txt", "wet: dry").load(exemplified).promptDigest();
        String otherPrompt =
                fixture.file("ask.txt", "{{exemplars}}\n\n{{question}}")
                        .load(exemplified)
                        .promptDigest();
        String withSystem =
                fixture.file("system.txt", "Be brief.")
                        .load(exemplified + "system: system.txt\n")
                        .promptDigest();

        assertThat(again).isEqualTo(first);
        assertThat(List.of(first, changed, otherExemplars, otherPrompt, withSystem))
                .doesNotHaveDuplicates();
    }

    @Test
    void fields_are_names_pointers_or_templates() {
        fixture.data(
                "words.jsonl",
                """
                {"number": 7, "asked": {"text": "How much is", "of": ["2 + 2"]}, "wanted": [4, "four"]}
                """);

        Task task =
                fixture.load(
                        """
                        name: words
                        title: Words
                        data: words.jsonl
                        format: jsonl
                        kind: question
                        id: q-{{number}}
                        question: "{{/asked/text}} {{ /asked/of/0 }}?"
                        answer: wanted
                        metadata: [number, absent]
                        licence: CC0-1.0
                        origin: written for this test
                        """);

        Sample sample = task.samples().getFirst();
        assertThat(sample.id()).isEqualTo("q-7");
        assertThat(sample.question()).isEqualTo("How much is 2 + 2?");
        assertThat(sample.target()).isEqualTo(new Target.Answers(List.of("4", "four")));
        assertThat(sample.metadata()).isEqualTo(Map.of("number", "7"));
    }

    @Test
    void rows_are_left_out_that_do_not_have_what_is_asked_for() {
        fixture.data(
                "words.jsonl",
                """
                {"asked": "a", "wanted": "b", "kind": "x", "picture": "p.png"}
                {"asked": "c", "wanted": "d", "kind": "x"}
                {"asked": "e", "wanted": "f", "kind": "y", "picture": null}
                """);

        Task task = fixture.load(TaskFixture.WORDS + "where: {kind: x, picture: \"\"}\n");

        assertThat(task.samples()).extracting(Sample::question).containsExactly("c");
        assertThat(task.samples()).extracting(Sample::id).containsExactly("2");
        assertThatThrownBy(() -> fixture.load(TaskFixture.WORDS + "where: {kind: z}\n"))
                .hasMessageContaining(
                        "no row has what 'where' of the task words asks for: {kind=z}");
    }

    @Test
    void a_licence_has_to_be_accepted_by_its_name() {
        String guarded = TaskFixture.WORDS + "acknowledge: SPECIAL-1\n";

        assertThat(fixture.load(guarded, Selection.ALL, "OTHER", "SPECIAL-1").samples()).hasSize(1);
        for (String other : List.of("OTHER", "special-1")) {
            assertThatThrownBy(() -> fixture.load(guarded, Selection.ALL, other))
                    .isInstanceOfSatisfying(
                            Fault.class,
                            fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INVALID))
                    .hasMessageContaining("--accept SPECIAL-1")
                    .hasMessageContaining("written for this test");
        }
    }

    @Test
    void a_file_can_hold_several_tasks() {
        String several =
                TaskFixture.WORDS
                                .replace("name: words", "name: words/{{part}}")
                                .replace("data: words.jsonl", "data: '{{part}}.jsonl'")
                        + "parts: [first, second]\n";
        fixture.data("first.jsonl", TaskFixture.ROW)
                .data("second.jsonl", TaskFixture.ROW.replace("down", "below"))
                .file("task.yaml", several);
        String file = folder.resolve("task.yaml").toString();

        Task second = Tasks.load(file + "#second", fixture.data(), Selection.ALL);

        assertThat(second.name()).isEqualTo("words/second");
        assertThat(second.samples().getFirst().target())
                .isEqualTo(new Target.Answers(List.of("below")));
        assertThat(Tasks.loadAll(file, fixture.data(), Selection.ALL))
                .extracting(Task::name)
                .containsExactly("words/first", "words/second");
        assertThatThrownBy(() -> Tasks.load(file, fixture.data(), Selection.ALL))
                .hasMessageContaining("is 2 tasks")
                .hasMessageContaining("task.yaml#first");
        assertThatThrownBy(() -> Tasks.load(file + "#third", fixture.data(), Selection.ALL))
                .hasMessageContaining("task.yaml#third")
                .hasMessageContaining("first, second");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    colour: red                 | there is no field 'colour'
                    options: [a, b]             | there is no field 'options' for this kind of task
                    scorer: 5                   | the field 'scorer' must hold text but holds 5
                    scorer: ' '                 | the field 'scorer' must hold text but holds " "
                    metadata: asked             | the field 'metadata' must hold a list of texts
                    metadata: []                | the field 'metadata' must hold a list of texts
                    where: red                  | the field 'where' must hold texts by name
                    where: {asked: [1]}         | the field 'where' must hold texts by name
                    options_in_question: maybe  | the field 'options_in_question' must hold true or
                    answer_pattern: '(('        | the answer_pattern '((' is not a regular expression
                    answer_pattern: 'x'         | the answer_pattern 'x' must have one group
                    records: /rows              | the field 'records' is for the format json
                    columns: [a]                | the field 'columns' is for the format csv
                    prompt: absent.txt          | there is no prompt file 'absent.txt'
                    prompt: choice.txt          | the prompt cannot show {{options}}
                    exemplars: solved.txt       | {{exemplars}} if there are some
                    title: again                | Duplicate
                    parts: [a, a]               | the part 'a' is there twice
                    parts: ['a b']              | the part 'a b'
                    - list                      | cannot be read
                    """)
    void a_wrong_field_is_told_with_the_file(String line, String message) {
        assertThatThrownBy(() -> fixture.load(TaskFixture.WORDS + line + "\n"))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INVALID))
                .hasMessageContaining("task.yaml")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    name: words        | name: my words    | the name 'my words' must be of letters
                    name: words        | name: ../words    | the name '../words' must be of letters
                    name: words        | name: w/{{part}}  | the field 'name' holds {{part}}
                    kind: question     | kind: riddle      | the kind 'riddle' is not known; choose
                    format: jsonl      | format: xml       | the format 'xml' is not known; choose
                    question: asked    | id: asked         | the field 'question' is missing
                    answer: wanted     | id: asked         | the field 'answer' is missing
                    answer: wanted     | answer: {a: b}    | the field 'answer' must hold text
                    """)
    void a_wrong_definition_says_what_is_right(String old, String now, String message) {
        assertThatThrownBy(() -> fixture.load(TaskFixture.WORDS.replace(old, now)))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("task.yaml")
                .hasMessageContaining(message);
    }

    @Test
    void a_file_that_holds_no_fields_is_no_definition() {
        assertThatThrownBy(() -> fixture.load("just words"))
                .hasMessageContaining("must hold fields");
        assertThatThrownBy(() -> fixture.load("")).hasMessageContaining("must hold fields");
        assertThatThrownBy(() -> fixture.load("a: [1")).hasMessageContaining("cannot be read");
    }

    private static String prompt(Task task) {
        return TaskFixture.prompt(task.samples().getFirst());
    }
}
