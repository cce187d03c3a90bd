package dev.polymnia.llama.grammar;

import java.util.Arrays;

/// A set of code points: ranges in ascending order that neither overlap nor touch. Immutable.
final class CodePoints {
    /// The last code point there is.
    static final int LAST = 0x10FFFF;

    static final CodePoints NONE = new CodePoints(new int[0]);
    static final CodePoints ALL = new CodePoints(new int[] {0, LAST});

    private static final CodePoints SURROGATES = new CodePoints(new int[] {0xD800, 0xDFFF});

    // First and last of each range in turn.
    private final int[] bounds;

    private CodePoints(int[] bounds) {
        this.bounds = bounds;
    }

    /// Takes what one range holds.
    interface Range {
        /// Takes a range.
        ///
        /// @param first its first code point
        /// @param last its last code point, not below the first
        void accept(int first, int last);
    }

    /// Returns the set of one code point.
    static CodePoints of(int codePoint) {
        return new CodePoints(new int[] {codePoint, codePoint});
    }

    /// Returns the set of the code points from the first to the last.
    static CodePoints between(int first, int last) {
        return new CodePoints(new int[] {first, last});
    }

    /// Returns the set of the code points of a text.
    static CodePoints in(String text) {
        return text.codePoints()
                .mapToObj(CodePoints::of)
                .reduce(CodePoints::or)
                .orElse(CodePoints.NONE);
    }

    /// Returns what is in this set or in the other.
    CodePoints or(CodePoints other) {
        if (bounds.length == 0) {
            return other;
        }
        int count = (bounds.length + other.bounds.length) / 2;
        long[] ranges = new long[count];
        int filled = pack(ranges, 0);
        other.pack(ranges, filled);
        Arrays.sort(ranges);
        int[] joined = new int[2 * count];
        int length = 0;
        for (long range : ranges) {
            int first = (int) (range >>> 32);
            int last = (int) range;
            if (length > 0 && first <= joined[length - 1] + 1) {
                joined[length - 1] = Math.max(joined[length - 1], last);
                continue;
            }
            joined[length++] = first;
            joined[length++] = last;
        }
        return new CodePoints(Arrays.copyOf(joined, length));
    }

    /// Returns all code points that are not in this set.
    CodePoints not() {
        int[] gaps = new int[bounds.length + 2];
        int length = 0;
        int next = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            if (bounds[i] > next) {
                gaps[length++] = next;
                gaps[length++] = bounds[i] - 1;
            }
            next = bounds[i + 1] + 1;
        }
        if (next <= LAST) {
            gaps[length++] = next;
            gaps[length++] = LAST;
        }
        return new CodePoints(Arrays.copyOf(gaps, length));
    }

    /// Returns what is in both sets.
    CodePoints and(CodePoints other) {
        return not().or(other.not()).not();
    }

    /// Returns what is in this set and not in the other.
    CodePoints minus(CodePoints other) {
        return not().or(other).not();
    }

    /// Returns this set without surrogates, which no text holds.
    CodePoints characters() {
        return minus(SURROGATES);
    }

    /// Returns whether a code point is in the set.
    boolean contains(int codePoint) {
        for (int i = 0; i < bounds.length; i += 2) {
            if (bounds[i] <= codePoint && codePoint <= bounds[i + 1]) {
                return true;
            }
        }
        return false;
    }

    /// Returns whether nothing is in the set.
    boolean isEmpty() {
        return bounds.length == 0;
    }

    /// Returns the number of ranges.
    int ranges() {
        return bounds.length / 2;
    }

    /// Hands out the ranges in ascending order.
    void forEach(Range target) {
        for (int i = 0; i < bounds.length; i += 2) {
            target.accept(bounds[i], bounds[i + 1]);
        }
    }

    private int pack(long[] target, int from) {
        int next = from;
        for (int i = 0; i < bounds.length; i += 2) {
            target[next++] = (long) bounds[i] << 32 | bounds[i + 1];
        }
        return next;
    }
}
