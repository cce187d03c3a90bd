package dev.polymnia.eval.ifeval;

/// How a number of things is compared with the number that is asked for.
enum Relation {
    /// Fewer things than asked for.
    LESS_THAN("less than"),
    /// As many things as asked for, or more.
    AT_LEAST("at least");

    private final String words;

    Relation(String words) {
        this.words = words;
    }

    /// Returns how the data writes it.
    String words() {
        return words;
    }

    /// Returns whether a number fits.
    ///
    /// @param number what was counted
    /// @param wanted what was asked for
    boolean holds(long number, long wanted) {
        return switch (this) {
            case LESS_THAN -> number < wanted;
            case AT_LEAST -> number >= wanted;
        };
    }
}
