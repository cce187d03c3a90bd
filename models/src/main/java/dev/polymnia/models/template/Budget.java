package dev.polymnia.models.template;

/// What one rendering has left. Time is bounded by the steps, memory by the steps and the text, the
/// Java stack by the depth. Belongs to one rendering and one thread.
final class Budget {
    private final Limits limits;
    private long steps;
    private long text;
    private int depth;

    Budget(Limits limits) {
        this.limits = limits;
        this.steps = limits.steps();
        this.text = limits.textLength();
    }

    /// Goes one level deeper and counts it as a step. There is no `finally` for [#leave()]: whoever
    /// throws ends the rendering.
    void enter() {
        if (++depth > limits.depth()) {
            throw Problem.limit("it nests deeper than " + limits.depth() + " levels");
        }
        spend(1);
    }

    void leave() {
        depth--;
    }

    void spend(long count) {
        steps -= count;
        if (steps < 0) {
            throw Problem.limit("it takes more than " + limits.steps() + " steps");
        }
    }

    /// Counts the effort of looking at every character of a value, if it is a string.
    void scan(Value value) {
        if (value instanceof Value.Text text) {
            spend(text.value().length() >> 4);
        }
    }

    /// Counts text that is about to be built, so call it before building.
    void text(long length) {
        text -= length;
        if (text < 0) {
            throw Problem.limit("it builds more than " + limits.textLength() + " characters");
        }
        spend(1 + (length >> 4));
    }

    void output(long length) {
        if (length > limits.outputLength()) {
            throw Problem.limit("its output exceeds " + limits.outputLength() + " characters");
        }
    }
}
