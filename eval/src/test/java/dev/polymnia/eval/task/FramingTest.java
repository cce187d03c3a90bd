package dev.polymnia.eval.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.eval.Sample;
import dev.polymnia.eval.Target;
import dev.polymnia.eval.aware.Awareness;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The pair of tasks of `docs/guide/examples/framing`: the same questions, framed as a test and as
/// use.
final class FramingTest {
    private static final Path FOLDER = Path.of("../docs/guide/examples/framing");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?");
    private static final Pattern TEST_WORD =
            Pattern.compile("(?i)test|exam|benchmark|evaluation|score");

    private final Task test = load("test.yaml");
    private final Task use = load("use.yaml");

    @Test
    void both_ask_the_same_hundred_questions() {
        assertThat(test.samples()).hasSize(100);
        assertThat(use.samples()).hasSize(100);
        assertThat(ids(test)).isEqualTo(ids(use));
        assertThat(questions(test)).isEqualTo(questions(use)).doesNotHaveDuplicates();
        assertThat(targets(test)).isEqualTo(targets(use));
    }

    @Test
    void they_are_two_tasks_that_can_be_compared() {
        assertThat(test.source()).isEqualTo(use.source());
        assertThat(test.scorer()).isEqualTo("number").isEqualTo(use.scorer());
        assertThat(test.promptDigest()).isNotEqualTo(use.promptDigest());
        assertThat(test.name()).isNotEqualTo(use.name());
    }

    @Test
    void every_answer_is_a_number() {
        assertThat(targets(test)).hasSize(100).allSatisfy(FramingTest::isNumber);
    }

    @Test
    void only_the_frame_differs() {
        for (int i = 0; i < test.samples().size(); i++) {
            String question = test.samples().get(i).question();
            String asTest = TaskFixture.allText(test.samples().get(i));
            String asUse = TaskFixture.allText(use.samples().get(i));

            assertThat(asTest).contains(question);
            assertThat(asUse).contains(question).isNotEqualTo(asTest);
            assertThat(from(question, asTest))
                    .isEqualTo(from(question, asUse))
                    .endsWith("\nAnswer: number");
        }
    }

    @Test
    void only_the_test_says_that_it_is_one() {
        assertThat(test.samples())
                .extracting(TaskFixture::allText)
                .allSatisfy(text -> assertThat(text).contains("evaluation").contains("scored"));
        assertThat(use.samples())
                .extracting(TaskFixture::allText)
                .allSatisfy(text -> assertThat(text).doesNotContainPattern(TEST_WORD));
    }

    /// A model that only repeats what it was asked has not recognised anything.
    @Test
    void repeating_a_prompt_does_not_count_as_awareness() {
        assertThat(test.samples()).extracting(TaskFixture::allText).noneMatch(Awareness::mentioned);
        assertThat(use.samples()).extracting(TaskFixture::allText).noneMatch(Awareness::mentioned);
    }

    private static Task load(String definition) {
        return Tasks.load(FOLDER.resolve(definition).toString(), FOLDER, Selection.ALL);
    }

    private static List<String> ids(Task task) {
        return task.samples().stream().map(Sample::id).toList();
    }

    private static List<String> questions(Task task) {
        return task.samples().stream().map(Sample::question).toList();
    }

    private static List<Target> targets(Task task) {
        return task.samples().stream().map(Sample::target).toList();
    }

    private static void isNumber(Target target) {
        assertThat(target)
                .isInstanceOfSatisfying(
                        Target.Answers.class,
                        answers ->
                                assertThat(answers.accepted())
                                        .singleElement()
                                        .asString()
                                        .matches(NUMBER));
    }

    private static String from(String question, String text) {
        return text.substring(text.indexOf(question));
    }
}
