package dev.polymnia.core.model;

/// How much a branch tells about its tokens. It is told as far as the model knows: one without
/// [Capability#LOG_PROBABILITIES] tells nothing, one without [Capability#ALTERNATIVES] neither
/// confidences nor alternatives, and neither fails for it.
///
/// @param logProbabilities whether each token comes with its id and log-probability
/// @param confidence over how many of the most probable tokens the confidence is taken, 0 to 64; 0
///   for none. Remote models offer at most [#REMOTE_MOST]
/// @param alternatives how many of the most probable tokens come with each token, 0 to 64. Remote
///   models offer at most [#REMOTE_MOST]
public record Detail(boolean logProbabilities, int confidence, int alternatives) {
    /// The most tokens that Chat Completions tells alternatives of (`top_logprobs`); a remote model
    /// refuses more with `UNSUPPORTED`.
    public static final int REMOTE_MOST = 20;

    private static final int MOST = 64;

    /// Text only.
    public static final Detail NONE = new Detail(false, 0, 0);

    /// Ids and log-probabilities.
    public static final Detail LOG_PROBABILITIES = new Detail(true, 0, 0);

    /// Checks the parts.
    public Detail {
        check(confidence, "a confidence over %d tokens", logProbabilities);
        check(alternatives, "%d alternatives", logProbabilities);
    }

    /// Returns this detail with a confidence over so many tokens.
    public Detail withConfidence(int value) {
        return new Detail(logProbabilities, value, alternatives);
    }

    /// Returns this detail with so many alternatives.
    public Detail withAlternatives(int value) {
        return new Detail(logProbabilities, confidence, value);
    }

    private static void check(int value, String what, boolean logProbabilities) {
        if (value < 0 || value > MOST) {
            throw new IllegalArgumentException(what.formatted(value) + "; choose 0 to " + MOST);
        }
        if (value > 0 && !logProbabilities) {
            throw new IllegalArgumentException(
                    what.formatted(value) + " without log-probabilities; ask for them too");
        }
    }
}
