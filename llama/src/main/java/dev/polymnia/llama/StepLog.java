package dev.polymnia.llama;

/// Counts what the engine does. Confined to the engine thread.
final class StepLog {
    private long steps;
    private long spokenRows;
    private long readRows;
    private long guessedRows;
    private long rightGuesses;
    private long paddingRows;
    private long speakingSteps;
    private long speakingNanos;
    private long decodeNanos;
    private long otherNanos;
    private long longestStepNanos;
    private long roundBegin;
    private long decodedBefore;

    void beginRound() {
        roundBegin = System.nanoTime();
        decodedBefore = decodeNanos;
    }

    void endRound() {
        otherNanos += System.nanoTime() - roundBegin - (decodeNanos - decodedBefore);
    }

    void decoded(Step step, long nanos) {
        steps++;
        decodeNanos += nanos;
        longestStepNanos = Math.max(longestStepNanos, nanos);
        spokenRows += step.spoken();
        guessedRows += step.guessed();
        paddingRows += step.padding();
        readRows += step.count() - step.padding() - step.spoken() - step.guessed();
        if (step.spoken() > 0) {
            speakingSteps++;
            speakingNanos += nanos;
        }
    }

    void guessedRight(int guesses) {
        rightGuesses += guesses;
    }

    EngineStatistics statistics(Memory memory, Residents residents) {
        return new EngineStatistics(
                steps,
                spokenRows,
                readRows,
                guessedRows,
                rightGuesses,
                paddingRows,
                speakingSteps,
                speakingNanos,
                decodeNanos,
                otherNanos,
                longestStepNanos,
                residents.cachedTokens(),
                residents.computedTokens(),
                memory.forks(),
                memory.forkNanos(),
                memory.evictions(),
                memory.evictedTokens(),
                residents.suspensions(),
                residents.admissions(),
                residents.queueNanos(),
                residents.running().size(),
                residents.waiting().size(),
                memory.sequencesInUse(),
                memory.tokens(),
                memory.reserved());
    }
}
