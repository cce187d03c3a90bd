package dev.polymnia.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.polymnia.core.Fault;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.concurrent.locks.ReentrantLock;

/// A `llama_context` with one memory that all sequences share. Made by the loading thread, then
/// confined to the engine thread, which also closes it.
final class NativeContext implements StepContext {
    /// `LLAMA_MAX_SEQ`: the native side knows no higher sequence.
    static final int MOST_SEQUENCES = 256;

    /// Rows of scores beyond one for each sequence: for guesses.
    static final int SPARE_OUTPUTS = 8;

    /// From so many rows in a step on, llama.cpp's attention on the CPU (`GGML_FA_TILE_Q` in
    /// `ggml-cpu/common.h`) computes tiles of rows and cells: faster where the rows look at the
    /// same cells, such as those of a prompt, and slower where most of a tile is nobody's business.
    static final int TILE_ROWS = 64;

    /// The models of a process compute step by step in turns: ggml's threads spin while they wait
    /// for each other, and two models that compute at once keep each other's from the cores.
    private static final ReentrantLock TURN = new ReentrantLock(true);

    private final LlamaNative functions;
    private final MemorySegment handle;
    private final MemorySegment memory;
    private final Arena arena = Arena.ofShared();
    private final NativeBatch batch;
    private final int cells;
    private final int sequences;
    private final long rowBytes;
    private boolean closed;

    private NativeContext(
            LlamaNative functions, MemorySegment handle, Shape shape, int vocabulary) {
        this.functions = functions;
        this.handle = handle;
        this.sequences = shape.sequences();
        this.rowBytes = vocabulary * (long) Float.BYTES;
        try {
            memory = (MemorySegment) functions.memory().invokeExact(handle);
            cells = (int) functions.cells().invokeExact(handle);
        } catch (Throwable thrown) {
            throw LlamaNative.unexpected(thrown);
        }
        batch = new NativeBatch(arena, shape.rows());
    }

    /// The sizes of a context.
    ///
    /// @param cells tokens of all sequences together
    /// @param sequences at most [#MOST_SEQUENCES]
    /// @param rows the most rows of one step, at least as many as sequences
    /// @param threads that compute
    record Shape(int cells, int sequences, int rows, int threads) {
        Shape {
            if (sequences < 1 || sequences > MOST_SEQUENCES || rows < sequences || threads < 1) {
                throw new IllegalArgumentException(
                        "%d sequences, %d rows, %d threads".formatted(sequences, rows, threads));
            }
        }
    }

    /// Creates a context.
    ///
    /// @param vocabulary entries of a row of scores
    /// @throws Fault `UNAVAILABLE` if llama.cpp cannot, mostly for want of memory
    static NativeContext create(NativeModel model, Shape shape, int vocabulary) {
        LlamaNative functions = model.functions();
        NativeLog.forgetError();
        MemorySegment handle;
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment parameters =
                    (MemorySegment)
                            functions.contextDefaults().invokeExact((SegmentAllocator) scratch);
            fill(parameters, shape);
            handle = (MemorySegment) functions.newContext().invokeExact(model.handle(), parameters);
        } catch (Throwable thrown) {
            throw LlamaNative.unexpected(thrown);
        }
        if (handle.equals(MemorySegment.NULL)) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "llama.cpp cannot make a context of %d tokens (%s). Choose a smaller context or a smaller model."
                            .formatted(shape.cells(), NativeLog.lastError()));
        }
        return new NativeContext(functions, handle, shape, vocabulary);
    }

    private static void fill(MemorySegment parameters, Shape shape) {
        Layouts.set(parameters, Layouts.Context.CELLS, shape.cells());
        Layouts.set(parameters, Layouts.Context.BATCH, shape.rows());
        Layouts.set(parameters, Layouts.Context.UBATCH, shape.rows());
        Layouts.set(parameters, Layouts.Context.SEQUENCES, shape.sequences());
        Layouts.set(parameters, Layouts.Context.OUTPUTS, shape.sequences() + SPARE_OUTPUTS);
        Layouts.set(parameters, Layouts.Context.THREADS, shape.threads());
        Layouts.set(parameters, Layouts.Context.THREADS_BATCH, shape.threads());
        Layouts.set(parameters, Layouts.Context.EMBEDDINGS, false);
        Layouts.set(parameters, Layouts.Context.NO_PERF, true);
        Layouts.set(parameters, Layouts.Context.UNIFIED, true);
    }

    @Override
    public int cells() {
        return cells;
    }

    @Override
    public int sequences() {
        return sequences;
    }

    @Override
    public void threads(int single, int many) {
        try {
            functions.setThreads().invokeExact(handle, single, many);
        } catch (Throwable thrown) {
            throw LlamaNative.unexpected(thrown);
        }
    }

    @Override
    public int decode(Rows rows) {
        TURN.lock();
        try {
            return (int) functions.decode().invokeExact(handle, batch.fill(rows));
        } catch (Throwable thrown) {
            throw LlamaNative.unexpected(thrown);
        } finally {
            TURN.unlock();
        }
    }

    @Override
    @SuppressWarnings("restricted") // the length of a row is known here and not in C
    public MemorySegment logits(int row) {
        MemorySegment scores;
        try {
            scores = (MemorySegment) functions.logits().invokeExact(handle, row);
        } catch (Throwable thrown) {
            throw LlamaNative.unexpected(thrown);
        }
        if (scores.equals(MemorySegment.NULL)) {
            throw new Fault(
                    Fault.Code.INTERNAL, "llama.cpp has no scores for row " + row + " of a step.");
        }
        return scores.reinterpret(rowBytes).asReadOnly();
    }

    @Override
    public void share(int from, int to, int tokens) {
        try {
            functions.copySequence().invokeExact(memory, from, to, 0, tokens);
        } catch (Throwable thrown) {
            throw LlamaNative.unexpected(thrown);
        }
    }

    @Override
    public void truncate(int sequence, int tokens) {
        boolean done;
        try {
            done =
                    (boolean)
                            functions
                                    .removeFromSequence()
                                    .invokeExact(memory, sequence, tokens, -1);
        } catch (Throwable thrown) {
            throw LlamaNative.unexpected(thrown);
        }
        if (!done) {
            throw new Fault(
                    Fault.Code.INTERNAL,
                    "llama.cpp cannot cut sequence %d at token %d.".formatted(sequence, tokens));
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            functions.freeContext().invokeExact(handle);
        } catch (Throwable thrown) {
            throw LlamaNative.unexpected(thrown);
        }
        arena.close();
    }

    /// The `llama_batch` that is passed by value, and the arrays it points to.
    private static final class NativeBatch {
        private final MemorySegment struct;
        private final MemorySegment tokens;
        private final MemorySegment positions;
        private final MemorySegment sequences;
        private final MemorySegment outputs;

        NativeBatch(Arena arena, int rows) {
            tokens = arena.allocate(JAVA_INT, rows);
            positions = arena.allocate(JAVA_INT, rows);
            sequences = arena.allocate(JAVA_INT, rows);
            outputs = arena.allocate(JAVA_BYTE, rows);
            MemorySegment counts = arena.allocate(JAVA_INT, rows);
            MemorySegment pointers = arena.allocate(ADDRESS, rows);
            for (int i = 0; i < rows; i++) {
                counts.setAtIndex(JAVA_INT, i, 1);
                pointers.setAtIndex(ADDRESS, i, sequences.asSlice(i * (long) Integer.BYTES));
            }
            struct = arena.allocate(Layouts.BATCH);
            struct.set(ADDRESS, Layouts.Batch.TOKEN, tokens);
            struct.set(ADDRESS, Layouts.Batch.EMBEDDING, MemorySegment.NULL);
            struct.set(ADDRESS, Layouts.Batch.POSITION, positions);
            struct.set(ADDRESS, Layouts.Batch.SEQUENCE_COUNT, counts);
            struct.set(ADDRESS, Layouts.Batch.SEQUENCE, pointers);
            struct.set(ADDRESS, Layouts.Batch.OUTPUT, outputs);
        }

        MemorySegment fill(Rows rows) {
            int count = rows.count();
            MemorySegment.copy(rows.tokens, 0, tokens, JAVA_INT, 0, count);
            MemorySegment.copy(rows.positions, 0, positions, JAVA_INT, 0, count);
            MemorySegment.copy(rows.sequences, 0, sequences, JAVA_INT, 0, count);
            for (int i = 0; i < count; i++) {
                outputs.set(JAVA_BYTE, i, (byte) (rows.outputs[i] ? 1 : 0));
            }
            Layouts.set(struct, Layouts.Batch.COUNT, count);
            return struct;
        }
    }
}
