package dev.polymnia.llama.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.model.Channel;
import dev.polymnia.core.model.ReasoningSwitch;
import dev.polymnia.core.text.Piece;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BranchTextTest {
    private static final ReasoningSwitch TAGGED =
            new ReasoningSwitch.Tagged("<think>", "</think>", Map.of(), Map.of());
    private static final ReasoningSwitch INSTRUCTED = new ReasoningSwitch.Instructed("Answer:");

    @Test
    void starts_among_the_thoughts_when_the_prompt_ends_there() {
        BranchText text = new BranchText(TAGGED, "<think>\n", List.of());
        assertThat(text.accept(bytes("so "))).containsExactly(new Piece(Channel.REASONING, "so "));
        assertThat(text.accept(bytes("</think>\n\nyes")))
                .containsExactly(new Piece(Channel.ANSWER, "yes"));
        assertThat(text.finish()).isEmpty();
        assertThat(text.reasoning()).isEqualTo("so ");
        assertThat(text.answer()).isEqualTo("yes");
    }

    @Test
    void starts_with_the_answer_when_the_template_skips_the_thoughts() {
        BranchText text = new BranchText(TAGGED, "<think>\n\n</think>\n\n", List.of());
        assertThat(text.accept(bytes("yes"))).containsExactly(new Piece(Channel.ANSWER, "yes"));
    }

    @Test
    void counts_what_was_begun_but_does_not_tell_it() {
        BranchText text = new BranchText(TAGGED, "<think>a END b</think>The ", List.of("END"));
        assertThat(text.accept(bytes("word"))).containsExactly(new Piece(Channel.ANSWER, "word"));
        assertThat(text.stopped()).isFalse();
        assertThat(text.reasoning()).isEqualTo("a END b");
        assertThat(text.answer()).isEqualTo("The word");
    }

    @Test
    void ends_at_a_stop_string() {
        BranchText text = new BranchText(INSTRUCTED, "", List.of("\n\n"));
        assertThat(text.accept(bytes("one\n"))).containsExactly(new Piece(Channel.ANSWER, "one"));
        assertThat(text.stopped()).isFalse();
        assertThat(text.accept(bytes("\ntwo"))).isEmpty();
        assertThat(text.stopped()).isTrue();
        assertThat(text.accept(bytes("three"))).isEmpty();
        assertThat(text.finish()).isEmpty();
        assertThat(text.answer()).isEqualTo("one");
    }

    @Test
    void can_stop_at_the_end_of_the_thoughts() {
        BranchText text = new BranchText(TAGGED, "", List.of("</think>"));
        text.accept(bytes("<think>all of it</thi"));
        text.accept(bytes("nk>"));
        assertThat(text.stopped()).isTrue();
        assertThat(text.finish()).isEmpty();
        assertThat(text.reasoning()).isEqualTo("all of it");
    }

    @Test
    void tells_at_the_end_what_each_machine_held_back() {
        BranchText text = new BranchText(TAGGED, "", List.of("STOP"));
        byte[] smile = bytes("😀");
        assertThat(text.accept(bytes("<think>a</th"))).hasSize(1);
        assertThat(text.accept(bytes("ST"))).isEmpty();
        assertThat(text.accept(Arrays.copyOf(smile, 2))).isEmpty();
        assertThat(text.finish()).containsExactly(new Piece(Channel.REASONING, "</thST\uFFFD"));
        assertThat(text.reasoning()).isEqualTo("a</thST\uFFFD");

        BranchText answer = new BranchText(TAGGED, "", List.of("STOP"));
        assertThat(answer.accept(bytes("  <thi"))).isEmpty();
        assertThat(answer.finish()).containsExactly(new Piece(Channel.ANSWER, "  <thi"));
    }

    @Test
    void gives_the_same_words_for_any_tokens() {
        byte[] all = bytes("\n<think>\nGrüße 😀, naïve</think>\n\n答えは 4 です。\n\nUser: and");
        for (int seed = 0; seed < 3000; seed++) {
            BranchText text = new BranchText(TAGGED, "", List.of("\n\nUser:", "Q:"));
            List<Piece> pieces = inRandomTokens(text, all, new SplittableRandom(seed));
            assertThat(text.stopped()).isTrue();
            assertThat(text.reasoning()).isEqualTo("Grüße 😀, naïve");
            assertThat(text.answer()).isEqualTo("答えは 4 です。");
            assertThat(pieces.stream().map(Piece::text).reduce("", String::concat))
                    .isEqualTo(text.reasoning() + text.answer());
        }
    }

    private static List<Piece> inRandomTokens(
            BranchText text, byte[] all, SplittableRandom random) {
        List<Piece> pieces = new ArrayList<>();
        int begin = 0;
        while (begin < all.length) {
            int end = Math.min(all.length, begin + random.nextInt(9));
            pieces.addAll(text.accept(Arrays.copyOfRange(all, begin, end)));
            begin = end;
        }
        pieces.addAll(text.finish());
        return pieces;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
