package dev.polymnia.core.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.polymnia.core.model.Channel;
import dev.polymnia.core.model.ReasoningSwitch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReasoningSplitterTest {
    private static final ReasoningSwitch TAGGED =
            new ReasoningSwitch.Tagged("<t>", "</t>", Map.of(), Map.of());

    // The vertical bars stand for line ends.
    @ParameterizedTest
    @CsvSource({
        "'<t>ab</t>c', 'ab', 'c'",
        "'|<t>|a|b|</t>||c d|', 'a|b|', 'c d|'",
        "'<t></t>c', '', 'c'",
        "'<t>||</t>||c', '', 'c'",
        "'<t>a<b</</t>c', 'a<b</', 'c'",
        "'<t>a</t', 'a</t', ''",
        "'<t>a</t>||', 'a', ''",
        "'<t>a<t>b</t>c', 'a<t>b', 'c'",
        "'no <t>a</t>', '', 'no <t>a</t>'",
        "'<t>a</t>b<t>c</t>', 'a', 'b<t>c</t>'",
        "' | b', '', ' | b'",
        "'<', '', '<'",
        "' <ta', '', ' <ta'",
        "'||', '', '||'",
        "'', '', ''",
    })
    void splits_the_same_however_the_text_is_cut(String text, String reasoning, String answer) {
        Chunks.all(text.replace('|', '\n'))
                .forEach(parts -> {
                    List<Piece> pieces = run(TAGGED, parts);
                    assertThat(words(pieces, Channel.REASONING)).isEqualTo(reasoning);
                    assertThat(words(pieces, Channel.ANSWER)).isEqualTo(answer);
                });
    }

    private static List<Piece> run(ReasoningSwitch reasoning, List<String> parts) {
        ReasoningSplitter splitter = new ReasoningSplitter(reasoning);
        List<Piece> pieces = new ArrayList<>();
        parts.forEach(part -> pieces.addAll(splitter.accept(part)));
        pieces.addAll(splitter.finish());
        return pieces;
    }

    private static String words(List<Piece> pieces, Channel channel) {
        StringBuilder words = new StringBuilder();
        pieces.stream()
                .filter(piece -> piece.channel() == channel)
                .forEach(p -> words.append(p.text()));
        return words.toString().replace('\n', '|');
    }

    @Test
    void tells_thoughts_before_the_answer_and_at_once() {
        ReasoningSplitter splitter = new ReasoningSplitter(TAGGED);
        assertThat(splitter.accept("<t>thin")).containsExactly(reasoning("thin"));
        assertThat(splitter.accept("king<")).containsExactly(reasoning("king"));
        assertThat(splitter.accept("/t>\n")).isEmpty();
        assertThat(splitter.accept("\nwords")).containsExactly(answer("words"));
        assertThat(splitter.accept("\n")).containsExactly(answer("\n"));
        assertThat(new ReasoningSplitter(TAGGED).accept("<t>a</t>b"))
                .containsExactly(reasoning("a"), answer("b"));
    }

    @Test
    void takes_everything_as_the_answer_without_tags() {
        ReasoningSwitch instructed = new ReasoningSwitch.Instructed("Answer:");
        assertThat(run(instructed, List.of(" <t>a", "</t> Answer: 3")))
                .containsExactly(answer(" <t>a"), answer("</t> Answer: 3"));
    }

    @Test
    void refuses_blank_tags() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() ->
                        new ReasoningSplitter(
                                new ReasoningSwitch.Tagged("<t>", " ", Map.of(), Map.of())));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new Piece(Channel.ANSWER, ""));
    }

    private static Piece reasoning(String text) {
        return new Piece(Channel.REASONING, text);
    }

    private static Piece answer(String text) {
        return new Piece(Channel.ANSWER, text);
    }
}
