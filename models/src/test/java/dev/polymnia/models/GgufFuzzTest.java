package dev.polymnia.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Whatever the bytes, the reader reads a header or throws a fault, and nothing else.
final class GgufFuzzTest {
    private static final long SEED = 20260203;

    /// Numbers at which readers break.
    private static final List<Long> EDGES =
            List.of(0L, 1L, 31L, 0x7fff_ffffL, 0x8000_0000L, -1L, Long.MAX_VALUE);

    @Test
    void what_was_found_before_holds() throws IOException, URISyntaxException {
        Path folder =
                Path.of(
                        Objects.requireNonNull(GgufFuzzTest.class.getResource("fuzz/gguf"))
                                .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.sorted().toList();
            assertThat(found).isNotEmpty();
            for (Path file : found) {
                GgufFuzz.holds(Files.readAllBytes(file));
            }
        }
    }

    @Test
    void every_cut_and_every_changed_byte_holds() {
        byte[] whole = GgufWriter.chatModel().bytes();
        for (int i = 0; i < whole.length; i++) {
            GgufFuzz.holds(Arrays.copyOf(whole, i));
            byte[] changed = whole.clone();
            changed[i] ^= (byte) 0xff;
            GgufFuzz.holds(changed);
        }
        assertThat(GgufFuzz.holds(whole)).isTrue();
    }

    @Test
    void numbers_at_the_edges_hold_at_every_place() {
        byte[] whole = GgufWriter.chatModel().bytes();
        for (int i = 0; i + Long.BYTES <= whole.length; i++) {
            for (long edge : EDGES) {
                // The lower half of a wide number is a narrow one at its edge.
                byte[] changed = whole.clone();
                buffer(changed).putLong(i, edge);
                GgufFuzz.holds(changed);
            }
        }
    }

    @Test
    void files_of_right_parts_in_any_order_hold() {
        Random random = new Random(SEED);
        int read = 0;
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = written(random).bytes();
            for (int times = random.nextInt(3); times > 0; times--) {
                bytes = damaged(bytes, random);
            }
            read += GgufFuzz.holds(bytes) ? 1 : 0;
        }
        assertThat(read).isPositive();
    }

    private static GgufWriter written(Random random) {
        GgufWriter writer = new GgufWriter().text("general.architecture", "qwen2");
        for (int i = random.nextInt(8); i > 0; i--) {
            String key = "key." + i;
            switch (random.nextInt(6)) {
                case 0 -> writer.text(key, "é🎉".repeat(random.nextInt(20)));
                case 1 -> writer.texts("tokenizer.ggml.tokens" + i, List.of("a", "", "wörld"));
                case 2 -> writer.number(key, random.nextInt(6), random.nextLong());
                case 3 -> writer.raw(key, random.nextInt(14), bytes(random));
                case 4 -> writer.number("tokenizer.ggml.bos_token_id" + i, GgufWriter.U32, i);
                default -> writer.number(key, GgufWriter.BOOL, random.nextInt(3));
            }
        }
        if (random.nextInt(4) == 0) {
            writer.align(1 << random.nextInt(12));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            long[] dimensions = random.longs(random.nextInt(5), 0, 70).toArray();
            writer.tensor("tensor." + i, random.nextInt(2) * 2, dimensions);
        }
        return writer;
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        byte[] damaged = bytes.clone();
        int place = random.nextInt(Math.max(1, damaged.length - Long.BYTES));
        switch (random.nextInt(4)) {
            case 0 -> damaged[place] = (byte) random.nextInt();
            case 1 ->
                    buffer(damaged)
                            .putInt(place, EDGES.get(random.nextInt(EDGES.size())).intValue());
            case 2 -> buffer(damaged).putLong(place, EDGES.get(random.nextInt(EDGES.size())));
            default -> damaged = Arrays.copyOf(damaged, place + 1);
        }
        return damaged.length < 16 ? bytes : damaged;
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(24)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
