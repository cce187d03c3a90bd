package dev.polymnia.models;

/// The types of the values in a GGUF header, in the order of their numbers (GGUF specification,
/// "gguf_metadata_value_type").
enum GgufType {
    UINT8(1),
    INT8(1),
    UINT16(2),
    INT16(2),
    UINT32(4),
    INT32(4),
    FLOAT32(4),
    BOOL(1),
    STRING(8),
    ARRAY(12),
    UINT64(8),
    INT64(8),
    FLOAT64(8);

    private final int leastBytes;

    GgufType(int leastBytes) {
        this.leastBytes = leastBytes;
    }

    /// Returns the bytes of a number, or the least that a text or an array takes.
    int leastBytes() {
        return leastBytes;
    }

    /// Reads a type's number.
    static GgufType read(GgufInput in) {
        int number = in.i32();
        if (number < 0 || number >= values().length) {
            throw in.damaged("has the unknown type " + number);
        }
        return values()[number];
    }
}
