package dev.polymnia.llama;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// A context without weights: the scores of a row are a function of the tokens before it, and
/// nothing else, so a fork must say what a fresh prompt says. It keeps cells as the native one does
/// and throws where that one asserts. Confined like the real one; [#gate] and [#fail] may be set
/// beforehand.
final class FakeContext implements StepContext {
    static final int VOCABULARY = 64;
    static final int END = 0;
    private static final int END_EVERY = 997;

    private record Cell(int position, BitSet sequences) {}

    private final List<Cell> used = new ArrayList<>();
    private final Map<Integer, List<Integer>> held = new HashMap<>();
    private final int capacity;
    private final int sequences;
    private List<float[]> scores = List.of();
    private Runnable gate = () -> {};
    private FailurePlan fail = rows -> 0;
    private ToDoubleFunction<List<Integer>> added = tokens -> 0;
    private int depth = Integer.MAX_VALUE;
    private boolean closed;

    /// Says with which code a step fails; 0 for none.
    @FunctionalInterface
    interface FailurePlan {
        int code(Rows rows);
    }

    FakeContext(int capacity, int sequences) {
        this.capacity = capacity;
        this.sequences = sequences;
    }

    /// Sets what is done before each step.
    FakeContext gate(Runnable value) {
        gate = value;
        return this;
    }

    FakeContext fail(FailurePlan value) {
        fail = value;
        return this;
    }

    /// Sets what is added to all scores behind some tokens.
    FakeContext scores(ToDoubleFunction<List<Integer>> value) {
        added = value;
        return this;
    }

    /// Lets scores depend on so many of the latest tokens only, so that what is said comes again.
    FakeContext repeating(int tokens) {
        depth = tokens;
        return this;
    }

    @Override
    public int cells() {
        return capacity;
    }

    @Override
    public int sequences() {
        return sequences;
    }

    @Override
    public void threads(int single, int many) {}

    @Override
    public int decode(Rows rows) {
        check(!closed, "used after close");
        check(rows.count() > 0, "no rows");
        gate.run();
        int code = fail.code(rows);
        if (code != 0) {
            if (code < 0) {
                take(rows, rows.count() / 2); // a failed step may leave a part behind
            }
            return code;
        }
        if (used.size() + rows.count() > capacity) {
            return 1;
        }
        take(rows, rows.count());
        return 0;
    }

    private void take(Rows rows, int count) {
        List<float[]> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int sequence = rows.sequences[i];
            check(sequence >= 0 && sequence < sequences, "sequence " + sequence);
            List<Integer> tokens = held.computeIfAbsent(sequence, key -> new ArrayList<>());
            check(rows.positions[i] == tokens.size(), "position " + rows.positions[i]);
            tokens.add(rows.tokens[i]);
            BitSet owners = new BitSet();
            owners.set(sequence);
            used.add(new Cell(rows.positions[i], owners));
            all.add(rows.outputs[i] ? scores(tokens) : new float[0]);
        }
        scores = all;
    }

    @Override
    public MemorySegment logits(int row) {
        float[] row1 = scores.get(row);
        check(row1.length == VOCABULARY, "no scores for row " + row);
        return MemorySegment.ofArray(row1);
    }

    @Override
    public void share(int from, int to, int tokens) {
        List<Integer> source = held.getOrDefault(from, List.of());
        check(held.getOrDefault(to, List.of()).isEmpty(), "sequence " + to + " is not empty");
        check(source.size() >= tokens, "shares more than there is");
        held.put(to, new ArrayList<>(source.subList(0, tokens)));
        for (Cell cell : used) {
            if (cell.sequences().get(from) && cell.position() < tokens) {
                cell.sequences().set(to);
            }
        }
    }

    @Override
    public void truncate(int sequence, int tokens) {
        List<Integer> all = held.getOrDefault(sequence, new ArrayList<>());
        if (all.size() > tokens) {
            held.put(sequence, new ArrayList<>(all.subList(0, tokens)));
        }
        for (Cell cell : used) {
            if (cell.position() >= tokens) {
                cell.sequences().clear(sequence);
            }
        }
        used.removeIf(cell -> cell.sequences().isEmpty());
    }

    @Override
    public void close() {
        closed = true;
    }

    /// Returns how many cells hold something.
    int cellsUsed() {
        return used.size();
    }

    boolean closed() {
        return closed;
    }

    private float[] scores(List<Integer> tokens) {
        float[] scores =
                scoresAfter(tokens.subList(Math.max(0, tokens.size() - depth), tokens.size()));
        float more = (float) added.applyAsDouble(tokens);
        for (int i = 0; i < scores.length; i++) {
            scores[i] += more;
        }
        return scores;
    }

    static float[] scoresAfter(List<Integer> tokens) {
        long hash = mix(tokens.hashCode());
        float[] scores = new float[VOCABULARY];
        for (int i = 0; i < VOCABULARY; i++) {
            scores[i] = (mix(hash + i) >>> 40) / (float) (1 << 24) * 8;
        }
        scores[END] = Long.remainderUnsigned(hash, END_EVERY) == 0 ? 20 : -20;
        return scores;
    }

    private static long mix(long value) {
        long z = (value + 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("the native side would assert: " + what);
        }
    }
}
