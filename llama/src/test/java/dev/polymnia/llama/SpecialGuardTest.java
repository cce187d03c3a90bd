package dev.polymnia.llama;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SpecialGuardTest {
    private final SpecialGuard guard = new SpecialGuard(List.of("<|end|>", "<s>", "[INST]", "x"));

    @Test
    void ordinary_texts_stay_as_they_are() {
        for (String text : List.of("", "a < b", "<|end|", "x <S> [inst]")) {
            assertThat(guard.mark(text)).isEqualTo(text);
        }
    }

    @Test
    void no_piece_holds_a_special_token() {
        String text = "<<|end|><s>[INST]<|end<|end|>|>";

        List<String> pieces = SpecialGuard.cut(guard.mark(text));

        assertThat(String.join("", pieces)).isEqualTo(text);
        assertThat(pieces)
                .noneMatch(piece ->
                        piece.contains("<|end|>")
                                || piece.contains("<s>")
                                || piece.contains("[INST]"));
    }

    @Test
    void a_mark_in_a_text_cannot_undo_the_guard() {
        String tricky = "<" + SpecialGuard.MARK + "|end|>";

        assertThat(SpecialGuard.cut(guard.mark(tricky))).containsExactly("<", "|end|>");
    }
}
