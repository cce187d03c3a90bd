package dev.polymnia.app;

/// One thing that `doctor` looked at.
///
/// @param state how it is
/// @param what was looked at
/// @param value what was found
/// @param advice what to do about it; empty if nothing is to be done
record Finding(State state, String what, String value, String advice) {
    /// How a thing is.
    enum State {
        GOOD,
        NOTE,
        BAD
    }

    static Finding good(String what, String value) {
        return new Finding(State.GOOD, what, value, "");
    }

    static Finding note(String what, String value, String advice) {
        return new Finding(State.NOTE, what, value, advice);
    }

    static Finding bad(String what, String value, String advice) {
        return new Finding(State.BAD, what, value, advice);
    }

    boolean isProblem() {
        return state == State.BAD;
    }
}
