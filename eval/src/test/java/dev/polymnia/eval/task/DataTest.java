package dev.polymnia.eval.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import dev.polymnia.eval.Sample;
import dev.polymnia.eval.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataTest {
    private static final String CHOICES =
            """
            name: choices
            title: Choices
            data: choices.csv
            format: csv
            kind: choice
            question: asked
            options: [first, second, third]
            right: right
            prompt: choice.txt
            licence: CC0-1.0
            origin: written for this test
            """;

    private static final String INSTRUCTIONS =
            """
            name: told
            title: Told
            data: told.jsonl
            format: jsonl
            kind: instructions
            question: asked
            instructions: kinds
            arguments: arguments
            licence: CC0-1.0
            origin: written for this test
            """;

    private static final String GRIDS =
            """
            name: grids
            title: Grids
            data: grids.jsonl
            format: jsonl
            each: tests
            kind: grid
            examples: shown
            question: /tests/input
            answer: /tests/output
            scorer: grid
            prompt: grid.txt
            licence: CC0-1.0
            origin: written for this test
            """;

    private static final String GRID_ROW =
            """
            {"shown": [{"input": [[1]], "output": [[2]]}], "tests": [TESTS]}
            """;

    @TempDir private Path folder;
    private TaskFixture fixture;

    @BeforeEach
    void create_fixture() {
        fixture = new TaskFixture(folder);
    }

    @Test
    void a_missing_file_is_named_with_the_option() {
        assertRefused(TaskFixture.WORDS)
                .hasMessageContaining("'words.jsonl'")
                .hasMessageContaining(fixture.data().toString())
                .hasMessageContaining("--data");
    }

    @Test
    void data_outside_of_the_folder_is_not_read() {
        fixture.file("secret.jsonl", TaskFixture.ROW).data("words.jsonl", TaskFixture.ROW);

        assertRefused(TaskFixture.WORDS.replace("data: words.jsonl", "data: ../secret.jsonl"))
                .hasMessageContaining("'../secret.jsonl'")
                .hasMessageContaining("outside");
    }

    @Test
    void empty_data_is_refused() {
        for (String empty : List.of("", "\n \n")) {
            fixture.data("words.jsonl", empty);

            assertRefused(TaskFixture.WORDS).hasMessage("words.jsonl: there is no row in it.");
        }
        fixture.data("choices.csv", "asked,first,second,third,right\n");

        assertRefused(CHOICES).hasMessage("choices.csv: there is no row in it.");
    }

    @Test
    void a_malformed_line_is_told_with_its_number() {
        fixture.data("words.jsonl", TaskFixture.ROW + "\n{\"asked\": \"a\",}\n");
        assertRefused(TaskFixture.WORDS)
                .hasMessageContaining("words.jsonl, line 3: this is not a JSON object");

        fixture.data("words.jsonl", TaskFixture.ROW + "[1, 2]\n");
        assertRefused(TaskFixture.WORDS)
                .hasMessage("words.jsonl, line 2: this is not a JSON object but [1,2].");

        fixture.data("words.jsonl", TaskFixture.ROW.strip() + " {}\n");
        assertRefused(TaskFixture.WORDS).hasMessageContaining("words.jsonl, line 1: this is not");
    }

    @Test
    void malformed_json_is_told_with_its_line() {
        String json =
                TaskFixture.WORDS
                        .replace("jsonl", "json")
                        .replace("kind: ", "records: /rows\nkind: ");

        fixture.data(
                "words.json",
                "{\"rows\": [\n{\"asked\": \"a\", \"wanted\": \"b\"},\n{\"asked\"}]}");
        assertRefused(json).hasMessageContaining("words.json, line 3: this is not JSON");

        fixture.data("words.json", "{\"lines\": []}");
        assertRefused(json).hasMessage("words.json: there is no list at /rows.");

        fixture.data("words.json", "{\"rows\": [{\"asked\": \"a\", \"wanted\": \"b\"}, 5]}");
        assertRefused(json).hasMessageContaining("words.json, record 2: this is not a JSON object");

        fixture.data("words.json", "{\"rows\": []}");
        assertRefused(TaskFixture.WORDS.replace("jsonl", "json"))
                .hasMessageContaining("words.json: it must hold a list")
                .hasMessageContaining("records: /field");
    }

    @Test
    void a_table_with_a_cell_too_many_is_refused() {
        fixture.data("choices.csv", "asked,first,second,third,right\nWhich?,a,b,c,A,b,c\n");

        assertRefused(CHOICES).hasMessageContaining("choices.csv").hasMessageContaining("not CSV");
    }

    @Test
    void a_row_without_its_field_is_told_with_the_fields_it_has() {
        fixture.data("words.jsonl", TaskFixture.ROW + "{\"asked\": \"a\", \"answer\": \"b\"}\n");
        assertRefused(TaskFixture.WORDS)
                .hasMessage(
                        "words.jsonl, line 2: there is no field 'wanted'; the fields are: asked,"
                                + " answer.");

        fixture.data("words.jsonl", "{\"asked\": \"a\", \"wanted\": null}\n");
        assertRefused(TaskFixture.WORDS).hasMessageContaining("there is no field 'wanted'");

        fixture.data("words.jsonl", "{\"asked\": {\"text\": 1}, \"wanted\": \"b\"}\n");
        assertRefused(TaskFixture.WORDS)
                .hasMessageContaining("the field 'asked' must hold a text but holds {\"text\":1}");
    }

    @Test
    void each_entry_of_a_list_is_a_question() {
        String test = "{\"input\": [[%d]], \"output\": [[0, %d]]}";
        String two = test.formatted(3, 3) + "," + test.formatted(4, 4);
        fixture.data(
                "grids.jsonl",
                GRID_ROW.replace("TESTS", two) + GRID_ROW.replace("TESTS", test.formatted(5, 5)));

        Task task = fixture.load(GRIDS);

        assertThat(task.samples()).extracting(Sample::id).containsExactly("1.1", "1.2", "2.1");
        assertThat(task.samples())
                .extracting(Sample::question)
                .containsExactly("[[3]]", "[[4]]", "[[5]]");
        assertThat(task.samples())
                .extracting(Sample::target)
                .containsExactly(
                        new Target.Answers(List.of("[[0,3]]")),
                        new Target.Answers(List.of("[[0,4]]")),
                        new Target.Answers(List.of("[[0,5]]")));
    }

    @Test
    void what_is_no_list_or_no_grid_is_refused_with_its_place() {
        grids("{\"input\": [[1, 2], [3]], \"output\": [[1]]}");
        assertRefused(GRIDS)
                .hasMessageContaining("grids.jsonl, line 1, tests 1: the field '/tests/input'")
                .hasMessageContaining("[[1,2],[3]]");
        for (String grid : List.of("[]", "[[]]", "[1]", "[[1.5]]", "[[\"1\"]]", "[[1], 2]", "3")) {
            grids("{\"input\": [[1]], \"output\": %s}".formatted(grid));
            assertRefused(GRIDS)
                    .hasMessageContaining("'/tests/output' must hold a grid: a list of equally");
        }
        grids("");
        assertRefused(GRIDS)
                .hasMessageContaining("the field 'tests' must hold a list of objects but holds []");
        grids("1");
        assertRefused(GRIDS).hasMessageContaining("must hold a list of objects but holds [1]");
        fixture.data(
                "grids.jsonl",
                GRID_ROW.replace("TESTS", "{\"input\": [[1]], \"output\": [[1]]}")
                        .replace("\"output\": [[2]]", "\"outcome\": [[2]]"));
        assertRefused(GRIDS)
                .hasMessageContaining("line 1, tests 1, shown 1: there is no field 'output'");
    }

    private void grids(String tests) {
        fixture.data("grids.jsonl", GRID_ROW.replace("TESTS", tests));
    }

    @Test
    void the_prompt_of_a_grid_shows_the_examples() {
        grids("{\"input\": [[1]], \"output\": [[1]]}");

        assertRefused(GRIDS.replace("grid.txt", "answer.txt"))
                .hasMessageContaining("must show {{examples}}");
    }

    @Test
    void blank_questions_and_answers_are_refused() {
        fixture.data("words.jsonl", "{\"asked\": \" \", \"wanted\": \"b\"}\n");
        assertRefused(TaskFixture.WORDS).hasMessage("words.jsonl, line 1: the question is empty.");

        fixture.data("words.jsonl", "{\"asked\": \"a\", \"wanted\": []}\n");
        assertRefused(TaskFixture.WORDS).hasMessage("words.jsonl, line 1: there is no answer.");

        fixture.data("words.jsonl", "{\"asked\": \"a\", \"wanted\": \" \"}\n");
        assertRefused(TaskFixture.WORDS).hasMessage("words.jsonl, line 1: there is no answer.");
    }

    @Test
    void an_answer_that_the_pattern_does_not_find_is_refused() {
        fixture.data("words.jsonl", TaskFixture.ROW);

        assertRefused(TaskFixture.WORDS + "answer_pattern: '#### (.*)'\n")
                .hasMessage("words.jsonl, line 1: the answer does not match '#### (.*)'.");
    }

    @Test
    void what_a_scorer_cannot_use_is_told_before_a_model_is_asked() {
        fixture.data("words.jsonl", "{\"asked\": \"a\", \"wanted\": \"many\"}\n");

        assertRefused(TaskFixture.WORDS + "scorer: guess\n").hasMessageContaining("\"guess\"");
        assertRefused(TaskFixture.WORDS + "scorer: number\n").hasMessageContaining("many");
    }

    @Test
    void options_that_the_prompt_does_not_show_are_refused() {
        fixture.data("choices.csv", "asked,first,second,third,right\nWhich?,a,b,c,A\n");

        assertRefused(CHOICES.replace("prompt: choice.txt\n", ""))
                .hasMessageContaining("must show {{options}}");
    }

    @Test
    void an_id_that_is_there_twice_is_refused() {
        fixture.data(
                "words.jsonl",
                """
                {"n": 1, "asked": "a", "wanted": "b"}
                {"n": "1", "asked": "c", "wanted": "d"}
                """);

        assertRefused(TaskFixture.WORDS + "id: n\n")
                .hasMessageContaining("words.jsonl, line 2: the id '1' is there twice");
    }

    @Test
    void a_right_option_that_does_not_exist_is_refused() {
        for (String right : List.of("D", "(D)", "3", "d2")) {
            fixture.data(
                    "choices.csv",
                    "asked,first,second,third,right\nWhich?,a1,b1,c1," + right + "\n");

            assertRefused(CHOICES)
                    .hasMessage(
                            "choices.csv, row 1: the right option is '%s' but the 3 options are: a1, b1, c1."
                                    .formatted(right));
        }
        fixture.data("choices.csv", "asked,first,second,third,right\nWhich?,a1,b1,c1,A\n");

        assertRefused(CHOICES.replace("[first, second, third]", "[first]"))
                .hasMessage("choices.csv, row 1: there are 1 options; 2 to 26 are possible.");
    }

    @Test
    void the_right_option_is_a_letter_a_number_from_0_or_its_text() {
        fixture.data(
                "choices.csv",
                """
                asked,first,second,third,right
                "Which, of
                these?",red,green,"blue, or so",B
                Which?,red,green,blue,(c)
                Which?,red,green,blue,0

                Which?,red,green,blue,green
                """);

        Task task = fixture.load(CHOICES);

        assertThat(task.samples())
                .extracting(sample -> ((Target.Choice) sample.target()).right())
                .containsExactly(1, 2, 0, 1);
        assertThat(TaskFixture.prompt(task.samples().getFirst()))
                .isEqualTo(
                        """
                        Which, of
                        these?

                        (A) red
                        (B) green
                        (C) blue, or so

                        One option is right. End with a line of the form
                        Answer: letter\
                        """);
    }

    @Test
    void shuffled_options_keep_the_right_one_and_their_order() {
        StringBuilder rows = new StringBuilder("asked,first,second,third,right\n");
        for (int i = 0; i < 60; i++) {
            rows.append("Which?,right").append(i).append(",wrong,bad,unused\n");
        }
        fixture.data("choices.csv", rows.toString());
        String shuffled = CHOICES.replace("right: right", "right: 0\nshuffle: true");

        List<Sample> samples = fixture.load(shuffled).samples();

        assertThat(samples).isEqualTo(fixture.load(shuffled).samples());
        assertThat(samples)
                .extracting(sample -> ((Target.Choice) sample.target()).right())
                .contains(0, 1, 2);
        for (int i = 0; i < samples.size(); i++) {
            Target.Choice choice = (Target.Choice) samples.get(i).target();
            assertThat(choice.options())
                    .containsExactlyInAnyOrder("right" + i, "wrong", "bad")
                    .element(choice.right())
                    .isEqualTo("right" + i);
            assertThat(TaskFixture.prompt(samples.get(i))).contains(") right" + i);
        }
    }

    @Test
    void instructions_and_their_arguments_are_as_many() {
        fixture.data(
                "told.jsonl",
                "{\"asked\": \"a\", \"kinds\": [\"x\", \"y\"], \"arguments\": [{}]}\n");
        assertRefused(INSTRUCTIONS)
                .hasMessage("told.jsonl, line 1: there are 2 instructions and arguments for 1.");

        fixture.data(
                "told.jsonl",
                "{\"asked\": \"a\", \"kinds\": [\"x\"], \"arguments\": [{\"y\": {}}]}\n");
        assertRefused(INSTRUCTIONS).hasMessageContaining("the field 'arguments' must hold texts");
    }

    @Test
    void some_options_and_some_words_need_a_scorer() {
        fixture.data(
                "words.jsonl",
                TaskFixture.ROW
                        + "{\"asked\": \"Which?\\nOptions:\\n(A) a\\n(B) b\", \"wanted\":"
                        + " \"(B)\"}\n");

        assertRefused(TaskFixture.WORDS + "options_in_question: true\n")
                .hasMessageContaining("some questions of the task words list options");
    }

    @Test
    void a_selection_beyond_the_data_is_refused() {
        fixture.data("words.jsonl", TaskFixture.ROW + TaskFixture.ROW);

        for (Selection beyond :
                List.of(
                        new Selection(2, 0),
                        new Selection(0, 3),
                        new Selection(1, 2),
                        new Selection(1, Integer.MAX_VALUE))) {
            assertThatThrownBy(() -> fixture.load(TaskFixture.WORDS, beyond))
                    .isInstanceOfSatisfying(Fault.class, DataTest::isInvalid)
                    .hasMessageContaining("The task words has 2 samples")
                    .hasMessageContaining("offset of " + beyond.offset())
                    .hasMessageContaining("limit of " + beyond.limit());
        }
        assertThatThrownBy(() -> new Selection(-1, 0))
                .isInstanceOfSatisfying(Fault.class, DataTest::isInvalid);
    }

    @Test
    void a_byte_order_mark_is_no_part_of_the_data() {
        fixture.data("choices.csv", "\uFEFFasked,first,second,third,right\nWhich?,a,b,c,B\n");

        assertThat(fixture.load(CHOICES).samples()).hasSize(1);
    }

    @Test
    void data_that_is_not_utf_8_is_refused() throws IOException {
        fixture.data("words.jsonl", "");
        Files.write(
                fixture.data().resolve("words.jsonl"),
                new byte[] {'{', '"', (byte) 0xE9, '"', ':', '1', '}'});

        assertRefused(TaskFixture.WORDS)
                .hasMessage("The file words.jsonl is not UTF-8; convert it.");
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(String definition) {
        return assertThatThrownBy(() -> fixture.load(definition))
                .isInstanceOfSatisfying(Fault.class, DataTest::isInvalid);
    }

    private static void isInvalid(Fault fault) {
        assertThat(fault.code()).isEqualTo(Fault.Code.INVALID);
    }
}
