package dev.polymnia.llama.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class Utf8StreamTest {
    private static final String MIXED = "aé€😀z😀€";

    @Test
    void gives_the_whole_for_every_split_in_three_parts() {
        byte[] bytes = MIXED.getBytes(UTF_8);
        for (int i = 0; i <= bytes.length; i++) {
            for (int j = i; j <= bytes.length; j++) {
                Utf8Stream stream = new Utf8Stream();
                String text =
                        stream.accept(Arrays.copyOfRange(bytes, 0, i))
                                + stream.accept(Arrays.copyOfRange(bytes, i, j))
                                + stream.accept(Arrays.copyOfRange(bytes, j, bytes.length));
                assertThat(text).isEqualTo(MIXED);
                assertThat(stream.finish()).isEmpty();
            }
        }
    }

    @Test
    void gives_each_code_point_with_its_last_byte() {
        Utf8Stream stream = new Utf8Stream();
        StringBuilder lengths = new StringBuilder();
        for (byte one : MIXED.getBytes(UTF_8)) {
            lengths.append(stream.accept(new byte[] {one}).length());
        }
        assertThat(lengths).hasToString("1" + "01" + "001" + "0002" + "1" + "0002" + "001");
    }

    @Test
    void replaces_what_is_unfinished_at_the_end() {
        Utf8Stream stream = new Utf8Stream();
        byte[] bytes = "x😀".getBytes(UTF_8);
        assertThat(stream.accept(Arrays.copyOf(bytes, 4))).isEqualTo("x");
        assertThat(stream.finish()).isEqualTo("\uFFFD");
        assertThat(stream.accept(bytes)).isEqualTo("x😀");
    }

    @Test
    void decodes_any_bytes_as_the_jdk_does() {
        // Lead bytes, continuations and borders, so that broken sequences of all kinds come up.
        int[] likely = {0x61, 0xC3, 0xA9, 0xE2, 0x82, 0xAC, 0xF0, 0x9F, 0x98, 0x80, 0xED, 0xA0};
        for (int seed = 0; seed < 20_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bytes = new byte[random.nextInt(12)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] =
                        (byte)
                                (random.nextInt(4) == 0
                                        ? random.nextInt(256)
                                        : likely[random.nextInt(likely.length)]);
            }
            assertThat(inRandomParts(bytes, random))
                    .as("seed %d", seed)
                    .isEqualTo(new String(bytes, UTF_8));
        }
    }

    private static String inRandomParts(byte[] bytes, SplittableRandom random) {
        Utf8Stream stream = new Utf8Stream();
        StringBuilder text = new StringBuilder();
        int begin = 0;
        while (begin < bytes.length) {
            int end = Math.min(bytes.length, begin + random.nextInt(4));
            text.append(stream.accept(Arrays.copyOfRange(bytes, begin, end)));
            begin = end;
        }
        return text.append(stream.finish()).toString();
    }
}
