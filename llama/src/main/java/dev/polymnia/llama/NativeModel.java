package dev.polymnia.llama;

import dev.polymnia.core.Fault;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/// The weights of a model in memory. Owned by the [LlamaModel] that loaded it, which frees it after
/// the contexts that use it. Its readers are thread-safe.
final class NativeModel implements AutoCloseable {
    private final LlamaNative functions;
    private final MemorySegment handle;
    private boolean closed;

    private NativeModel(LlamaNative functions, MemorySegment handle) {
        this.functions = functions;
        this.handle = handle;
    }

    /// Loads weights; blocks until it is done. The header must have been checked before: a damaged
    /// one can end the process.
    ///
    /// @throws Fault `CORRUPT` if llama.cpp refuses the file; `UNSUPPORTED` if this engine cannot
    ///   fork the model's memory
    static NativeModel load(LlamaNative functions, Path file) {
        NativeLog.forgetError();
        MemorySegment handle;
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment parameters =
                    (MemorySegment)
                            functions.modelDefaults().invokeExact((SegmentAllocator) scratch);
            handle =
                    (MemorySegment)
                            functions
                                    .loadModel()
                                    .invokeExact(scratch.allocateFrom(file.toString()), parameters);
        } catch (Throwable thrown) {
            throw LlamaNative.unexpected(thrown);
        }
        if (handle.equals(MemorySegment.NULL)) {
            throw new Fault(
                    Fault.Code.CORRUPT,
                    "llama.cpp cannot load %s (%s). Fetch the file again or choose another model."
                            .formatted(file, NativeLog.lastError()));
        }
        NativeModel model = new NativeModel(functions, handle);
        try {
            model.checkForks(file);
            return model;
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /// Forks and continuations cut a sequence at any token. A running state (recurrent, hybrid)
    /// cannot be cut, and a sliding window has forgotten what a cut would need; a wrong answer
    /// would be the result, so such models are refused.
    private void checkForks(Path file) {
        String kind =
                flag(functions.isRecurrent())
                        ? "recurrent"
                        : flag(functions.isHybrid())
                                ? "hybrid"
                                : flag(functions.isDiffusion())
                                        ? "diffusion"
                                        : flag(functions.hasEncoder())
                                                ? "encoder-decoder"
                                                : number(functions.slidingWindow()) > 0
                                                        ? "sliding-window"
                                                        : "";
        if (!kind.isEmpty()) {
            throw new Fault(
                    Fault.Code.UNSUPPORTED,
                    "%s holds a %s model, whose memory cannot be forked at a token; choose a model with plain attention."
                            .formatted(file.getFileName(), kind));
        }
    }

    LlamaNative functions() {
        return functions;
    }

    MemorySegment handle() {
        return handle;
    }

    MemorySegment vocabulary() {
        try {
            return (MemorySegment) functions.vocabulary().invokeExact(handle);
        } catch (Throwable thrown) {
            throw LlamaNative.unexpected(thrown);
        }
    }

    /// Returns the tokens of the longest context it was trained for.
    int trainedContext() {
        return number(functions.trainedContext());
    }

    /// Returns the size of all weights in bytes.
    long bytes() {
        try {
            return (long) functions.modelBytes().invokeExact(handle);
        } catch (Throwable thrown) {
            throw LlamaNative.unexpected(thrown);
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            functions.freeModel().invokeExact(handle);
        } catch (Throwable thrown) {
            throw LlamaNative.unexpected(thrown);
        }
    }

    private int number(MethodHandle function) {
        try {
            return (int) function.invokeExact(handle);
        } catch (Throwable thrown) {
            throw LlamaNative.unexpected(thrown);
        }
    }

    private boolean flag(MethodHandle function) {
        try {
            return (boolean) function.invokeExact(handle);
        } catch (Throwable thrown) {
            throw LlamaNative.unexpected(thrown);
        }
    }
}
