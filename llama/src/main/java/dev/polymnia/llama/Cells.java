package dev.polymnia.llama;

import java.util.ArrayDeque;

/// Who holds which sequence, and how many cells of the memory are promised. Pure accounting: a
/// promise is made before the cells are used, so that a step never finds the memory full. Confined
/// to the engine thread.
final class Cells {
    private final int capacity;
    private final int sequences;
    private final ArrayDeque<Integer> free = new ArrayDeque<>();
    private int promised;
    private long forks;
    private long forkNanos;

    /// @param capacity cells
    /// @param sequences numbered from 0
    Cells(int capacity, int sequences) {
        this.capacity = capacity;
        this.sequences = sequences;
        for (int i = 0; i < sequences; i++) {
            free.add(i);
        }
    }

    boolean fits(int moreSequences, int moreCells) {
        return free.size() >= moreSequences && capacity - promised >= moreCells;
    }

    /// Takes a sequence; the caller asked [#fits] before.
    ///
    /// @return its number
    int take(int cells) {
        promised += cells;
        return free.remove();
    }

    /// Counts a sequence that took over the cells of another.
    void countFork(long nanos) {
        forks++;
        forkNanos += nanos;
    }

    long forks() {
        return forks;
    }

    long forkNanos() {
        return forkNanos;
    }

    /// Changes a promise.
    void promise(int moreCells) {
        promised += moreCells;
    }

    /// Gives back a sequence and what was promised to it.
    void giveBack(int sequence, int cells) {
        promised -= cells;
        free.addFirst(sequence);
    }

    int promised() {
        return promised;
    }

    int sequencesInUse() {
        return sequences - free.size();
    }
}
