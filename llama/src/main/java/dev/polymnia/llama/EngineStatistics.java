package dev.polymnia.llama;

/// What an engine has done since it was started, and what it does now; for metrics. Counters only
/// grow, gauges say how it is. Immutable.
///
/// @param steps counter: calls of `llama_decode`
/// @param spokenRows counter: rows that continued a branch by one token
/// @param readRows counter: rows that read prompts
/// @param guessedRows counter: rows that computed guesses of what a branch says next
/// @param rightGuesses counter: guesses that were right, each of which saved a row in a later step
/// @param paddingRows counter: rows without a use, added because they made a step cheaper
/// @param speakingSteps counter: steps in which branches spoke
/// @param speakingNanos counter: nanoseconds of these steps inside `llama_decode`
/// @param decodeNanos counter: nanoseconds inside `llama_decode`
/// @param otherNanos counter: nanoseconds of the engine thread outside `llama_decode` while there
///   was something to do
/// @param longestStepNanos gauge: the longest call of `llama_decode` so far
/// @param cachedTokens counter: prompt tokens that were in memory already
/// @param computedTokens counter: prompt tokens that were read
/// @param forks counter: how often a run took over what another one had read
/// @param forkNanos counter: nanoseconds that took, in all
/// @param evictions counter: how often something was dropped from memory to make room
/// @param evictedTokens counter: tokens that were dropped
/// @param suspensions counter: how often a run had to leave the memory for a while
/// @param admissions counter: how often a run entered the memory
/// @param queueNanos counter: nanoseconds from the arrival of a run until it entered, in all
/// @param running gauge: runs in memory
/// @param waiting gauge: runs that wait to enter
/// @param sequencesInUse gauge: sequences that hold something
/// @param tokensInMemory gauge: tokens in memory; shared ones count once
/// @param tokensReserved gauge: cells that running branches have been promised beyond that
public record EngineStatistics(
        long steps,
        long spokenRows,
        long readRows,
        long guessedRows,
        long rightGuesses,
        long paddingRows,
        long speakingSteps,
        long speakingNanos,
        long decodeNanos,
        long otherNanos,
        long longestStepNanos,
        long cachedTokens,
        long computedTokens,
        long forks,
        long forkNanos,
        long evictions,
        long evictedTokens,
        long suspensions,
        long admissions,
        long queueNanos,
        int running,
        int waiting,
        int sequencesInUse,
        int tokensInMemory,
        int tokensReserved) {
    /// Nothing done yet.
    public static final EngineStatistics NONE =
            new EngineStatistics(
                    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// Returns the share of prompt tokens that were in memory already, 0 to 1; 0 before the first.
    public double hitRate() {
        long all = cachedTokens + computedTokens;
        return all == 0 ? 0 : (double) cachedTokens / all;
    }

    /// Returns the mean number of rows of a step; 0 before the first.
    public double meanRows() {
        long rows = spokenRows + readRows + guessedRows + paddingRows;
        return steps == 0 ? 0 : (double) rows / steps;
    }
}
