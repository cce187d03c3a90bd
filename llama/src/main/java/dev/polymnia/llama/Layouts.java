package dev.polymnia.llama;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;

/// The structs that llama.cpp 0.5.0 takes and returns by value, for 64-bit x86 and ARM only: there
/// they are laid out alike on Linux, macOS and Windows.
///
/// Each is declared as a run of 64-bit words. The calling conventions of those platforms look at
/// nothing but the size of a struct that is larger than 16 bytes and not all floating point; so the
/// fields that are changed are reached by offset, and those that are not keep the library's
/// defaults.
final class Layouts {
    static final StructLayout MODEL_PARAMS = words("llama_model_params", 80);
    static final StructLayout CONTEXT_PARAMS = words("llama_context_params", 160);
    static final StructLayout BATCH = words("llama_batch", 56);
    static final StructLayout QUANTIZE_PARAMS = words("llama_model_quantize_params", 64);

    private Layouts() {}

    /// Offsets of `llama_context_params`.
    static final class Context {
        static final long CELLS = 0;
        static final long BATCH = 4;
        static final long UBATCH = 8;
        static final long SEQUENCES = 12;
        static final long OUTPUTS = 20;
        static final long THREADS = 28;
        static final long THREADS_BATCH = 32;
        static final long EMBEDDINGS = 128;
        static final long NO_PERF = 130;
        static final long UNIFIED = 133;

        private Context() {}
    }

    /// Offsets of `llama_batch`.
    static final class Batch {
        static final long COUNT = 0;
        static final long TOKEN = 8;
        static final long EMBEDDING = 16;
        static final long POSITION = 24;
        static final long SEQUENCE_COUNT = 32;
        static final long SEQUENCE = 40;
        static final long OUTPUT = 48;

        private Batch() {}
    }

    static void set(MemorySegment struct, long offset, int value) {
        struct.set(ValueLayout.JAVA_INT, offset, value);
    }

    static void set(MemorySegment struct, long offset, boolean value) {
        struct.set(ValueLayout.JAVA_BYTE, offset, (byte) (value ? 1 : 0));
    }

    private static StructLayout words(String name, long bytes) {
        return MemoryLayout.structLayout(
                        MemoryLayout.sequenceLayout(
                                bytes / Long.BYTES, ValueLayout.JAVA_LONG.withName("word")))
                .withName(name);
    }

    /// Offsets of `llama_model_quantize_params`.
    static final class Quantize {
        static final long THREADS = 0;
        static final long FILE_TYPE = 4;
        static final long OUTPUT_TYPE = 8;
        static final long EMBEDDING_TYPE = 12;
        static final long ALLOW_REQUANTIZE = 16;
        static final long BUFFER_BYTES = 56;

        private Quantize() {}
    }
}
