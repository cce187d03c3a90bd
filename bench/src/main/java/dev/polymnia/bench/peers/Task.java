package dev.polymnia.bench.peers;

/// What a scenario lets both peers do in one round, its prompts made.
@FunctionalInterface
interface Task {
    /// Does it and measures it.
    Measure run(Peer peer) throws InterruptedException;
}
