package dev.polymnia.eval.ifeval;

import static dev.polymnia.eval.ifeval.Checking.instruction;
import static dev.polymnia.eval.ifeval.Checking.strictly;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.eval.Target;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the reference does and a reader would not expect.
final class OdditiesTest {
    private static final Target.Instruction JSON = instruction("detectable_format:json_format");
    private static final Target.Instruction QUOTED = instruction("startend:quotation");
    private static final Target.Instruction TWO = instruction("combination:two_responses");

    @Test
    void a_keyword_is_a_regular_expression_anywhere_in_the_response() {
        assertThat(strictly(existence("cat"), "Concatenate.")).isTrue();
        assertThat(strictly(existence("c.t"), "Cut!")).isTrue();
        assertThat(strictly(existence("^cut"), "The cut")).isFalse();
        assertThat(strictly(existence("\u00dcber"), "dar\u00fcber")).isTrue();
    }

    @Test
    void a_keyword_that_is_no_regular_expression_is_taken_as_it_is_written() {
        assertThat(strictly(existence("C++ (new"), "I like c++ (new) a lot.")).isTrue();
        assertThat(strictly(existence("C++ (new"), "I like CC new.")).isFalse();
        assertThat(strictly(existence("*"), "a * b")).isTrue();
        Target.Instruction forbidden =
                instruction("keywords:forbidden_words", "forbidden_words", List.of("a(b"));
        assertThat(strictly(forbidden, "so a(b it is")).isFalse();
        assertThat(strictly(forbidden, "so xa(b it is")).isTrue();
    }

    @Test
    void white_space_around_a_keyword_matters_only_where_it_has_to_exist() {
        assertThat(strictly(existence(" cat"), "cat")).isFalse();
        Target.Instruction once =
                instruction(
                        "keywords:frequency",
                        "keyword",
                        " cat ",
                        "frequency",
                        1L,
                        "relation",
                        "at least");
        assertThat(strictly(once, "cat")).isTrue();
    }

    @Test
    void the_borders_of_a_forbidden_word_are_not_grouped() {
        Target.Instruction either =
                instruction("keywords:forbidden_words", "forbidden_words", List.of("over|under"));
        assertThat(strictly(either, "an overcoat")).isFalse();
        assertThat(strictly(either, "a thunder")).isFalse();
        assertThat(strictly(either, "undertake and recover it")).isTrue();
    }

    @Test
    void a_word_is_a_run_of_letters_digits_and_underscores() {
        Target.Instruction four = words(4);
        assertThat(strictly(four, "well-known, it's")).isTrue();
        assertThat(strictly(four, "snake_case is 3")).isFalse();
        // One Hindi word with a vowel sign that is no word character to Python, and so two.
        assertThat(strictly(words(2), "\u0915\u093f\u0924")).isTrue();
        assertThat(strictly(words(1), "\u00b2")).isTrue();
    }

    @Test
    void a_blank_paragraph_counts_where_the_nth_is_looked_up() {
        String id = "length_constraints:nth_paragraph_first_word";
        Target.Instruction second =
                instruction(id, "num_paragraphs", 2L, "nth_paragraph", 2L, "first_word", "two");
        assertThat(strictly(second, "One.\n\n\nTwo.")).isTrue();
        assertThat(strictly(second, "One.\n\n\n\nTwo.")).isFalse();
        assertThat(strictly(second, "One.\n\n'\"Two'\" it is.")).isTrue();
    }

    @Test
    void a_divider_between_blank_parts_is_an_error() {
        Target.Instruction two =
                instruction("length_constraints:number_paragraphs", "num_paragraphs", 2L);
        assertThat(strictly(two, "***\nOne.\n***\nTwo.\n***")).isTrue();
        assertThat(strictly(two, "One.\n***\n\n***\nTwo.")).isFalse();
    }

    @Test
    void brackets_are_placeholders_within_a_line() {
        Target.Instruction two =
                instruction("detectable_content:number_placeholders", "num_placeholders", 2L);
        assertThat(strictly(two, "[] and [ ]")).isTrue();
        assertThat(strictly(two, "[[a] b]")).isFalse();
        assertThat(strictly(two, "[a] [b\n]")).isFalse();
        assertThat(strictly(two, "[a] [b\r]")).isTrue();
    }

    @Test
    void rules_and_emphasis_are_bullets_and_a_lonely_star_takes_the_next_line() {
        assertThat(strictly(bullets(2), "---\n*so* it is")).isTrue();
        assertThat(strictly(bullets(0), "**so** it is")).isTrue();
        assertThat(strictly(bullets(1), "*\n* so")).isTrue();
        assertThat(strictly(bullets(2), "*\n- so")).isTrue();
        assertThat(strictly(bullets(2), "\n\n  * a\n\n\t* b\n")).isTrue();
    }

    @Test
    void single_and_double_asterisks_are_counted_one_after_the_other() {
        assertThat(strictly(highlights(2), "***so***")).isTrue();
        assertThat(strictly(highlights(3), "* it is **so**")).isTrue();
        assertThat(strictly(highlights(1), "** ** and * *")).isFalse();
        assertThat(strictly(highlights(1), "*a\nb*")).isFalse();
    }

    @Test
    void a_group_in_the_mark_of_a_section_counts_as_a_section() {
        assertThat(strictly(sections("(Day|Night)", 4), "Day 1 Night 2")).isTrue();
        assertThat(strictly(sections("(Day|Night)", 5), "Day 1 Night 2")).isFalse();
        assertThat(strictly(sections("Day", 2), "Day1Day 2")).isTrue();
        assertThat(strictly(sections("Day", 1), "DAY 1")).isFalse();
        assertThat(strictly(sections("(Day", 1), "(Day 1)")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5",
                "\"words\"",
                "NaN",
                "[-Infinity]",
                "```\n{}\n```",
                "```JSON\n[]```",
                "{\"a\":1,\"a\":2}",
                " null "
            })
    void any_value_is_json(String response) {
        assertThat(strictly(JSON, response)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "words",
                "{'a': 1}",
                "[1,]",
                "{} {}",
                "```js\n{}\n```",
                "```",
                "[1",
                "01",
                "{a: 1}",
                "// no\n{}",
                "\"a\nb\""
            })
    void what_python_does_not_read_is_no_json(String response) {
        assertThat(strictly(JSON, response)).isFalse();
    }

    @Test
    void a_title_may_be_anywhere_within_a_line() {
        Target.Instruction title = instruction("detectable_format:title");
        assertThat(strictly(title, "x << 2; y >> 1")).isTrue();
        assertThat(strictly(title, "<<>>")).isFalse();
        assertThat(strictly(title, "<<< >>>")).isFalse();
        assertThat(strictly(title, ">> a <<")).isFalse();
    }

    @Test
    void two_responses_bear_stars_at_the_ends_and_a_seventh() {
        assertThat(strictly(TWO, "******\nOne.\n*******\nTwo.\n******")).isTrue();
        assertThat(strictly(TWO, "One.\n************\nTwo.")).isFalse();
        assertThat(strictly(TWO, "One.\n******\n One. ")).isFalse();
    }

    @Test
    void a_prompt_is_repeated_whatever_its_case() {
        Target.Instruction repeat =
                instruction("combination:repeat_prompt", "prompt_to_repeat", " Write a poem. ");
        assertThat(strictly(repeat, "\n WRITE A POEM.")).isTrue();
        assertThat(strictly(repeat, "Write a  poem.")).isFalse();
    }

    @Test
    void quotation_marks_around_the_end_are_dropped_but_not_the_space_in_them() {
        Target.Instruction end = instruction("startend:end_checker", "end_phrase", "ok.");
        assertThat(strictly(end, "\"It is OK.\" ")).isTrue();
        assertThat(strictly(end, "\"It is OK. \"")).isFalse();
        assertThat(strictly(end, "a book.")).isTrue();
        assertThat(strictly(end, "a book")).isFalse();
    }

    @Test
    void two_quotations_are_one_and_a_lonely_mark_is_none() {
        assertThat(strictly(QUOTED, "\"So\" it \"is.\"")).isTrue();
        assertThat(strictly(QUOTED, "\"")).isFalse();
        assertThat(strictly(QUOTED, "\"\"")).isTrue();
    }

    @Test
    void a_postscript_may_be_anywhere_and_a_second_one_holds_a_first() {
        assertThat(strictly(postscript("P.S."), "So p.s. it is")).isTrue();
        assertThat(strictly(postscript("P.S."), "P.P.S. So")).isTrue();
        assertThat(strictly(postscript("P.P.S"), "P. P. S so")).isTrue();
        assertThat(strictly(postscript("P.P.S"), "P.S. So")).isFalse();
        assertThat(strictly(postscript("(PS"), "So (ps: it is)")).isTrue();
    }

    @Test
    void only_the_ascii_comma_is_a_comma() {
        Target.Instruction none = instruction("punctuation:no_comma");
        assertThat(strictly(none, "a\u060c b\uff0c c")).isTrue();
        assertThat(strictly(none, "1,000")).isFalse();
    }

    private static Target.Instruction existence(String keyword) {
        return instruction("keywords:existence", "keywords", List.of(keyword));
    }

    private static Target.Instruction words(long atLeast) {
        return instruction(
                "length_constraints:number_words", "num_words", atLeast, "relation", "at least");
    }

    private static Target.Instruction bullets(long number) {
        return instruction("detectable_format:number_bullet_lists", "num_bullets", number);
    }

    private static Target.Instruction highlights(long number) {
        String id = "detectable_format:number_highlighted_sections";
        return instruction(id, "num_highlights", number);
    }

    private static Target.Instruction sections(String word, long number) {
        String id = "detectable_format:multiple_sections";
        return instruction(id, "section_spliter", word, "num_sections", number);
    }

    private static Target.Instruction postscript(String marker) {
        return instruction("detectable_content:postscript", "postscript_marker", marker);
    }
}
