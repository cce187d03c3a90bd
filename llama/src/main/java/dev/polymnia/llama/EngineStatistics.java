package dev.polymnia.llama;

/// What an engine has done since it was started. Immutable.
///
/// @param steps calls of `llama_decode`
/// @param spokenRows rows that continued a branch by one token
/// @param readRows rows that read prompts
/// @param paddingRows rows without a use, added because they made a step cheaper
/// @param decodeNanos nanoseconds inside `llama_decode`
/// @param otherNanos nanoseconds of the engine thread outside `llama_decode` while there was
///   something to do
/// @param forks how often a branch took over the memory of its trunk
/// @param forkNanos nanoseconds that took, in all
/// @param evictions how often something idle was dropped from memory to make room
/// @param suspensions how often a running branch had to leave the memory for a while
/// @param sequencesInUse trunks and branches in memory now
/// @param cellsInUse tokens of memory promised to them now
public record EngineStatistics(
        long steps,
        long spokenRows,
        long readRows,
        long paddingRows,
        long decodeNanos,
        long otherNanos,
        long forks,
        long forkNanos,
        long evictions,
        long suspensions,
        int sequencesInUse,
        int cellsInUse) {}
