package dev.polymnia.eval.ifeval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class SentencesTest {
    /// The bar stands between sentences.
    static List<Arguments> table() {
        return rows(
                // from the reference's tests
                "xx,x.| xx,x!| xx/x.| x{x}x?| x.",
                "xx,x!| xxxx.| x(x)x?",
                "xxxx.| xx,x!| xx+x.| x&x x?",
                "xx-x]xx,x!| x{x}xx,x.",
                // from nltk's documentation
                "Punkt knows that the periods in Mr. Smith and Johann S. Bach\ndo not mark sentence"
                        + " boundaries.|  And sometimes sentences\ncan start with non-capitalized"
                        + " words.|  i is a good variable\nname.",
                "(How does it deal with this parenthesis?)|  \"It should be part of the\nprevious"
                        + " sentence.\"| \"(And the same with this one.)\"| ('And this one!')|"
                        + " \"('(And (this)) '?)\"| [(and this. )]",
                // ordinary text
                "One.",
                "No mark at all",
                "One. |Two. |Three.",
                "What? |Yes! |So it is.",
                "She said \"Stop.\" |Then she left.",
                "\"Stop!\" |she said.",
                "It costs 3.50 dollars. |He paid.",
                "See example.com for more. |Then come back.",
                "Dr. Brown lives in St. Louis. |He is old.",
                "It is 5 p.m. now. |Go home.",
                "He lives in the U.S. and likes it.",
                "He lives in the U.S. |The people there like him.",
                "J. R. R. Tolkien wrote it.",
                "Acme Inc. was sold. |Nobody cared.",
                "Well... |I do not know.",
                "Well... maybe not.",
                "He came first?! |Never.",
                "Mix (see below). |Stir.",
                "Version 2. |It is new.",
                "In 2. comes a verb.",
                "A line end\nis no end. |Is it?",
                "Title\n\nThe first sentence. |The second.",
                "Use tools, e.g. |hammers.",
                "1. |Stir.\n|2. |Dry.",
                "Great!!! |Next.",
                "Wow!|!",
                "The end.  ");
    }

    @ParameterizedTest
    @MethodSource("table")
    void a_text_has_its_sentences(String text, List<String> sentences) {
        assertThat(Sentences.of(text).stream().map(String::strip).toList()).isEqualTo(sentences);
    }

    @Test
    void blank_text_has_none() {
        assertThat(Sentences.of("")).isEmpty();
        assertThat(Sentences.of(" \n ")).isEmpty();
    }

    @Test
    void nothing_is_lost_but_white_space() {
        String text = "Mr. A said \"B!\" (C?) and... D. E\n\nF! 1. G [H.] 'I.' J";
        String joined = String.join("", Sentences.of(text));
        assertThat(joined.replaceAll("\\s", "")).isEqualTo(text.replaceAll("\\s", ""));
    }

    private static List<Arguments> rows(String... rows) {
        return List.of(rows).stream()
                .map(row -> {
                    List<String> sentences =
                            List.of(row.split("\\|", -1)).stream().map(String::strip).toList();
                    return Arguments.of(row.replace("|", ""), sentences);
                })
                .toList();
    }
}
