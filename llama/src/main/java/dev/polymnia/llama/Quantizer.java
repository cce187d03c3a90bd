package dev.polymnia.llama;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.polymnia.core.Fault;
import dev.polymnia.llama.library.NativeLibraries;
import dev.polymnia.models.Gguf;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes models in the number format for which llama.cpp has its quickest kernels on a processor:
/// Q4_0, which it interleaves when the model is loaded. The token embedding and the output layer,
/// which decide on the words, keep eight bits (Q8_0). Thread-safe.
///
/// Weights that were quantised before are quantised once more, which costs a little accuracy.
///
/// A copy cannot be cancelled, and a native assertion over a strange file ends the process: a
/// program that is to survive that does it in a process of its own.
public final class Quantizer {
    /// What writes the copies, for people.
    public static final String ENGINE = "llama.cpp " + NativeLoader.VERSION;

    private static final int FILE_TYPE_Q4_0 = 2; // LLAMA_FTYPE_MOSTLY_Q4_0
    private static final int TYPE_Q8_0 = 8; // GGML_TYPE_Q8_0

    /// The rows that are converted at once. llama.cpp's own limit of 8 GiB would take a gigabyte
    /// for the embedding of a small model with a large vocabulary.
    private static final long BUFFER_BYTES = 256L << 20;

    private final LlamaNative functions;

    /// Loads llama.cpp.
    ///
    /// @param libraries a process uses the first ones it loads
    /// @throws Fault `UNSUPPORTED` or `UNAVAILABLE` if they cannot be used here
    public Quantizer(NativeLibraries libraries) {
        functions = NativeLoader.load(libraries);
    }

    /// Writes a copy of a model; blocks until it is done, with all cores at work.
    ///
    /// @param source whose header is checked first
    /// @param target in a folder that exists; what is there is lost, and what is left there after a
    ///   failure is no use
    /// @throws Fault `NOT_FOUND`, `CORRUPT` or `UNSUPPORTED` for a source that [Gguf#read] refuses;
    ///   `UNAVAILABLE` if the target cannot be written; `UNSUPPORTED` if llama.cpp cannot write
    ///   such a model
    public void write(Path source, Path target) {
        Gguf.read(source);
        requireWritable(target);
        NativeLog.forgetError();
        int code;
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment parameters =
                    (MemorySegment)
                            functions.quantizeDefaults().invokeExact((SegmentAllocator) scratch);
            Layouts.set(
                    parameters,
                    Layouts.Quantize.THREADS,
                    Runtime.getRuntime().availableProcessors());
            Layouts.set(parameters, Layouts.Quantize.FILE_TYPE, FILE_TYPE_Q4_0);
            Layouts.set(parameters, Layouts.Quantize.OUTPUT_TYPE, TYPE_Q8_0);
            Layouts.set(parameters, Layouts.Quantize.EMBEDDING_TYPE, TYPE_Q8_0);
            Layouts.set(parameters, Layouts.Quantize.ALLOW_REQUANTIZE, true);
            parameters.set(JAVA_LONG, Layouts.Quantize.BUFFER_BYTES, BUFFER_BYTES);
            code =
                    (int)
                            functions
                                    .quantize()
                                    .invokeExact(
                                            scratch.allocateFrom(source.toString()),
                                            scratch.allocateFrom(target.toString()),
                                            parameters);
        } catch (Throwable thrown) {
            throw LlamaNative.unexpected(thrown);
        }
        if (code != 0) {
            throw failed(source, target, NativeLog.lastError());
        }
    }

    /// llama.cpp would say no more of it than that a stream has failed.
    private static void requireWritable(Path target) {
        try {
            Files.deleteIfExists(target);
            Files.createFile(target);
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "Cannot write to %s (%s). Make its folder writable."
                            .formatted(target, e.getClass().getSimpleName()),
                    e);
        }
    }

    private static Fault failed(Path source, Path target, String error) {
        // What a C++ stream says when the disk does not take more.
        if (error.contains("iostream error")) {
            return new Fault(
                    Fault.Code.UNAVAILABLE,
                    "Cannot write all of %s; see that its disk is not full.".formatted(target));
        }
        return new Fault(
                Fault.Code.UNSUPPORTED,
                "llama.cpp cannot write a copy of %s (%s). Use the model as it is."
                        .formatted(source, error));
    }
}
