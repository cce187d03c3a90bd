package dev.polymnia.eval.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import dev.polymnia.eval.Sample;
import dev.polymnia.eval.Target;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HiddenTestsTest {
    private static final String ASSERTS =
            """
            name: doubles
            title: Doubles
            data: doubles.jsonl
            format: jsonl
            kind: code-asserts
            question: %s
            tests: tests
            prompt: code-asserts.txt
            licence: CC0-1.0
            origin: written for this test
            """;
    private static final String DOUBLES =
            """
            {"asked": "Double a number.", "tests": ["assert f(1) == 2", "assert f(10) == 20", "assert f(1) == 2.0"], "note": "assert f(10) == 20"}
            """;

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"humaneval", "mbpp"})
    void no_message_holds_an_assertion_but_the_shown_ones(String name) {
        List<Sample> samples = Tasks.load(name, TaskFixture.SMALL, Selection.ALL).samples();

        int hidden = 0;
        for (Sample sample : samples) {
            Target.Tests tests = (Target.Tests) sample.target();
            for (String test : tests.hidden()) {
                for (String line : test.lines().map(String::strip).toList()) {
                    if (line.startsWith("assert") && !tests.shown().contains(line)) {
                        hidden++;
                        assertThat(TaskFixture.allText(sample)).doesNotContain(line);
                    }
                }
            }
            assertThat(TaskFixture.allText(sample)).doesNotContain("check(");
        }
        assertThat(hidden).isGreaterThan(2);
    }

    @Test
    void a_shown_assertion_that_begins_like_a_hidden_one_is_no_leak() {
        TaskFixture fixture = new TaskFixture(folder).data("doubles.jsonl", DOUBLES);

        Task task = fixture.load(ASSERTS.formatted("asked"));

        assertThat(TaskFixture.prompt(task.samples().getFirst()))
                .contains("assert f(1) == 2\n")
                .doesNotContain("f(10)");
    }

    @Test
    void a_question_that_shows_a_hidden_assertion_is_refused() {
        TaskFixture fixture = new TaskFixture(folder).data("doubles.jsonl", DOUBLES);

        assertThatThrownBy(() -> fixture.load(ASSERTS.formatted("'{{asked}} {{note}}'")))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("doubles.jsonl, line 1")
                .hasMessageContaining("assert f(10) == 20");
    }

    @Test
    void a_prompt_cannot_name_another_field() {
        TaskFixture fixture =
                new TaskFixture(folder)
                        .data("doubles.jsonl", DOUBLES)
                        .file("leak.txt", "{{question}} {{tests}}");

        assertThatThrownBy(() ->
                        fixture.load(
                                ASSERTS.formatted("asked").replace("code-asserts.txt", "leak.txt")))
                .hasMessageContaining("the prompt cannot show {{tests}}")
                .hasMessageContaining("question, shown");
    }

    @Test
    void as_many_assertions_are_shown_as_the_definition_says() {
        TaskFixture fixture = new TaskFixture(folder).data("doubles.jsonl", DOUBLES);

        Task two = fixture.load(ASSERTS.formatted("asked") + "shown: 2\n");
        Target.Tests tests = (Target.Tests) two.samples().getFirst().target();

        assertThat(tests.shown()).containsExactly("assert f(1) == 2", "assert f(10) == 20");
        assertThat(tests.hidden()).hasSize(3);
        assertThat(TaskFixture.prompt(two.samples().getFirst())).contains("assert f(10) == 20");
    }
}
