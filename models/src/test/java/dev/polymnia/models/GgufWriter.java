package dev.polymnia.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Writes small GGUF files, right ones and wrong ones.
final class GgufWriter {
    static final int U8 = 0;
    static final int I8 = 1;
    static final int U16 = 2;
    static final int I16 = 3;
    static final int U32 = 4;
    static final int I32 = 5;
    static final int F32 = 6;
    static final int BOOL = 7;
    static final int STRING = 8;
    static final int ARRAY = 9;
    static final int U64 = 10;
    static final int I64 = 11;
    static final int F64 = 12;

    private final Bytes values = new Bytes();
    private final Bytes tensors = new Bytes();
    private int version = 3;
    private long valueCount;
    private long tensorCount;
    private long dataBytes;
    private int alignment = 32;

    /// A file like those of small chat models.
    static GgufWriter chatModel() {
        return new GgufWriter()
                .text("general.architecture", "llama")
                .text("general.name", "Tiny")
                .number("llama.context_length", U32, 4096)
                .text("tokenizer.ggml.model", "gpt2")
                .texts("tokenizer.ggml.tokens", List.of("<s>", "</s>", "hello", "wörld"))
                .number("tokenizer.ggml.bos_token_id", U32, 0)
                .number("tokenizer.ggml.eos_token_id", U32, 1)
                .text("tokenizer.chat_template", "{{ messages[0].content }}")
                .tensor("token_embd.weight", 2, 32, 4)
                .tensor("norm.weight", 0, 5);
    }

    GgufWriter version(int value) {
        version = value;
        return this;
    }

    GgufWriter counts(long tensorsToClaim, long valuesToClaim) {
        tensorCount = tensorsToClaim;
        valueCount = valuesToClaim;
        return this;
    }

    GgufWriter align(int value) {
        alignment = value;
        return number("general.alignment", U32, value);
    }

    GgufWriter text(String key, String value) {
        key(key, STRING);
        values.text(value);
        return this;
    }

    GgufWriter texts(String key, List<String> texts) {
        key(key, ARRAY);
        values.i32(STRING).i64(texts.size());
        texts.forEach(values::text);
        return this;
    }

    /// Adds a number of any type but the floating ones.
    GgufWriter number(String key, int type, long value) {
        key(key, type);
        switch (type) {
            case U8, I8, BOOL -> values.write((int) value);
            case U16, I16 -> values.i16((short) value);
            case U32, I32 -> values.i32((int) value);
            case U64, I64 -> values.i64(value);
            default -> throw new IllegalArgumentException("type " + type);
        }
        return this;
    }

    GgufWriter raw(String key, int type, byte[] bytes) {
        key(key, type);
        values.writeBytes(bytes);
        return this;
    }

    /// Adds a tensor of Q4_0 (2) or F32 (0), right behind the one before.
    GgufWriter tensor(String name, int type, long... dimensions) {
        long elements = 1;
        for (long dimension : dimensions) {
            elements *= dimension;
        }
        long offset = dataBytes;
        long bytes = type == 2 ? elements / 32 * 18 : elements * 4;
        dataBytes = padded(offset + bytes);
        return tensorInfo(name, type, offset, dimensions);
    }

    GgufWriter tensorInfo(String name, int type, long offset, long... dimensions) {
        tensors.text(name).i32(dimensions.length);
        for (long dimension : dimensions) {
            tensors.i64(dimension);
        }
        tensors.i32(type).i64(offset);
        tensorCount++;
        return this;
    }

    byte[] bytes() {
        Bytes all = new Bytes();
        all.writeBytes("GGUF".getBytes(UTF_8));
        all.i32(version).i64(tensorCount).i64(valueCount);
        all.writeBytes(values.toByteArray());
        all.writeBytes(tensors.toByteArray());
        if (dataBytes > 0) {
            all.writeBytes(new byte[(int) (padded(all.size()) - all.size() + dataBytes)]);
        }
        return all.toByteArray();
    }

    Path write(Path file) throws IOException {
        return Files.write(file, bytes());
    }

    private void key(String key, int type) {
        values.text(key).i32(type);
        valueCount++;
    }

    private long padded(long position) {
        return (position + alignment - 1) / alignment * alignment;
    }

    /// Little-endian bytes.
    static final class Bytes extends ByteArrayOutputStream {
        Bytes i16(short value) {
            writeBytes(buffer(2).putShort(value).array());
            return this;
        }

        Bytes i32(int value) {
            writeBytes(buffer(4).putInt(value).array());
            return this;
        }

        Bytes i64(long value) {
            writeBytes(buffer(8).putLong(value).array());
            return this;
        }

        Bytes text(String value) {
            byte[] bytes = value.getBytes(UTF_8);
            i64(bytes.length);
            writeBytes(bytes);
            return this;
        }

        private static ByteBuffer buffer(int size) {
            return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        }
    }
}
