package dev.polymnia.llama;

import java.util.Arrays;

/// A growing list of token numbers. Confined to one thread at a time.
final class TokenList {
    private int[] tokens;
    private int size;

    TokenList() {
        tokens = new int[64];
    }

    TokenList(int[] beginning) {
        tokens = Arrays.copyOf(beginning, beginning.length + 64);
        size = beginning.length;
    }

    int size() {
        return size;
    }

    int get(int index) {
        return tokens[index];
    }

    void add(int token) {
        if (size == tokens.length) {
            tokens = Arrays.copyOf(tokens, size * 2);
        }
        tokens[size++] = token;
    }

    void addAll(TokenList other, int from, int to) {
        for (int i = from; i < to; i++) {
            add(other.get(i));
        }
    }

    void truncate(int length) {
        size = Math.min(size, length);
    }

    /// Returns a copy of a part.
    TokenList slice(int from, int to) {
        return new TokenList(Arrays.copyOfRange(tokens, from, to));
    }

    /// Returns how many tokens at the beginning are the same in both.
    int commonPrefix(TokenList other) {
        return commonFrom(0, other, Integer.MAX_VALUE);
    }

    /// Returns how many of the tokens from a place on are the same as another list's first ones.
    ///
    /// @param most the place in this list up to which is compared
    int commonFrom(int from, TokenList other, int most) {
        int length = Math.min(Math.min(size, most) - from, other.size);
        if (length <= 0) {
            return 0;
        }
        int mismatch = Arrays.mismatch(tokens, from, from + length, other.tokens, 0, length);
        return mismatch < 0 ? length : mismatch;
    }
}
