package dev.polymnia.core.model;

/// The confidence of a branch over its latest tokens: the mean of [TokenDetail#confidence] in a
/// sliding window ("group confidence", DeepConf, Fu et al. 2025, section 3.1), and the lowest that
/// any full window had. Feed it the tokens of a branch in order. A confidence may be infinite,
/// where one of the most probable tokens is impossible; so is the mean then, until it has left the
/// window. Not thread-safe.
public final class ConfidenceWindow {
    private final double[] window;
    private long count;
    private double sum;
    private double lowest = Double.NaN;

    /// Creates a window.
    ///
    /// @param tokens its length, at least 1; the paper takes 2048, short answers want about 32
    public ConfidenceWindow(int tokens) {
        if (tokens < 1) {
            throw new IllegalArgumentException(
                    "a window of " + tokens + " tokens; choose 1 or more");
        }
        window = new double[tokens];
    }

    /// Takes the next token; one whose confidence is NaN is passed over.
    ///
    /// @return the mean after it, as [#mean]
    public double add(TokenDetail token) {
        if (Double.isNaN(token.confidence())) {
            return mean();
        }
        int slot = (int) (count % window.length);
        sum += token.confidence() - window[slot];
        window[slot] = token.confidence();
        count++;
        if (slot == window.length - 1 || !Double.isFinite(sum)) {
            // Once a round, so that rounding does not add up; and what is not finite cannot be
            // taken away again.
            sum = exactSum();
        }
        if (isFull()) {
            lowest = Double.isNaN(lowest) ? mean() : Math.min(lowest, mean());
        }
        return mean();
    }

    /// Returns whether as many tokens as the window holds have come.
    public boolean isFull() {
        return count >= window.length;
    }

    /// Returns the mean confidence of the tokens in the window, of fewer before it is full; NaN
    /// before the first.
    public double mean() {
        return count == 0 ? Double.NaN : sum / Math.min(count, window.length);
    }

    /// Returns the lowest mean that any full window had; NaN before the first is full.
    public double lowest() {
        return lowest;
    }

    private double exactSum() {
        double exact = 0;
        for (double value : window) {
            exact += value;
        }
        return exact;
    }
}
