package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.model.Channel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AnswerSplitterTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "4 boxes are 24.\\nAnswer: 31|4 boxes are 24.\\n|31",
                "Steps.\\n**Answer:** 31|Steps.\\n|31",
                "Steps.\\n**Answer: 31**|Steps.\\n|31",
                "**Final Answer: 31** muffins, *all* of **them**||31 muffins, *all* of **them**",
                "**Answer:** 31 of **50**||31 of **50**",
                "**Answer: 3*4*5**||3*4*5",
                "**Answer: 3*||3*",
                "Steps.\\n### Final Answer: 31\\nmuffins|Steps.\\n|31\\nmuffins",
                "Answer: 31||31",
                "Answer:\\n\\n31||31",
                "The answer: 31|The answer: 31|",
                "Answers are hard.\\nAnswer: 31|Answers are hard.\\n|31",
                "a\\n\\n  \\nb|a\\n\\n  \\nb|",
                "* one\\n* two\\nanswer: 31|* one\\n* two\\n|31",
                "Answ|Answ|",
                "1. x\\nAnswer: 7\\nAnswer: 31|1. x\\n|7\\nAnswer: 31",
            })
    void words_part_at_the_marker_however_they_come(String words, String reasoning, String answer) {
        assertParted(false, plain(words), plain(reasoning), plain(answer));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "Add them.\\n```python\\nx = 1\\n```\\nDone.|Add them.\\n|```python\\nx ="
                        + " 1\\n```\\nDone.",
                "```\\nx\\n```||```\\nx\\n```",
                "1. So:\\n   ```\\n   x\\n   ```|1. So:\\n|   ```\\n   x\\n   ```",
                "Add.\\nAnswer:\\n```\\nx\\n```|Add.\\n|```\\nx\\n```",
                "Call `f` and ```g``` so.|Call `f` and ```g``` so.|",
                "`f` adds.\\n``|`f` adds.\\n``|",
            })
    void code_begins_the_answer_where_code_is_asked_for(
            String words, String reasoning, String answer) {
        assertParted(true, plain(words), plain(reasoning), plain(answer));
    }

    @Test
    void code_is_reasoning_where_it_is_not_asked_for() {
        assertParted(false, "So:\n```\n1 + 1\n```\nAnswer: 2", "So:\n```\n1 + 1\n```\n", "2");
    }

    @Test
    void words_that_cannot_become_the_marker_come_at_once() {
        AnswerSplitter splitter = new AnswerSplitter("Answer:", false);

        assertThat(splitter.accept("The"))
                .containsExactly(new AnswerSplitter.Piece(Channel.REASONING, "The"));
        assertThat(splitter.accept(" fox\nAns"))
                .containsExactly(new AnswerSplitter.Piece(Channel.REASONING, " fox\n"));
        assertThat(splitter.isAnswering()).isFalse();
        assertThat(splitter.accept("wer: 3"))
                .containsExactly(new AnswerSplitter.Piece(Channel.ANSWER, "3"));
        assertThat(splitter.isAnswering()).isTrue();
    }

    /// Checks words in three parts, wherever they are cut, and in single characters.
    private static void assertParted(boolean code, String text, String reasoning, String answer) {
        for (int first = 0; first <= text.length(); first++) {
            for (int second = first; second <= text.length(); second++) {
                assertParted(
                        code,
                        List.of(
                                text.substring(0, first),
                                text.substring(first, second),
                                text.substring(second)),
                        reasoning,
                        answer);
            }
        }
        assertParted(code, text.chars().mapToObj(Character::toString).toList(), reasoning, answer);
    }

    private static void assertParted(
            boolean code, List<String> chunks, String reasoning, String answer) {
        AnswerSplitter splitter = new AnswerSplitter("Answer:", code);
        List<AnswerSplitter.Piece> pieces = new ArrayList<>();
        chunks.forEach(chunk -> pieces.addAll(splitter.accept(chunk)));
        pieces.addAll(splitter.finish());

        assertThat(join(pieces, Channel.REASONING)).as("%s", chunks).isEqualTo(reasoning);
        assertThat(join(pieces, Channel.ANSWER)).as("%s", chunks).isEqualTo(answer);
    }

    private static String join(List<AnswerSplitter.Piece> pieces, Channel channel) {
        StringBuilder text = new StringBuilder();
        pieces.stream()
                .filter(piece -> piece.channel() == channel)
                .forEach(piece -> text.append(piece.text()));
        return text.toString();
    }

    private static String plain(String text) {
        return text == null ? "" : text.replace("\\n", "\n");
    }
}
