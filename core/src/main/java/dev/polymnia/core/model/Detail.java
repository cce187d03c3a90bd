package dev.polymnia.core.model;

/// How much a branch tells about its tokens.
///
/// @param logProbabilities whether each token comes with its id and log-probability
/// @param confidence over how many of the most probable tokens the confidence is taken, 0 to 64; 0
///   for none. Remote models offer at most [#REMOTE_CONFIDENCE]
public record Detail(boolean logProbabilities, int confidence) {
    /// The most tokens that Chat Completions tells alternatives of (`top_logprobs`); a remote model
    /// refuses more with `UNSUPPORTED`.
    public static final int REMOTE_CONFIDENCE = 20;

    /// Text only.
    public static final Detail NONE = new Detail(false, 0);

    /// Ids and log-probabilities.
    public static final Detail LOG_PROBABILITIES = new Detail(true, 0);

    /// Checks the parts.
    public Detail {
        if (confidence < 0 || confidence > 64) {
            throw new IllegalArgumentException(
                    "confidence over " + confidence + " tokens; choose 0 to 64");
        }
        if (confidence > 0 && !logProbabilities) {
            throw new IllegalArgumentException("confidence needs log-probabilities");
        }
    }
}
