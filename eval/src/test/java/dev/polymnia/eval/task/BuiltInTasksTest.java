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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BuiltInTasksTest {
    @Test
    void there_are_five_and_the_27_of_big_bench_hard_in_two_ways_and_four_of_arc() {
        List<String> names = Tasks.names();

        assertThat(names).hasSize(5 + 2 * 27 + 4).doesNotHaveDuplicates();
        assertThat(names).contains("arc-agi-1/evaluation", "arc-agi-2/training");
        assertThat(names)
                .contains("gsm8k", "humaneval", "mbpp", "ifeval", "bbh/navigate", "bbh-cot/snarks");
    }

    @Test
    void gsm8k_asks_for_the_number_behind_the_hashes() {
        Task task = small("gsm8k");

        assertThat(task.name()).isEqualTo("gsm8k");
        assertThat(task.scorer()).isEqualTo("number");
        assertThat(task.samples())
                .extracting(Sample::target)
                .containsExactly(answer("30"), answer("1,250"), answer("-2"));
        assertThat(task.samples()).extracting(Sample::id).containsExactly("1", "2", "3");
        Sample first = task.samples().getFirst();
        assertThat(first.question())
                .isEqualTo(
                        "Ada has 3 boxes of 12 pencils and gives 6 pencils away. How many are"
                                + " left?");
        assertThat(first.messages())
                .containsExactly(
                        Message.user(
                                first.question()
                                        + "\n\nEnd with a line of the form\nAnswer: number"));
        assertThat(task.source().name()).isEqualTo("gsm8k/test.jsonl");
        assertThat(task.source().licence()).isEqualTo("MIT");
        assertThat(task.source().sha256()).matches("[0-9a-f]{64}");
        assertThat(task.promptDigest()).matches("[0-9a-f]{64}");
    }

    @Test
    void humaneval_has_the_beginning_of_the_program_and_calls_the_check() {
        Task task = small("humaneval");

        assertThat(task.scorer()).isEqualTo("code");
        assertThat(task.samples()).extracting(Sample::id).containsExactly("Small/0", "Small/1");
        Sample first = task.samples().getFirst();
        Target.Tests tests = (Target.Tests) first.target();
        assertThat(tests.prefix())
                .startsWith("from typing import List")
                .contains("def widest_gap(");
        assertThat(tests.entryPoint()).isEqualTo("widest_gap");
        assertThat(tests.setup()).isEmpty();
        assertThat(tests.shown())
                .containsExactly(
                        "assert widest_gap([1, 4, 5]) == 3", "assert widest_gap([2]) == 0");
        assertThat(tests.hidden()).hasSize(1);
        assertThat(tests.hidden().getFirst())
                .contains("    assert candidate([0, 10, 11, 40]) == 29")
                .endsWith("\n\ncheck(widest_gap)\n");
        assertThat(TaskFixture.prompt(first)).contains("```python\n" + tests.prefix());
    }

    @Test
    void mbpp_shows_the_first_assertion_and_decides_by_all() {
        Task task = small("mbpp");

        assertThat(task.samples())
                .extracting(Sample::target)
                .containsExactly(
                        new Target.Tests(
                                "",
                                "",
                                "",
                                List.of("assert vowels('queue') == 4"),
                                List.of(
                                        "assert vowels('queue') == 4",
                                        "assert vowels('rhythm') == 0",
                                        "assert vowels('') == 0")),
                        new Target.Tests(
                                "",
                                "",
                                "import math\nimport sys",
                                List.of("assert math.isclose(diagonal(3, 4), 5)"),
                                List.of(
                                        "assert math.isclose(diagonal(3, 4), 5)",
                                        "assert math.isclose(diagonal(5, 12), 13)")));
        assertThat(task.samples()).extracting(Sample::id).containsExactly("3", "7");
        assertThat(TaskFixture.prompt(task.samples().getFirst()))
                .contains("count the vowels", "assert vowels('queue') == 4");
    }

    @Test
    void ifeval_is_asked_word_for_word_and_its_nulls_are_dropped() {
        Task task = small("ifeval");

        assertThat(task.scorer()).isEqualTo("instructions");
        assertThat(task.samples().getFirst().messages())
                .containsExactly(Message.user("Write about rain.\nUse no commas.  "));
        assertThat(TaskFixture.prompt(task.samples().get(1)))
                .startsWith("Write {{question}} about");
        assertThat(task.samples())
                .extracting(Sample::target)
                .containsExactly(
                        new Target.Instructions(
                                List.of(new Target.Instruction("punctuation:no_comma", Map.of()))),
                        new Target.Instructions(
                                List.of(
                                        new Target.Instruction(
                                                "length_constraints:number_words",
                                                Map.of("relation", "at least", "num_words", 300L)),
                                        new Target.Instruction(
                                                "keywords:existence",
                                                Map.of(
                                                        "keywords",
                                                        List.of("sea", "salt"),
                                                        "weight",
                                                        0.5)))));
    }

    @Test
    void big_bench_hard_has_words_where_no_letters_are_listed() {
        Task task = small("bbh/navigate");

        assertThat(task.name()).isEqualTo("bbh/navigate");
        assertThat(task.scorer()).isEqualTo("match");
        assertThat(task.samples())
                .extracting(Sample::target)
                .containsExactly(answer("Yes"), answer("No"));
        assertThat(TaskFixture.prompt(task.samples().getFirst()))
                .startsWith(task.samples().getFirst().question())
                .contains("step by step")
                .endsWith("\nAnswer: result");
    }

    @Test
    void big_bench_hard_has_options_where_letters_are_listed() {
        Task task = small("bbh/ruin_names");

        assertThat(task.scorer()).isEqualTo("choice");
        assertThat(task.samples().getFirst().target())
                .isEqualTo(
                        new Target.Choice(
                                List.of("the quiet tea", "the qquiet sea", "thee quiet sea"), 0));
    }

    @Test
    void an_answer_that_is_none_of_the_listed_options_becomes_one_more() {
        Task task = small("bbh/ruin_names");

        assertThat(task.samples().get(1).target())
                .isEqualTo(
                        new Target.Choice(
                                List.of("salt", "peppper", "malt", "pepper", "malt, pepper"), 4));
    }

    @Test
    void arc_asks_for_each_test_grid_by_itself() {
        Task task = small("arc-agi-1/training");

        assertThat(task.scorer()).isEqualTo("grid");
        assertThat(task.samples())
                .extracting(Sample::id)
                .containsExactly("small-1.1", "small-2.1", "small-2.2");
        assertThat(task.samples())
                .extracting(Sample::question)
                .containsExactly("[[3,4]]", "[[6]]", "[[8]]");
        assertThat(task.samples())
                .extracting(Sample::target)
                .containsExactly(
                        answer("[[4,3]]"), answer("[[6,6],[6,6]]"), answer("[[8,8],[8,8]]"));
        assertThat(TaskFixture.prompt(task.samples().getFirst()))
                .contains(
                        """

                        Example 1
                        Input: [[1,0]]
                        Output: [[0,1]]

                        Example 2
                        Input: [[2,0,0]]
                        Output: [[0,0,2]]

                        """)
                .contains("\nInput: [[3,4]]\n")
                .contains("\nAnswer: [[...]")
                .doesNotContain("[[4,3]]");
        assertThat(task.samples())
                .allSatisfy(sample ->
                        assertThat(TaskFixture.allText(sample))
                                .doesNotContain("[[6,6],[6,6]]", "[[8,8],[8,8]]"));
        assertThat(small("arc-agi-2/evaluation").samples()).hasSize(1);
        assertThat(task.source().licence()).isEqualTo("Apache-2.0");
    }

    @Test
    void the_published_examples_come_without_their_canary() {
        Sample sample = small("bbh-cot/navigate").samples().getFirst();

        assertThat(TaskFixture.prompt(sample))
                .contains("\n\nFind out whether one returns to the starting point.\n\nQ: Take 5")
                .contains("So the answer is Yes.\n\nQ: " + sample.question() + "\nA: Let's think")
                .doesNotContain("canary")
                .doesNotContain("-----");
        assertThat(sample.question()).startsWith("If you follow");
    }

    @Test
    void the_digest_of_the_prompt_differs_with_the_prompt_only() {
        assertThat(small("bbh/navigate").promptDigest())
                .isEqualTo(small("bbh/navigate", new Selection(1, 1)).promptDigest())
                .isNotEqualTo(small("bbh-cot/navigate").promptDigest());
    }

    @Test
    void all_of_big_bench_hard_is_27_tasks(@TempDir Path folder) {
        TaskFixture fixture = new TaskFixture(folder);
        List<String> names =
                Tasks.names().stream().filter(name -> name.startsWith("bbh/")).toList();
        for (String name : names) {
            fixture.data(
                    "bbh/" + name + ".json",
                    "{\"examples\": [{\"input\": \"1 + 1\", \"target\": 2}]}");
        }

        List<Task> tasks = Tasks.loadAll("bbh", fixture.data(), Selection.ALL);

        assertThat(tasks).extracting(Task::name).containsExactlyElementsOf(names).hasSize(27);
    }

    @Test
    void a_single_task_is_all_of_its_name() {
        assertThat(Tasks.loadAll("gsm8k", TaskFixture.SMALL, Selection.ALL))
                .containsExactly(small("gsm8k"));
        assertThat(Tasks.loadAll("bbh/navigate", TaskFixture.SMALL, Selection.ALL))
                .containsExactly(small("bbh/navigate"));
    }

    @Test
    void several_tasks_cannot_be_loaded_as_one() {
        assertThatThrownBy(() -> small("bbh"))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INVALID))
                .hasMessage(
                        "'bbh' is 27 tasks; name one of them, such as bbh/boolean_expressions.");
    }

    @Test
    void an_unknown_task_is_told_with_the_known_ones() {
        assertThatThrownBy(() -> small("gsm9k"))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.NOT_FOUND))
                .hasMessageContaining("'gsm9k'")
                .hasMessageContaining("gsm8k, gsm8k-train, humaneval, mbpp, ifeval, bbh");
        assertThatThrownBy(() -> small("bbh/sailing"))
                .hasMessageContaining("'bbh/sailing'")
                .hasMessageContaining("word_sorting");
        assertThatThrownBy(() -> small("gsm8k/hard")).hasMessageContaining("'gsm8k/hard'");
    }

    @Test
    void samples_are_selected_in_the_order_of_the_data() {
        assertThat(small("gsm8k", new Selection(1, 1)).samples())
                .extracting(Sample::id)
                .containsExactly("2");
        assertThat(small("gsm8k", new Selection(1, 0)).samples())
                .extracting(Sample::id)
                .containsExactly("2", "3");
        assertThat(small("gsm8k", new Selection(0, 3)).samples()).hasSize(3);
    }

    private static Task small(String name) {
        return small(name, Selection.ALL);
    }

    private static Task small(String name, Selection selection) {
        return Tasks.load(name, TaskFixture.SMALL, selection);
    }

    private static Target answer(String words) {
        return new Target.Answers(List.of(words));
    }
}
