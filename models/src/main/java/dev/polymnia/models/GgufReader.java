package dev.polymnia.models;

import dev.polymnia.core.Fault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads the header of a GGUF file of version 2 or 3 (GGUF specification, ggml project). At least
/// as strict as llama.cpp's own reader, so that nothing damaged gets to native code, and bounded in
/// what it keeps. Confined to one thread.
final class GgufReader {
    private static final int MAGIC = 0x46554747;
    private static final int MAX_VALUES = 1 << 16;
    private static final int MAX_TENSORS = 1 << 17;
    private static final int MAX_KEY_BYTES = 0xffff;
    private static final int MAX_NAME_BYTES = 63;
    private static final int MAX_TEXT_BYTES = 1 << 24;
    private static final long MAX_TEXT_CHARS = 1L << 26;
    private static final int MAX_ELEMENTS = 1 << 24;
    private static final int MAX_DIMENSIONS = 4;
    private static final int DEFAULT_ALIGNMENT = 32;
    private static final int LEAST_VALUE_BYTES = 13;
    private static final int LEAST_TENSOR_BYTES = 24;
    private static final String ALIGNMENT = "general.alignment";
    private static final String TOKENS = "tokenizer.ggml.tokens";

    private final GgufInput in;
    private final Map<String, Object> values = new HashMap<>();
    private final List<Gguf.Tensor> tensors = new ArrayList<>();
    private long textChars;

    private GgufReader(GgufInput in) {
        this.in = in;
    }

    /// Reads and checks a file. See [Gguf#read].
    static Gguf read(Path path) {
        try (GgufInput in = GgufInput.open(path)) {
            return new GgufReader(in).read();
        }
    }

    private Gguf read() {
        magic();
        version();
        in.enter("the number of tensors");
        long tensorCount = in.count(MAX_TENSORS, LEAST_TENSOR_BYTES);
        in.enter("the number of values");
        long valueCount = in.count(MAX_VALUES, LEAST_VALUE_BYTES);
        for (long i = 0; i < valueCount; i++) {
            value(i);
        }
        requireArchitecture();
        tensors(tensorCount, alignment());
        return new Gguf(
                in.path(),
                values,
                tensors,
                token("tokenizer.ggml.bos_token_id"),
                token("tokenizer.ggml.eos_token_id"));
    }

    private void magic() {
        in.enter("the beginning");
        int magic = in.i32();
        if (magic != MAGIC) {
            throw new Fault(
                    Fault.Code.CORRUPT,
                    in.path()
                            + " is not a GGUF file: its first four bytes are "
                            + String.format("%08x", Integer.reverseBytes(magic))
                            + " instead of 47475546 (byte 0). Give the path of a model in GGUF"
                            + " format.");
        }
    }

    private void version() {
        in.enter("the version");
        int version = in.i32();
        if (version != 2 && version != 3) {
            boolean bigEndian = Integer.reverseBytes(version) == 3;
            throw new Fault(
                    Fault.Code.UNSUPPORTED,
                    in.path()
                            + " is GGUF "
                            + (bigEndian
                                    ? "for big-endian machines"
                                    : "version " + Integer.toUnsignedString(version))
                            + " (byte 4); only little-endian versions 2 and 3 can be read. Use a"
                            + " newer conversion of the model.");
        }
    }

    private void value(long number) {
        in.enter("key " + number);
        String key = in.text(MAX_KEY_BYTES);
        if (key.isEmpty() || values.containsKey(key)) {
            throw in.damaged(key.isEmpty() ? "is empty" : "is '" + key + "' a second time");
        }
        in.enter("the value of " + key);
        GgufType type = GgufType.read(in);
        if (key.equals(ALIGNMENT) && type != GgufType.UINT32) {
            throw in.damaged("has the type " + type + " instead of UINT32");
        }
        values.put(key, type == GgufType.ARRAY ? array() : scalar(type));
    }

    private Object scalar(GgufType type) {
        return switch (type) {
            case UINT8 -> (long) in.u8();
            case INT8 -> (long) (byte) in.u8();
            case UINT16 -> (long) Short.toUnsignedInt(in.i16());
            case INT16 -> (long) in.i16();
            case UINT32 -> in.u32();
            case INT32 -> (long) in.i32();
            case FLOAT32 -> (double) Float.intBitsToFloat(in.i32());
            case BOOL -> flag();
            case STRING -> text();
            case ARRAY -> throw in.damaged("is an array of arrays, which llama.cpp does not read");
            case UINT64, INT64 -> in.i64();
            case FLOAT64 -> Double.longBitsToDouble(in.i64());
        };
    }

    private boolean flag() {
        int value = in.u8();
        if (value > 1) {
            throw in.damaged("is " + value + " where 0 or 1 is meant");
        }
        return value == 1;
    }

    private String text() {
        String text = in.text(MAX_TEXT_BYTES);
        textChars += text.length();
        if (textChars > MAX_TEXT_CHARS) {
            throw in.damaged("makes the texts longer than " + MAX_TEXT_CHARS + " characters");
        }
        return text;
    }

    private GgufArray array() {
        GgufType type = GgufType.read(in);
        if (type == GgufType.ARRAY) {
            scalar(type);
        }
        int count = (int) in.count(MAX_ELEMENTS, type.leastBytes());
        long offset = in.position();
        if (type == GgufType.STRING) {
            skipTexts(count);
        } else {
            in.skip((long) count * type.leastBytes());
        }
        return new GgufArray(type, count, offset);
    }

    private void skipTexts(long count) {
        for (long i = 0; i < count; i++) {
            in.skip(in.count(MAX_TEXT_BYTES, 1));
        }
    }

    private void requireArchitecture() {
        in.enter("the value of general.architecture");
        if (!(values.get("general.architecture") instanceof String architecture)) {
            throw in.damaged("is missing or no text");
        }
        if (!Architectures.isKnown(architecture)) {
            throw new Fault(
                    Fault.Code.UNSUPPORTED,
                    in.path()
                            + " has the architecture '"
                            + architecture
                            + "', which this version's llama.cpp cannot load. Use a model of"
                            + " another architecture.");
        }
    }

    private long alignment() {
        long alignment = values.get(ALIGNMENT) instanceof Long value ? value : DEFAULT_ALIGNMENT;
        if (Long.bitCount(alignment) != 1) {
            in.enter("the value of " + ALIGNMENT);
            throw in.damaged("is " + alignment + ", not a power of two");
        }
        return alignment;
    }

    private void tensors(long count, long alignment) {
        Set<String> names = new HashSet<>();
        long expected = 0;
        for (long i = 0; i < count; i++) {
            in.enter("the name of tensor " + i);
            String name = in.text(MAX_NAME_BYTES);
            if (!names.add(name)) {
                throw in.damaged("is '" + name + "' a second time");
            }
            in.enter("the tensor " + name);
            Gguf.Tensor tensor = tensor(name);
            if (tensor.offset() != expected || expected > in.size() - tensor.bytes()) {
                throw in.damaged(
                        "begins at "
                                + tensor.offset()
                                + " instead of "
                                + expected
                                + ", or ends"
                                + " beyond the file");
            }
            expected = padded(expected + tensor.bytes(), alignment);
            tensors.add(tensor);
        }
        if (count > 0) {
            long start = padded(in.position(), alignment);
            Gguf.Tensor last = tensors.getLast();
            in.enter("the data of the tensors");
            in.seek(start);
            in.skip(last.offset() + last.bytes());
        }
    }

    private Gguf.Tensor tensor(String name) {
        long rank = in.u32();
        if (rank > MAX_DIMENSIONS) {
            throw in.damaged("has " + rank + " dimensions");
        }
        List<Long> dimensions = new ArrayList<>();
        for (long i = 0; i < rank; i++) {
            dimensions.add(dimension());
        }
        int number = in.i32();
        GgmlType type =
                GgmlType.of(number)
                        .orElseThrow(() -> in.damaged("has the unknown number format " + number));
        long row = dimensions.isEmpty() ? 1 : dimensions.getFirst();
        if (row % type.blockElements() != 0) {
            throw in.damaged("has rows of " + row + " elements, which " + type + " cannot");
        }
        long bytes = bytes(dimensions, type);
        return new Gguf.Tensor(name, dimensions, type.name(), in.i64(), bytes);
    }

    private long dimension() {
        long dimension = in.i64();
        if (dimension < 0) {
            throw in.damaged("has " + dimension + " elements in a row");
        }
        return dimension;
    }

    private long bytes(List<Long> dimensions, GgmlType type) {
        try {
            long elements = 1;
            for (long dimension : dimensions) {
                elements = Math.multiplyExact(elements, dimension);
            }
            long bytes = type.bytes(elements);
            if (bytes <= in.size()) {
                return bytes;
            }
        } catch (ArithmeticException e) {
            throw new Fault(Fault.Code.CORRUPT, in.damaged("is beyond all sizes").getMessage(), e);
        }
        throw in.damaged("is larger than the file");
    }

    // No overflow: all that is padded lies within the file.
    private static long padded(long position, long alignment) {
        return (position + alignment - 1) / alignment * alignment;
    }

    private String token(String key) {
        if (!(values.get(key) instanceof Long id)
                || !(values.get(TOKENS) instanceof GgufArray tokens)
                || tokens.type() != GgufType.STRING
                || id < 0
                || id >= tokens.count()) {
            return "";
        }
        in.enter("token " + id);
        in.seek(tokens.offset());
        skipTexts(id);
        return in.text(MAX_TEXT_BYTES);
    }
}
