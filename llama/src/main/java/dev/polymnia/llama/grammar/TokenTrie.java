package dev.polymnia.llama.grammar;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/// The texts of a vocabulary as a prefix tree, made once per model and shared by all its
/// constrainers. Immutable, thread-safe.
///
/// The nodes lie in depth-first order in flat arrays: the byte that leads to each, and the node
/// that follows all that is below it, so that a dead branch is left with one jump. With the texts
/// themselves that is about 5 MB for 151,936 tokens.
public final class TokenTrie {
    // Of a key, the lower bits are the token, the upper ones its first bytes.
    private static final int TOKEN_BITS = 24;
    private static final int KEY_BYTES = 5;

    private final int size;
    private final long[] ends;
    private final int[] textFrom;
    private final byte[] texts;
    private final int longest;
    private final int[] sorted;
    private byte[] labels = new byte[1024];
    private int[] after = new int[1024];
    // Where the tokens of a node begin among the sorted ones; they end before those of the next.
    private int[] tokensFrom = new int[1025];
    private int nodes;

    /// Creates the tree of a vocabulary.
    ///
    /// @param size the number of tokens, less than 16,777,216
    /// @param piece the bytes that a token stands for; none for special ones
    /// @param ends whether a token ends the turn; its bytes do not count
    /// @throws IllegalArgumentException if the vocabulary is too large
    public TokenTrie(int size, IntFunction<byte[]> piece, IntPredicate ends) {
        if (size < 0 || size >= 1 << TOKEN_BITS) {
            throw new IllegalArgumentException("a vocabulary of " + size + " tokens");
        }
        this.size = size;
        this.ends = new long[(size + Long.SIZE - 1) / Long.SIZE];
        this.textFrom = new int[size + 1];
        byte[] collected = new byte[1024];
        int most = 0;
        for (int token = 0; token < size; token++) {
            byte[] text = piece.apply(token);
            boolean isEnd = ends.test(token);
            if (isEnd) {
                this.ends[token / Long.SIZE] |= 1L << token;
            }
            int length = isEnd ? 0 : text.length;
            int from = textFrom[token];
            if (from + length > collected.length) {
                collected = Arrays.copyOf(collected, 2 * (from + length));
            }
            System.arraycopy(text, 0, collected, from, length);
            textFrom[token + 1] = from + length;
            most = Math.max(most, length);
        }
        texts = Arrays.copyOf(collected, textFrom[size]);
        longest = most;
        sorted = sort();
        build();
    }

    /// Returns the number of tokens.
    public int size() {
        return size;
    }

    /// Returns whether a token ends the turn.
    boolean ends(int token) {
        return (ends[token / Long.SIZE] >>> token & 1) != 0;
    }

    /// Returns whether a token stands for no bytes.
    boolean isEmpty(int token) {
        return textFrom[token] == textFrom[token + 1];
    }

    /// Returns the state after a token; a dead one if it cannot follow.
    State step(Automaton automaton, State state, int token) {
        return automaton.step(state, texts, textFrom[token], textFrom[token + 1]);
    }

    /// Returns the tokens that may come next as a set of bits, the tokens that end the turn among
    /// them if the text may end.
    long[] allowed(Automaton automaton, State state) {
        long[] allowed = new long[ends.length];
        if (state.complete()) {
            System.arraycopy(ends, 0, allowed, 0, ends.length);
        }
        State[] path = new State[longest + 1];
        int[] until = new int[longest + 1];
        path[0] = state;
        until[0] = Integer.MAX_VALUE;
        int depth = 0;
        int node = 0;
        while (node < nodes) {
            while (node >= until[depth]) {
                depth--;
            }
            State next = automaton.step(path[depth], labels[node]);
            if (next.isDead()) {
                node = after[node];
                continue;
            }
            for (int i = tokensFrom[node]; i < tokensFrom[node + 1]; i++) {
                allowed[sorted[i] / Long.SIZE] |= 1L << sorted[i];
            }
            depth++;
            path[depth] = next;
            until[depth] = after[node];
            node++;
        }
        return allowed;
    }

    /// Returns the tokens with a text in the order of their bytes.
    private int[] sort() {
        long[] keys = new long[size];
        int count = 0;
        for (int token = 0; token < size; token++) {
            if (!isEmpty(token)) {
                keys[count++] = key(token);
            }
        }
        Arrays.sort(keys, 0, count);
        Integer[] boxed = new Integer[count];
        for (int i = 0; i < count; i++) {
            boxed[i] = (int) (keys[i] & (1 << TOKEN_BITS) - 1);
        }
        int from = 0;
        for (int i = 1; i <= count; i++) {
            if (i == count || keys[i] >>> TOKEN_BITS != keys[from] >>> TOKEN_BITS) {
                if (i - from > 1) {
                    Arrays.sort(boxed, from, i, this::compare);
                }
                from = i;
            }
        }
        return Arrays.stream(boxed).mapToInt(Integer::intValue).toArray();
    }

    private long key(int token) {
        long key = 0;
        for (int i = 0; i < KEY_BYTES; i++) {
            int at = textFrom[token] + i;
            key = key << 8 | (at < textFrom[token + 1] ? texts[at] & 0xFF : 0);
        }
        return key << TOKEN_BITS | token;
    }

    private int compare(int first, int second) {
        return Arrays.compareUnsigned(
                texts,
                textFrom[first],
                textFrom[first + 1],
                texts,
                textFrom[second],
                textFrom[second + 1]);
    }

    private void build() {
        int[] path = new int[longest + 1];
        int depth = 0;
        for (int i = 0; i < sorted.length; i++) {
            int from = textFrom[sorted[i]];
            int length = textFrom[sorted[i] + 1] - from;
            int common = i == 0 ? 0 : common(sorted[i - 1], sorted[i]);
            while (depth > common) {
                depth--;
                after[path[depth]] = nodes;
            }
            while (depth < length) {
                addNode(texts[from + depth], i);
                path[depth] = nodes - 1;
                depth++;
            }
            tokensFrom[nodes] = i + 1;
        }
        while (depth > 0) {
            depth--;
            after[path[depth]] = nodes;
        }
        labels = Arrays.copyOf(labels, nodes);
        after = Arrays.copyOf(after, nodes);
        tokensFrom = Arrays.copyOf(tokensFrom, nodes + 1);
    }

    private void addNode(byte label, int tokens) {
        if (nodes == labels.length) {
            labels = Arrays.copyOf(labels, 2 * nodes);
            after = Arrays.copyOf(after, 2 * nodes);
            tokensFrom = Arrays.copyOf(tokensFrom, 2 * nodes + 1);
        }
        labels[nodes] = label;
        tokensFrom[nodes] = tokens;
        nodes++;
    }

    private int common(int first, int second) {
        int mismatch =
                Arrays.mismatch(
                        texts,
                        textFrom[first],
                        textFrom[first + 1],
                        texts,
                        textFrom[second],
                        textFrom[second + 1]);
        return mismatch < 0 ? textFrom[first + 1] - textFrom[first] : mismatch;
    }
}
