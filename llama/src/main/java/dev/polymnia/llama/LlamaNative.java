package dev.polymnia.llama;

import static dev.polymnia.llama.Layouts.BATCH;
import static dev.polymnia.llama.Layouts.CONTEXT_PARAMS;
import static dev.polymnia.llama.Layouts.MODEL_PARAMS;
import static dev.polymnia.llama.Layouts.QUANTIZE_PARAMS;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.polymnia.core.Fault;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/// The C functions that are called, in the order of `llama.h`. Immutable, thread-safe; which thread
/// may call what is said by the classes that use them.
record LlamaNative(
        MethodHandle setLog,
        MethodHandle initBackend,
        MethodHandle loadBackends,
        MethodHandle modelDefaults,
        MethodHandle contextDefaults,
        MethodHandle loadModel,
        MethodHandle freeModel,
        MethodHandle vocabulary,
        MethodHandle trainedContext,
        MethodHandle slidingWindow,
        MethodHandle layers,
        MethodHandle modelBytes,
        MethodHandle isRecurrent,
        MethodHandle isHybrid,
        MethodHandle isDiffusion,
        MethodHandle hasEncoder,
        MethodHandle newContext,
        MethodHandle freeContext,
        MethodHandle cells,
        MethodHandle memory,
        MethodHandle removeFromSequence,
        MethodHandle copySequence,
        MethodHandle clearMemory,
        MethodHandle decode,
        MethodHandle logits,
        MethodHandle vocabularySize,
        MethodHandle vocabularyType,
        MethodHandle tokenText,
        MethodHandle tokenAttributes,
        MethodHandle isEnd,
        MethodHandle beginToken,
        MethodHandle addsBegin,
        MethodHandle tokenize,
        MethodHandle tokenPiece,
        MethodHandle setThreads,
        MethodHandle quantizeDefaults,
        MethodHandle quantize) {

    static LlamaNative link(SymbolLookup ggml, SymbolLookup llama) {
        Functions g = new Functions(ggml);
        Functions f = new Functions(llama);
        return new LlamaNative(
                f.action("llama_log_set", ADDRESS, ADDRESS),
                f.action("llama_backend_init"),
                g.action("ggml_backend_load_all_from_path", ADDRESS),
                f.function("llama_model_default_params", MODEL_PARAMS),
                f.function("llama_context_default_params", CONTEXT_PARAMS),
                f.function("llama_model_load_from_file", ADDRESS, ADDRESS, MODEL_PARAMS),
                f.action("llama_model_free", ADDRESS),
                f.function("llama_model_get_vocab", ADDRESS, ADDRESS),
                f.function("llama_model_n_ctx_train", JAVA_INT, ADDRESS),
                f.function("llama_model_n_swa", JAVA_INT, ADDRESS),
                f.function("llama_model_n_layer", JAVA_INT, ADDRESS),
                f.function("llama_model_size", JAVA_LONG, ADDRESS),
                f.function("llama_model_is_recurrent", JAVA_BOOLEAN, ADDRESS),
                f.function("llama_model_is_hybrid", JAVA_BOOLEAN, ADDRESS),
                f.function("llama_model_is_diffusion", JAVA_BOOLEAN, ADDRESS),
                f.function("llama_model_has_encoder", JAVA_BOOLEAN, ADDRESS),
                f.function("llama_init_from_model", ADDRESS, ADDRESS, CONTEXT_PARAMS),
                f.action("llama_free", ADDRESS),
                f.function("llama_n_ctx", JAVA_INT, ADDRESS),
                f.function("llama_get_memory", ADDRESS, ADDRESS),
                f.function(
                        "llama_memory_seq_rm", JAVA_BOOLEAN, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT),
                f.action("llama_memory_seq_cp", ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT),
                f.action("llama_memory_clear", ADDRESS, JAVA_BOOLEAN),
                f.function("llama_decode", JAVA_INT, ADDRESS, BATCH),
                f.function("llama_get_logits_ith", ADDRESS, ADDRESS, JAVA_INT),
                f.function("llama_vocab_n_tokens", JAVA_INT, ADDRESS),
                f.function("llama_vocab_type", JAVA_INT, ADDRESS),
                f.function("llama_vocab_get_text", ADDRESS, ADDRESS, JAVA_INT),
                f.function("llama_vocab_get_attr", JAVA_INT, ADDRESS, JAVA_INT),
                f.function("llama_vocab_is_eog", JAVA_BOOLEAN, ADDRESS, JAVA_INT),
                f.function("llama_vocab_bos", JAVA_INT, ADDRESS),
                f.function("llama_vocab_get_add_bos", JAVA_BOOLEAN, ADDRESS),
                f.function(
                        "llama_tokenize",
                        JAVA_INT,
                        ADDRESS,
                        ADDRESS,
                        JAVA_INT,
                        ADDRESS,
                        JAVA_INT,
                        JAVA_BOOLEAN,
                        JAVA_BOOLEAN),
                f.function(
                        "llama_token_to_piece",
                        JAVA_INT,
                        ADDRESS,
                        JAVA_INT,
                        ADDRESS,
                        JAVA_INT,
                        JAVA_INT,
                        JAVA_BOOLEAN),
                f.action("llama_set_n_threads", ADDRESS, JAVA_INT, JAVA_INT),
                f.function("llama_model_quantize_default_params", QUANTIZE_PARAMS),
                f.function("llama_model_quantize", JAVA_INT, ADDRESS, ADDRESS, ADDRESS));
    }

    /// Returns the handle of `llama_version`, which is looked up alone because it decides whether
    /// the others may be trusted.
    static MethodHandle version(SymbolLookup llama) {
        return new Functions(llama).function("llama_version", ADDRESS);
    }

    /// Returns the exception for something that a handle threw: handles of C functions throw
    /// nothing but what a programming error makes them throw.
    static RuntimeException unexpected(Throwable thrown) {
        if (thrown instanceof RuntimeException exception) {
            return exception;
        }
        if (thrown instanceof Error error) {
            throw error;
        }
        return new Fault(Fault.Code.INTERNAL, "A call into llama.cpp failed: " + thrown, thrown);
    }

    private record Functions(SymbolLookup library) {
        MethodHandle function(String name, MemoryLayout result, MemoryLayout... parameters) {
            return handle(name, FunctionDescriptor.of(result, parameters));
        }

        MethodHandle action(String name, MemoryLayout... parameters) {
            return handle(name, FunctionDescriptor.ofVoid(parameters));
        }

        @SuppressWarnings("restricted") // this module exists to call C
        private MethodHandle handle(String name, FunctionDescriptor type) {
            return Linker.nativeLinker()
                    .downcallHandle(library.find(name).orElseThrow(() -> missing(name)), type);
        }

        private static Fault missing(String name) {
            return new Fault(
                    Fault.Code.UNSUPPORTED,
                    "The llama.cpp library has no function "
                            + name
                            + "; Polymnia needs version "
                            + NativeLoader.VERSION
                            + ".");
        }
    }
}
