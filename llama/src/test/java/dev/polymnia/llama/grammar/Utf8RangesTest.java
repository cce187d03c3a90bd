package dev.polymnia.llama.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Utf8RangesTest {
    @Test
    void a_class_takes_exactly_its_code_points() {
        for (int seed = 0; seed < 8; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            CodePoints set = CodePoints.NONE;
            for (int i = 0; i < 4; i++) {
                int first = random.nextInt(seed < 4 ? 0x3000 : CodePoints.LAST);
                set = set.or(CodePoints.between(first, first + random.nextInt(0x1200)));
            }
            set = set.characters().and(CodePoints.ALL);
            Automaton automaton =
                    new Automaton(Grammar.parse("root ::= " + GbnfText.characters(set)).network());
            State start = automaton.first();
            for (int each = 0; each <= CodePoints.LAST; each++) {
                if (each < Character.MIN_SURROGATE || each > Character.MAX_SURROGATE) {
                    byte[] bytes = Texts.utf8(Character.toString(each));
                    boolean taken = automaton.step(start, bytes, 0, bytes.length).complete();
                    if (taken != set.contains(each)) {
                        assertThat(taken)
                                .as("seed %d, code point %x", seed, each)
                                .isEqualTo(set.contains(each));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "C0 80",
                "C1 BF",
                "E0 9F BF",
                "ED A0 80",
                "F0 8F BF BF",
                "F4 90 80 80",
                "FF"
            })
    void nothing_takes_bytes_that_are_not_utf_8(String hex) {
        List<String> parts = List.of(hex.split(" "));
        byte[] bytes = new byte[parts.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(parts.get(i), 16);
        }

        assertThat(new Constrainer(Grammar.parse("root ::= .*"), Texts.bytes()).acceptText(bytes))
                .isFalse();
    }
}
