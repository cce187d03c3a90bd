package dev.polymnia.eval.ifeval;

import static dev.polymnia.eval.ifeval.Checking.instruction;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.eval.Target;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each kind with a response that follows and one that does not.
final class KindsTest {
    private static final String GERMAN =
            "Der alte Mann saß jeden Morgen auf der Bank vor seinem Haus und sah den Kindern zu,"
                    + " die auf dem Weg zur Schule waren.";
    private static final String ENGLISH =
            "the old man sat on the bench in front of his house every morning and watched the"
                    + " children who were on their way to school. when it rained he stayed inside,"
                    + " and they asked each other where he was and whether they should knock.";

    record Example(Target.Instruction instruction, String follows, String doesNot) {}

    static List<Example> examples() {
        return List.of(
                example(
                        "A cat and a DOG.",
                        "A cat.",
                        "keywords:existence",
                        "keywords",
                        List.of("cat", "dog")),
                example(
                        "Rain, rain.",
                        "Rain.",
                        "keywords:frequency",
                        "keyword",
                        "rain",
                        "frequency",
                        2L,
                        "relation",
                        "at least"),
                example(
                        "The runner rests.",
                        "They run.",
                        "keywords:forbidden_words",
                        "forbidden_words",
                        List.of("run", "walk")),
                example(
                        "Ease",
                        "Eel, eel",
                        "keywords:letter_frequency",
                        "letter",
                        "e",
                        "let_frequency",
                        3L,
                        "let_relation",
                        "less than"),
                example(GERMAN, ENGLISH, "language:response_language", "language", "de"),
                example(
                        "One. Two.",
                        "One. Two. Three.",
                        "length_constraints:number_sentences",
                        "num_sentences",
                        3L,
                        "relation",
                        "less than"),
                example(
                        "One.\n\nStill one.\n***\nTwo.",
                        "One.\n\nNot two.",
                        "length_constraints:number_paragraphs",
                        "num_paragraphs",
                        2L),
                example(
                        "Four words are here.",
                        "Just three words.",
                        "length_constraints:number_words",
                        "num_words",
                        4L,
                        "relation",
                        "at least"),
                example(
                        "One.\n\nWeekend, at last.",
                        "Weekend.\n\nOne.",
                        "length_constraints:nth_paragraph_first_word",
                        "num_paragraphs",
                        2L,
                        "nth_paragraph",
                        2L,
                        "first_word",
                        "weekend"),
                example(
                        "Dear [name], come to [place].",
                        "Dear [name],",
                        "detectable_content:number_placeholders",
                        "num_placeholders",
                        2L),
                example(
                        "Bye.\n\nP.S. Write!",
                        "Bye.\n\nPS Write!",
                        "detectable_content:postscript",
                        "postscript_marker",
                        "P.S."),
                example(
                        "* one\n- two",
                        "* one\n* two\n* three",
                        "detectable_format:number_bullet_lists",
                        "num_bullets",
                        2L),
                example(
                        "My answer is maybe.",
                        "My answer is perhaps.",
                        "detectable_format:constrained_response"),
                example(
                        "This is *one* and **two**.",
                        "This is *one*.",
                        "detectable_format:number_highlighted_sections",
                        "num_highlights",
                        2L),
                example(
                        "Section 1\nOne.\nSection 2\nTwo.",
                        "Section 1\nOne.\nSection Two\nTwo.",
                        "detectable_format:multiple_sections",
                        "section_spliter",
                        "Section",
                        "num_sections",
                        2L),
                example(
                        "```json\n{\"a\": [1, 2.5, null]}\n```",
                        "Here it is:\n```json\n{\"a\": 1}\n```",
                        "detectable_format:json_format"),
                example("<<Ode>>\nO!", "<Ode>\nO!", "detectable_format:title"),
                example("One.\n******\nTwo.", "One.\n***\nTwo.", "combination:two_responses"),
                example(
                        "Write a poem. Roses are red.",
                        "Roses are red. Write a poem.",
                        "combination:repeat_prompt",
                        "prompt_to_repeat",
                        "Write a poem."),
                example(
                        "So it is. PEACE!",
                        "Peace! So it is.",
                        "startend:end_checker",
                        "end_phrase",
                        "Peace!"),
                example("\"So it is.\"", "\u201cSo it is.\u201d", "startend:quotation"),
                example(
                        "NASA and ESA",
                        "NASA and Esa",
                        "change_case:capital_word_frequency",
                        "capital_frequency",
                        2L,
                        "capital_relation",
                        "at least"),
                example(ENGLISH.toUpperCase(Locale.ROOT), ENGLISH, "change_case:english_capital"),
                example(ENGLISH, GERMAN, "change_case:english_lowercase"),
                example("So; it is.", "So, it is.", "punctuation:no_comma"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void a_kind_is_followed_or_not(Example example) {
        assertThat(Checking.strictly(example.instruction(), example.follows())).isTrue();
        assertThat(Checking.strictly(example.instruction(), example.doesNot())).isFalse();
    }

    @Test
    void every_kind_has_an_example() {
        Stream<String> ids = examples().stream().map(example -> example.instruction().id());
        assertThat(ids.toList()).containsExactlyElementsOf(Instructions.ids());
    }

    /// Marks that open something and never close it are where a regular expression goes slow.
    @ParameterizedTest
    @MethodSource("examples")
    void a_long_response_has_a_verdict(Example example) {
        for (String part :
                List.of("word ", "[", "*", "<", "\n", " ", ".", "a.", "!\n", "\"", "#ab@", "S ")) {
            String response = part.repeat(100_000 / part.length()) + "x";
            assertThat(Checking.check(example.instruction(), response).strict()).hasSize(1);
        }
    }

    private static Example example(String follows, String doesNot, String id, Object... arguments) {
        return new Example(instruction(id, arguments), follows, doesNot);
    }
}
