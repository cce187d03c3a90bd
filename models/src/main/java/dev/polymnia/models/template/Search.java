package dev.polymnia.models.template;

/// Finds strings in strings, and pays for the effort: looking for a long repetitive string in
/// another one can take the product of their lengths.
///
/// @param text where to look
/// @param part what to look for
/// @param budget pays
record Search(String text, String part, Budget budget) {
    private static final int SHORT = 32;
    private static final int COMPARISONS_A_STEP = 16;

    /// Returns where the part begins, at or after an offset, or -1.
    int next(int from) {
        if (part.length() <= SHORT) {
            int at = text.indexOf(part, from);
            budget.spend(1 + (Math.max(0L, (at < 0 ? text.length() : at) - from) >> 3));
            return at;
        }
        for (int at = from; at <= text.length() - part.length(); at++) {
            if (matches(at)) {
                return at;
            }
        }
        return -1;
    }

    /// Returns where the part begins, at or before an offset, or -1.
    int last(int from) {
        if (part.length() <= SHORT) {
            int at = text.lastIndexOf(part, from);
            budget.spend(1 + (Math.max(0L, (long) from - at) >> 3));
            return at;
        }
        for (int at = Math.min(from, text.length() - part.length()); at >= 0; at--) {
            if (matches(at)) {
                return at;
            }
        }
        return -1;
    }

    private boolean matches(int at) {
        if (at % COMPARISONS_A_STEP == 0) {
            budget.spend(1);
        }
        int length = 0;
        while (length < part.length() && text.charAt(at + length) == part.charAt(length)) {
            length++;
            if (length % COMPARISONS_A_STEP == 0) {
                budget.spend(1);
            }
        }
        return length == part.length();
    }
}
