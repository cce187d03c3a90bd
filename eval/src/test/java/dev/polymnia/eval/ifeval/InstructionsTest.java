package dev.polymnia.eval.ifeval;

import static dev.polymnia.eval.ifeval.Checking.check;
import static dev.polymnia.eval.ifeval.Checking.instruction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import dev.polymnia.eval.Target;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class InstructionsTest {
    private static final String[] KNOWN = {
        "keywords:existence",
        "keywords:frequency",
        "keywords:forbidden_words",
        "keywords:letter_frequency",
        "language:response_language",
        "length_constraints:number_sentences",
        "length_constraints:number_paragraphs",
        "length_constraints:number_words",
        "length_constraints:nth_paragraph_first_word",
        "detectable_content:number_placeholders",
        "detectable_content:postscript",
        "detectable_format:number_bullet_lists",
        "detectable_format:constrained_response",
        "detectable_format:number_highlighted_sections",
        "detectable_format:multiple_sections",
        "detectable_format:json_format",
        "detectable_format:title",
        "combination:two_responses",
        "combination:repeat_prompt",
        "startend:end_checker",
        "startend:quotation",
        "change_case:capital_word_frequency",
        "change_case:english_capital",
        "change_case:english_lowercase",
        "punctuation:no_comma",
    };

    private static final String WORDS = "length_constraints:number_words";
    private static final String FIRST = "length_constraints:nth_paragraph_first_word";
    private static final Target.Instruction NO_COMMA = instruction("punctuation:no_comma");

    @Test
    void the_25_kinds_are_known_and_no_other() {
        assertThat(KNOWN).hasSize(25);
        assertThat(Instructions.ids()).containsExactly(KNOWN);
    }

    @Test
    void an_unknown_kind_is_named_with_those_that_are_known() {
        assertThatThrownBy(() -> check(instruction("punctuation:no_coma"), "words"))
                .isInstanceOfSatisfying(
                        Fault.class, f -> assertThat(f.code()).isEqualTo(Fault.Code.INVALID))
                .hasMessageContaining("'punctuation:no_coma'")
                .hasMessageContaining("punctuation:no_comma")
                .hasMessageContaining("keywords:existence");
    }

    static List<Arguments> badArguments() {
        return List.of(
                bad("num_words", WORDS, "relation", "at least"),
                bad("num_words", WORDS, "relation", "at least", "num_words", "ten"),
                bad("num_words", WORDS, "relation", "at least", "num_words", -1L),
                bad("num_words", WORDS, "relation", "at least", "num_words", 2.5),
                bad("num_words", WORDS, "relation", "at least", "num_words", Double.NaN),
                bad("num_words", WORDS, "relation", "at least", "num_words", 1L << 40),
                bad("relation", WORDS, "num_words", 5L),
                bad("relation", WORDS, "num_words", 5L, "relation", "at most"),
                bad("relation", WORDS, "num_words", 5L, "relation", 5L),
                bad("keywords", "keywords:existence"),
                bad("keywords", "keywords:existence", "keywords", "cat"),
                bad("keywords", "keywords:existence", "keywords", List.of()),
                bad("keywords", "keywords:existence", "keywords", List.of("cat", 5L)),
                bad("forbidden_words", "keywords:forbidden_words", "forbidden_words", 1L),
                bad("keyword", "keywords:frequency", "frequency", 1L, "relation", "at least"),
                bad("letter", "keywords:letter_frequency", "letter", "ab"),
                bad("letter", "keywords:letter_frequency", "letter", " "),
                bad("language", "language:response_language", "language", List.of("de")),
                bad("end_phrase", "startend:end_checker", "end_phrase", " \n"),
                bad("prompt_to_repeat", "combination:repeat_prompt"),
                bad("postscript_marker", "detectable_content:postscript"),
                bad("section_spliter", "detectable_format:multiple_sections", "num_sections", 1L),
                bad("nth_paragraph", FIRST, "num_paragraphs", 2L, "nth_paragraph", 3L),
                bad("nth_paragraph", FIRST, "num_paragraphs", 2L, "nth_paragraph", 0L),
                bad("first_word", FIRST, "num_paragraphs", 2L, "nth_paragraph", 2L));
    }

    @ParameterizedTest
    @MethodSource("badArguments")
    void a_bad_argument_is_named_with_its_instruction(
            String argument, Target.Instruction instruction) {
        for (String response : List.of("words", "")) {
            assertThatThrownBy(() -> check(instruction, response))
                    .isInstanceOfSatisfying(
                            Fault.class, f -> assertThat(f.code()).isEqualTo(Fault.Code.INVALID))
                    .hasMessageContaining(instruction.id())
                    .hasMessageContaining("'" + argument + "'");
        }
    }

    @Test
    void a_whole_number_may_be_written_as_a_fraction() {
        Target.Instruction two = instruction(WORDS, "num_words", 2.0, "relation", "at least");
        assertThat(Checking.strictly(two, "two words")).isTrue();
        assertThat(Checking.strictly(two, "one")).isFalse();
    }

    @Test
    void a_blank_response_follows_nothing() {
        Target.Instruction none = instruction(WORDS, "num_words", 5L, "relation", "less than");
        for (String blank : List.of("", " ", "\n\n\t", "\u00a0")) {
            assertThat(check(NO_COMMA, blank)).isEqualTo(verdict(false, false));
            assertThat(check(none, blank)).isEqualTo(verdict(false, false));
        }
    }

    @Test
    void each_instruction_has_its_verdict_in_order() {
        Target.Instruction five = instruction(WORDS, "num_words", 5L, "relation", "at least");
        Target.Instruction quoted = instruction("startend:quotation");
        Verdict verdict =
                Instructions.check(
                        new Target.Instructions(List.of(NO_COMMA, five, quoted)),
                        "\"One, two, three\"\n");
        assertThat(verdict.strict()).containsExactly(false, false, true);
        assertThat(verdict.loose()).containsExactly(false, false, true);
        assertThat(verdict.isStrict()).isFalse();
        assertThat(verdict.isLoose()).isFalse();
    }

    @Test
    void an_introduction_and_a_farewell_are_forgiven_loosely() {
        assertThat(check(NO_COMMA, "Sure, here it is:\nNo comma.")).isEqualTo(verdict(false, true));
        assertThat(check(NO_COMMA, "No comma.\nBye, dear.")).isEqualTo(verdict(false, true));
        assertThat(check(NO_COMMA, "Sure, so:\nNo comma.\nBye, dear."))
                .isEqualTo(verdict(false, true));
        assertThat(check(NO_COMMA, "No.\nIn, between.\nNo.")).isEqualTo(verdict(false, false));
        assertThat(check(NO_COMMA, "One, line.")).isEqualTo(verdict(false, false));
    }

    @Test
    void asterisks_are_forgiven_loosely() {
        Target.Instruction end = instruction("startend:end_checker", "end_phrase", "the end");
        assertThat(check(end, "It is **the end**")).isEqualTo(verdict(false, true));
        assertThat(check(end, "**Story**\nIt is *the end*\nIs it?"))
                .isEqualTo(verdict(false, true));
        assertThat(check(end, "It is _the end_")).isEqualTo(verdict(false, false));
    }

    @Test
    void what_is_followed_strictly_is_followed_loosely() {
        Target.Instruction two = instruction("combination:two_responses");
        assertThat(check(two, "One.\n******\nTwo.")).isEqualTo(verdict(true, true));
        assertThat(verdict(true, true).isStrict()).isTrue();
        assertThat(verdict(false, true).isLoose()).isTrue();
    }

    private static Verdict verdict(boolean strict, boolean loose) {
        return new Verdict(List.of(strict), List.of(loose));
    }

    private static Arguments bad(String argument, String id, Object... arguments) {
        return Arguments.of(argument, instruction(id, arguments));
    }
}
