package dev.polymnia.eval.ifeval;

import static dev.polymnia.eval.ifeval.Checking.instruction;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.eval.Target;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The cases of the reference's own tests (`instructions_test.py`), one row for each: the arguments
/// and the verdicts are theirs, short responses too, longer ones are written anew around what each
/// case is about. Languages are in `LanguagesTest`.
final class PublishedCasesTest {
    private static final String MOST = "less than";
    private static final String LEAST = "at least";

    static List<Arguments> sentences() {
        String id = "length_constraints:number_sentences";
        return List.of(
                row(false, "xx,x. xx,x! xx/x. x{x}x?", id, "num_sentences", 4L, "relation", MOST),
                row(true, "xxxx. xx,x! xxxx. x(x)x?", id, "num_sentences", 5L, "relation", MOST),
                row(true, "xxxx. xx,x! xx|x. x&x x?", id, "num_sentences", 4L, "relation", LEAST),
                row(false, "xx-x. xx,x! xx}x. x,xx?", id, "num_sentences", 5L, "relation", LEAST));
    }

    static List<Arguments> contents() {
        String places = "detectable_content:number_placeholders";
        String mark = "postscript_marker";
        String ps = "detectable_content:postscript";
        String letter =
                """

                I begin each answer with "My answer:" and try to stay with it. Bear with me if I
                forget it once.

                P.S. This should be what was asked for.\
                """;
        String twice =
                """

                Here is what was asked for, with a postscript P.P.S.:

                My answer: yes.

                P.P.S. More questions are welcome.

                Is there one?\
                """;
        return List.of(
                row(
                        true,
                        "Five of them:\n[Name]\n[Email]\n[Phone]\n[Address]\n[Website]\nUse them.",
                        places,
                        "num_placeholders",
                        5L),
                row(
                        false,
                        "My [adjective] [noun] is [adjective] [noun]. I [verb] and [verb].",
                        places,
                        "num_placeholders",
                        7L),
                row(true, letter, ps, mark, "P.S."),
                row(false, letter, ps, mark, "PS:"),
                row(true, twice, ps, mark, "P.P.S"),
                row(true, "A circle of one. (same line) P.S. A joke!", ps, mark, "P.S."),
                row(true, "A square of one.\n  p.p.s all in small letters?\n", ps, mark, "P.P.S"),
                row(true, "Space and time.\n  P. S. Even a space in it.\n", ps, mark, "P.S."));
    }

    static List<Arguments> formats() {
        String bullets = "detectable_format:number_bullet_lists";
        String option = "detectable_format:constrained_response";
        String highlights = "detectable_format:number_highlighted_sections";
        String sections = "detectable_format:multiple_sections";
        String title = "detectable_format:title";
        return List.of(
                row(
                        true,
                        """

                          Lines with an asterisk (*) are bullets:
                          * One.
                          *(without a space) Two.
                          * (with no line end) Three.
                          They make lists.\
                        """,
                        bullets,
                        "num_bullets",
                        3L),
                row(
                        true,
                        "\n  One inside (*), *, is none:\n    * One.\n    * Two.\n    . not one",
                        bullets,
                        "num_bullets",
                        2L),
                row(
                        true,
                        "\n  Three:\n  * I am.\n  * I was.\n  * I will.",
                        bullets,
                        "num_bullets",
                        3L),
                row(
                        true,
                        "\n  Three:\n  - I am.\n  - I was.\n  -I will.",
                        bullets,
                        "num_bullets",
                        3L),
                row(
                        true,
                        "\n  Part 1\n  ***\n  Part 2\n  ***\n  Part 3\n  * only one\n  ",
                        bullets,
                        "num_bullets",
                        1L),
                row(true, "\n My answer is no.\n", option),
                row(true, "My answer is no.   ", option),
                row(true, "\n  My answer is no. I am still learning, and not the best.", option),
                row(
                        true,
                        "\n  One star, as in:*hello*, is enough. For strong words\n  take two:"
                                + " **hello** ",
                        highlights,
                        "num_highlights",
                        2L),
                row(
                        false,
                        "\n  Methods:\n  *Finite differences\n  *Finite elements*\n  *Boundary"
                                + " elements\n  *Monte Carlo\n  There!",
                        highlights,
                        "num_highlights",
                        2L),
                row(
                        true,
                        "\n  There may be *two of them* in *the same*\n  line. **Strong** ones"
                                + " **too.**\n  ",
                        highlights,
                        "num_highlights",
                        4L),
                row(
                        false,
                        """

                          Mark each with "Section X":
                          Section 1
                          [one]
                          Section 2
                          [two]\
                        """,
                        sections,
                        "section_spliter",
                        "Section",
                        "num_sections",
                        3L),
                row(
                        true,
                        "SECTION 1\n  [one]\n  SECTION 2\n  [two]",
                        sections,
                        "section_spliter",
                        "SECTION",
                        "num_sections",
                        2L),
                row(true, "\n  <<Song of Joy>>\n  La la la.\n  ", title),
                row(true, "\n  May it be at the end?\n  <<This is it>>\n  ", title),
                row(false, "\n  << >>\n  There is none.\n  ", title),
                row(false, "\n  <<This is none.\n  This is a paragraph.>>\n  ", title));
    }

    static List<Arguments> keywords() {
        String existence = "keywords:existence";
        String frequency = "keywords:frequency";
        String forbidden = "keywords:forbidden_words";
        String letter = "keywords:letter_frequency";
        List<String> words = List.of("romantic", "river", "Mona Lisa");
        String history =
                "They came to power in 1933. The state restricted rights, and its leader had become"
                        + " a dictator by 1934.";
        String reptiles = "A group of reptiles ruled the Earth until it went extinct.";
        String models = "A transformer is trained on text and code, and Google uses it.";
        List<String> first = List.of("HOUSE", "POWER", "BECOME");
        List<String> second = List.of("GOOGLE", "TEXT");
        String count = "let_frequency";
        String relation = "let_relation";
        return List.of(
                row(
                        true,
                        "The romantic river goes past the museum of the Mona Lisa.",
                        existence,
                        "keywords",
                        words),
                row(false, "A city of romantic river cruises.", existence, "keywords", words),
                row(
                        true,
                        "\n  keyword, Keyword, KEYWORD\n  ",
                        frequency,
                        "keyword",
                        "  keyword ",
                        "frequency",
                        4L,
                        "relation",
                        MOST),
                row(
                        true,
                        "\n  keyword, Keyword, KEYWORD\n  ",
                        frequency,
                        "keyword",
                        "  keyword ",
                        "frequency",
                        3L,
                        "relation",
                        LEAST),
                row(
                        false,
                        "\n    *keyword\n    *Keyword\n    *KEYWORD\n  ",
                        frequency,
                        "keyword",
                        "KEYWORD",
                        "frequency",
                        4L,
                        "relation",
                        LEAST),
                row(false, history, forbidden, "forbidden_words", first),
                row(true, reptiles, forbidden, "forbidden_words", first),
                row(true, models, forbidden, "forbidden_words", first),
                row(true, history, forbidden, "forbidden_words", second),
                row(true, reptiles, forbidden, "forbidden_words", second),
                row(false, models, forbidden, "forbidden_words", second),
                row(true, models, forbidden, "forbidden_words", List.of("GENE", "TRANSFORM")),
                row(
                        true,
                        "There is the T. Four T's.",
                        letter,
                        "letter",
                        "T",
                        count,
                        4L,
                        relation,
                        LEAST),
                row(true, "asdfghjkl!!aA", letter, "letter", "a", count, 4L, relation, MOST),
                row(false, "asdfghjkl!!aA", letter, "letter", "p", count, 4L, relation, LEAST),
                row(
                        true,
                        "#one #two #three #four",
                        letter,
                        "letter",
                        "#",
                        count,
                        4L,
                        relation,
                        LEAST),
                row(false, "#one #two #three", letter, "letter", "#", count, 4L, relation, LEAST));
    }

    static List<Arguments> lengths() {
        String words = "length_constraints:number_words";
        String paragraphs = "length_constraints:number_paragraphs";
        String first = "length_constraints:nth_paragraph_first_word";
        String seven = "\n  d3sCRi7 lArge lAnguagE M0del w1tH 20 w0RdS.";
        String sixteen =
                """

                L4RGE L4NGU4GE M0DEL: AI syst3m th4t und3rstands, g3n3r4tes, or tr4nsforms
                l4ngu4g3 b4s3d on pr3vious l3arning & d4t4.\
                """;
        String five =
                """

                  Wow.

                  I can't.

                  %s more than three? No way!

                  I am.

                  Haha, yes.\
                """;
        return List.of(
                row(true, seven, words, "num_words", 8L, "relation", MOST),
                row(false, sixteen, words, "num_words", 16L, "relation", MOST),
                row(true, sixteen, words, "num_words", 16L, "relation", LEAST),
                row(
                        true,
                        "\n  one\n  ***\n  two\n  ***\n  three",
                        paragraphs,
                        "num_paragraphs",
                        3L),
                row(
                        true,
                        """

                                  ***
                          one
                                  ***
                              two
                                  ***
                              three\
                        """,
                        paragraphs,
                        "num_paragraphs",
                        3L),
                row(
                        true,
                        """

                          one
                                  ***
                              two
                                  ***
                              three
                                  ***\
                        """,
                        paragraphs,
                        "num_paragraphs",
                        3L),
                row(
                        false,
                        "\n  one\n          ***\n      two\n          ***\n          ***",
                        paragraphs,
                        "num_paragraphs",
                        2L),
                nth(true, "\n  one\n\n  I two\n\n  three", first, 3, 2, "I"),
                nth(false, "\n  one\n\n  I two", first, 3, 2, "I"),
                nth(false, "\n  one\n\n  fail two\n\n  three", first, 3, 2, "I"),
                nth(true, five.formatted("Really"), first, 5, 5, "haha"),
                nth(true, five.formatted("\"Really?!"), first, 5, 3, "Really"),
                nth(false, five.formatted("Rea!lly"), first, 5, 3, "Really"));
    }

    static List<Arguments> others() {
        String two = "combination:two_responses";
        String repeat = "combination:repeat_prompt";
        String end = "startend:end_checker";
        String quotation = "startend:quotation";
        String comma = "punctuation:no_comma";
        String capitals = "change_case:capital_word_frequency";
        String prompt = "Write a CL description.";
        String four =
                "\n  THERE are Four FULLY CAPITAL WORDS. Many Others Are Only Partially So.\n  ";
        return List.of(
                row(true, "\n  This is 1.\n  ******\n  This is 2.\n  ", two),
                row(false, "\n  This is 1.\n  ******\n  This is 1.\n  ", two),
                row(false, "\n  This is 1.\n  ******\n  This is 2.\n  ******\n  This is 3.\n", two),
                row(false, "\n******\n  1.\n  ******\n  ******\n  2.\n  ******\n  ", two),
                row(true, "\n  ******\n  1\n  ******\n  2\n  ******\n  ", two),
                row(
                        true,
                        prompt + " Hi, please\n  check it. Thanks.",
                        repeat,
                        "prompt_to_repeat",
                        prompt),
                row(false, "Hi. " + prompt + " Thanks.", repeat, "prompt_to_repeat", prompt),
                row(
                        true,
                        "\n  The answer is 7. Any more questions?\n  ",
                        end,
                        "end_phrase",
                        "\n  Any more questions?\n  "),
                row(
                        true,
                        "\n  At last I have to say that this is the end.\n  ",
                        end,
                        "end_phrase",
                        "\n  This is the end.\n  "),
                row(
                        false,
                        "\n  This will fail. Paris is cool.\n  ",
                        end,
                        "end_phrase",
                        "\n  This will fail.\n  "),
                row(true, "\n  Each is short. There is no need for one.\n  ", comma),
                row(false, "\n  Since the start of time, people have found a way.\n  ", comma),
                row(
                        true,
                        "\n  HERE there are THREE FUlly CAPITAL words.\n  ",
                        capitals,
                        "capital_frequency",
                        3L,
                        "capital_relation",
                        LEAST),
                row(true, four, capitals, "capital_frequency", 5L, "capital_relation", MOST),
                row(false, four, capitals, "capital_frequency", 4L, "capital_relation", MOST),
                row(true, "\n  \"All of it is in quotation marks.\"\n  ", quotation),
                row(false, "\n  \"Some of it is.\" But not all.\n  ", quotation));
    }

    @ParameterizedTest
    @MethodSource({"sentences", "contents", "formats", "keywords", "lengths", "others"})
    void a_published_case_has_its_verdict(
            boolean follows, String response, Target.Instruction instruction) {
        assertThat(Checking.strictly(instruction, response)).isEqualTo(follows);
    }

    private static Arguments nth(
            boolean follows, String response, String id, long paragraphs, long nth, String word) {
        return row(
                follows,
                response,
                id,
                "num_paragraphs",
                paragraphs,
                "nth_paragraph",
                nth,
                "first_word",
                word);
    }

    private static Arguments row(boolean follows, String response, String id, Object... arguments) {
        return Arguments.of(follows, response, instruction(id, arguments));
    }
}
