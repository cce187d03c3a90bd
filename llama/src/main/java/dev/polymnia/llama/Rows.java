package dev.polymnia.llama;

/// The rows of one step: token, position, sequence, and whether scores are wanted. Confined to the
/// engine thread and used again for every step.
final class Rows {
    final int[] tokens;
    final int[] positions;
    final int[] sequences;
    final boolean[] outputs;
    private int count;

    Rows(int capacity) {
        tokens = new int[capacity];
        positions = new int[capacity];
        sequences = new int[capacity];
        outputs = new boolean[capacity];
    }

    int count() {
        return count;
    }

    void clear() {
        count = 0;
    }

    /// Adds a row.
    ///
    /// @return its number
    int add(int token, int position, int sequence, boolean output) {
        tokens[count] = token;
        positions[count] = position;
        sequences[count] = sequence;
        outputs[count] = output;
        return count++;
    }
}
