package dev.polymnia.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polymnia.core.Fault;
import dev.polymnia.models.GgufWriter.Bytes;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GgufTest {
    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("model.gguf");
    }

    @Test
    void reads_back_what_was_written() throws IOException {
        Gguf gguf = Gguf.read(GgufWriter.chatModel().write(file));

        assertThat(gguf.path()).isEqualTo(file);
        assertThat(gguf.architecture()).isEqualTo("llama");
        assertThat(gguf.name()).contains("Tiny");
        assertThat(gguf.contextLength()).hasValue(4096);
        assertThat(gguf.tokenizerModel()).contains("gpt2");
        assertThat(gguf.vocabularySize()).isEqualTo(4);
        assertThat(gguf.bosText()).isEqualTo("<s>");
        assertThat(gguf.eosText()).isEqualTo("</s>");
        assertThat(gguf.chatTemplate()).contains("{{ messages[0].content }}");
        assertThat(gguf.parameters()).isEqualTo(32 * 4 + 5);
        assertThat(gguf.tensors())
                .containsExactly(
                        new Gguf.Tensor("token_embd.weight", List.of(32L, 4L), "Q4_0", 0, 72),
                        new Gguf.Tensor("norm.weight", List.of(5L), "F32", 96, 20));
    }

    @Test
    void reads_numbers_of_every_width() throws IOException {
        Gguf gguf =
                Gguf.read(
                        GgufWriter.chatModel()
                                .number("u8", GgufWriter.U8, 255)
                                .number("i8", GgufWriter.I8, -1)
                                .number("u16", GgufWriter.U16, 65_535)
                                .number("i16", GgufWriter.I16, -2)
                                .number("u32", GgufWriter.U32, 4_294_967_295L)
                                .number("i32", GgufWriter.I32, -3)
                                .number("u64", GgufWriter.U64, Long.MAX_VALUE)
                                .number("i64", GgufWriter.I64, -4)
                                .number("yes", GgufWriter.BOOL, 1)
                                .number("no", GgufWriter.BOOL, 0)
                                .write(file));

        assertThat(gguf.integer("u8")).hasValue(255);
        assertThat(gguf.integer("i8")).hasValue(-1);
        assertThat(gguf.integer("u16")).hasValue(65_535);
        assertThat(gguf.integer("i16")).hasValue(-2);
        assertThat(gguf.integer("u32")).hasValue(4_294_967_295L);
        assertThat(gguf.integer("i32")).hasValue(-3);
        assertThat(gguf.integer("u64")).hasValue(Long.MAX_VALUE);
        assertThat(gguf.integer("i64")).hasValue(-4);
        assertThat(gguf.flag("yes")).contains(true);
        assertThat(gguf.flag("no")).contains(false);
        assertThat(gguf.integer("missing")).isEmpty();
        assertThat(gguf.integer("general.name")).isEmpty();
        assertThat(gguf.string("u8")).isEmpty();
    }

    @Test
    void passes_over_arrays_of_every_type() throws IOException {
        GgufWriter writer = GgufWriter.chatModel();
        int[] widths = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};
        for (int type = 0; type < widths.length; type++) {
            if (widths[type] > 0) {
                Bytes array = new Bytes().i32(type).i64(3);
                array.writeBytes(new byte[3 * widths[type]]);
                writer.raw("array" + type, GgufWriter.ARRAY, array.toByteArray());
            }
        }

        assertThat(Gguf.read(writer.text("last", "reached").write(file)).string("last"))
                .contains("reached");
    }

    @Test
    void reads_texts_longer_than_its_window() throws IOException {
        String text = "é".repeat(100_000);

        Gguf gguf =
                Gguf.read(
                        GgufWriter.chatModel()
                                .text("long", text)
                                .texts("longer", List.of(text, text))
                                .text("last", "reached")
                                .write(file));

        assertThat(gguf.string("long")).contains(text);
        assertThat(gguf.string("last")).contains("reached");
    }

    @Test
    void reads_version_two_and_another_alignment() throws IOException {
        Gguf gguf =
                Gguf.read(
                        new GgufWriter()
                                .version(2)
                                .text("general.architecture", "qwen2")
                                .align(64)
                                .tensor("a", 0, 3)
                                .tensor("b", 0, 3)
                                .write(file));

        assertThat(gguf.tensors().getLast().offset()).isEqualTo(64);
        assertThat(gguf.contextLength()).isEmpty();
        assertThat(gguf.bosText()).isEmpty();
        assertThat(gguf.vocabularySize()).isZero();
    }

    @Test
    void names_the_quantisation_by_recipe_or_by_the_most_bytes() throws IOException {
        assertThat(Gguf.read(GgufWriter.chatModel().write(file)).quantisation()).isEqualTo("Q4_0");
        assertThat(
                        Gguf.read(
                                        GgufWriter.chatModel()
                                                .number("general.file_type", GgufWriter.U32, 15)
                                                .write(file))
                                .quantisation())
                .isEqualTo("Q4_K_M");
        assertThat(
                        Gguf.read(
                                        new GgufWriter()
                                                .text("general.architecture", "llama")
                                                .write(file))
                                .quantisation())
                .isEqualTo("unknown");
    }

    @Test
    void every_truncation_is_announced() throws IOException {
        byte[] whole = GgufWriter.chatModel().bytes();
        int end = whole.length - 12;
        for (int length = 0; length < end; length++) {
            Files.write(file, Arrays.copyOf(whole, length));

            Fault fault = fault();

            assertThat(fault.code()).as("%d bytes", length).isEqualTo(Fault.Code.CORRUPT);
            assertThat(fault.getMessage()).contains(file.toString(), "byte");
        }
        // The last tensor needs no padding after it.
        Files.write(file, Arrays.copyOf(whole, end));
        assertThat(Gguf.read(file).tensors()).hasSize(2);
    }

    @Test
    void flipped_bytes_are_read_or_refused() throws IOException {
        byte[] whole = GgufWriter.chatModel().bytes();
        Random random = new Random(20_260_101);
        for (int round = 0; round < 2_000; round++) {
            byte[] damaged = whole.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                damaged[random.nextInt(whole.length)] = (byte) random.nextInt(256);
            }
            Files.write(file, damaged);
            try {
                assertThat(Gguf.read(file).architecture()).isNotEmpty();
            } catch (Fault e) {
                assertThat(e.code()).isIn(Fault.Code.CORRUPT, Fault.Code.UNSUPPORTED);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 1000, 1 << 20, Integer.MAX_VALUE, Long.MAX_VALUE, -1})
    void counts_that_promise_too_much_are_refused(long count) throws IOException {
        refuses(new GgufWriter().text("general.architecture", "llama").counts(0, count), "byte");
        refuses(new GgufWriter().text("general.architecture", "llama").counts(count, 1), "byte");
        refuses(
                GgufWriter.chatModel()
                        .raw(
                                "array",
                                GgufWriter.ARRAY,
                                new Bytes().i32(GgufWriter.STRING).i64(count << 8).toByteArray()),
                "byte");
        refuses(
                GgufWriter.chatModel()
                        .raw("text", GgufWriter.STRING, new Bytes().i64(count << 8).toByteArray()),
                "byte");
    }

    @Test
    void an_enormous_file_is_not_believed_either() throws IOException {
        Bytes array = new Bytes().i32(GgufWriter.STRING).i64(Integer.MAX_VALUE);
        new GgufWriter().raw("tokens", GgufWriter.ARRAY, array.toByteArray()).write(file);
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(1L << 40);
        }

        assertThat(fault()).hasMessageContaining("counts 2147483647");
    }

    @Test
    void texts_that_add_up_to_too_much_are_refused() throws IOException {
        GgufWriter writer = new GgufWriter().text("general.architecture", "llama");
        String text = "x".repeat(1 << 24);
        for (int i = 0; i < 5; i++) {
            writer.text("text" + i, text);
        }

        refuses(writer, "makes the texts longer");
    }

    @Test
    void damaged_values_are_named() throws IOException {
        refuses(GgufWriter.chatModel().text("general.name", "again"), "'general.name' a second");
        refuses(GgufWriter.chatModel().text("", "no key"), "is empty");
        refuses(GgufWriter.chatModel().number("flag", GgufWriter.BOOL, 2), "flag is 2");
        refuses(GgufWriter.chatModel().raw("odd", 13, new byte[8]), "unknown type 13");
        refuses(
                GgufWriter.chatModel()
                        .raw("text", GgufWriter.STRING, new byte[] {1, 0, 0, 0, 0, 0, 0, 0, -1}),
                "not UTF-8");
        refuses(
                GgufWriter.chatModel()
                        .raw(
                                "nested",
                                GgufWriter.ARRAY,
                                new Bytes().i32(GgufWriter.ARRAY).i64(1).toByteArray()),
                "array of arrays");
        refuses(new GgufWriter().text("general.name", "x"), "general.architecture is missing");
    }

    @Test
    void alignment_is_a_power_of_two_in_the_right_type() throws IOException {
        refuses(GgufWriter.chatModel().number("general.alignment", GgufWriter.U32, 24), "24");
        refuses(GgufWriter.chatModel().number("general.alignment", GgufWriter.U32, 0), "0");
        refuses(GgufWriter.chatModel().number("general.alignment", GgufWriter.U64, 32), "UINT64");
    }

    @Test
    void damaged_tensors_are_named() throws IOException {
        refuses(GgufWriter.chatModel().tensor("norm.weight", 0, 1), "'norm.weight' a second");
        refuses(GgufWriter.chatModel().tensor("x".repeat(64), 0, 1), "counts 64");
        refuses(GgufWriter.chatModel().tensor("t", 0, 1, 1, 1, 1, 1), "5 dimensions");
        refuses(GgufWriter.chatModel().tensorInfo("t", 4, 128, 32), "number format 4");
        refuses(GgufWriter.chatModel().tensorInfo("t", 2, 128, 33), "rows of 33");
        refuses(GgufWriter.chatModel().tensorInfo("t", 0, 128, -1), "-1 elements");
        refuses(GgufWriter.chatModel().tensorInfo("t", 0, 1 << 20, 4), "begins at 1048576");
        refuses(GgufWriter.chatModel().tensorInfo("t", 0, 128, 1 << 30), "larger than the file");
        refuses(
                GgufWriter.chatModel().tensorInfo("t", 0, 128, Long.MAX_VALUE, Long.MAX_VALUE),
                "beyond all sizes");
        refuses(GgufWriter.chatModel().tensorInfo("t", 0, 128, 64), "ends");
    }

    @Test
    void other_files_are_refused_by_their_first_bytes() throws IOException {
        Files.write(file, "<!doctype html><html></html>".getBytes(UTF_8));

        assertThat(fault())
                .hasMessageContaining("not a GGUF file")
                .hasMessageContaining("3c21646f");
    }

    @Test
    void what_llama_cannot_load_is_unsupported() throws IOException {
        new GgufWriter().text("general.architecture", "abacus").write(file);
        assertThat(fault()).hasMessageContaining("'abacus'");
        assertThat(fault().code()).isEqualTo(Fault.Code.UNSUPPORTED);

        GgufWriter.chatModel().version(1).write(file);
        assertThat(fault().code()).isEqualTo(Fault.Code.UNSUPPORTED);
        assertThat(fault()).hasMessageContaining("version 1");

        GgufWriter.chatModel().version(Integer.reverseBytes(3)).write(file);
        assertThat(fault()).hasMessageContaining("big-endian");
    }

    @Test
    void a_missing_file_and_a_folder_are_told() {
        assertThat(fault().code()).isEqualTo(Fault.Code.NOT_FOUND);
        file = folder;
        assertThat(fault().code()).isEqualTo(Fault.Code.INVALID);
    }

    private void refuses(GgufWriter writer, String words) throws IOException {
        writer.write(file);
        Fault fault = fault();
        assertThat(fault.code()).isEqualTo(Fault.Code.CORRUPT);
        assertThat(fault.getMessage()).contains(words);
    }

    private Fault fault() {
        return catchThrowableOfType(Fault.class, () -> Gguf.read(file));
    }
}
