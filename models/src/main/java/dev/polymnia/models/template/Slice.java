package dev.polymnia.models.template;

import org.jspecify.annotations.Nullable;

/// Which elements of a sequence a slice takes, all of them existing ones.
///
/// @param start the first element
/// @param step how far it is to the next
/// @param size how many there are
record Slice(int start, long step, int size) {
    static Slice of(@Nullable Value from, @Nullable Value to, @Nullable Value by, int length) {
        long step = by == null || !isGiven(by) ? 1 : Numbers.integer(by);
        if (step == 0) {
            throw Problem.failed("slice step cannot be zero");
        }
        // Going backwards, the places before the first and behind the last element shift by one.
        int least = step < 0 ? -1 : 0;
        int most = step < 0 ? length - 1 : length;
        long start = isGiven(from) ? clamp(from, length, least, most) : step < 0 ? most : least;
        long stop = isGiven(to) ? clamp(to, length, least, most) : step < 0 ? least : most;
        long distance = step < 0 ? start - stop : stop - start;
        // A step beyond the sequence takes one element, however large the step.
        long stride = Math.clamp(step, -Integer.MAX_VALUE, Integer.MAX_VALUE);
        long size = distance <= 0 ? 0 : (distance - 1) / Math.abs(stride) + 1;
        return new Slice((int) start, stride, (int) size);
    }

    private static boolean isGiven(@Nullable Value bound) {
        return bound != null && !(bound instanceof Value.None);
    }

    private static long clamp(@Nullable Value bound, int length, int least, int most) {
        long index = bound == null ? 0 : Numbers.integer(bound);
        return Math.clamp(index < 0 ? index + length : index, least, most);
    }

    int at(int index) {
        return (int) (start + index * step);
    }
}
