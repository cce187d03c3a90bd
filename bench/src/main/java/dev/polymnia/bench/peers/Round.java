package dev.polymnia.bench.peers;

/// What both peers did with the same prompts.
///
/// @param scenario its name
/// @param number from 1
/// @param ours the figures of this engine
/// @param peer those of the other
record Round(String scenario, int number, Measure ours, Measure peer) {}
