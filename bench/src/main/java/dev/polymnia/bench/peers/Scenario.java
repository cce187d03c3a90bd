package dev.polymnia.bench.peers;

import java.util.List;

/// A kind of work that is measured. Immutable.
sealed interface Scenario
        permits BranchesScenario, SingleScenario, ChatsScenario, TurnsScenario, ArrivalScenario {
    /// The time to the last answer's end, in all scenarios that have one.
    String SECONDS = "time to the last end, s";

    /// The same by written tokens, in case one peer's answers end early.
    String BY_TOKEN = "the same, ms by written token";

    /// Returns its short name.
    String name();

    /// Returns what is done, for a person.
    String title();

    /// Returns what is measured; the first one decides between flags.
    List<Metric> metrics();

    /// Returns how llama-server may be run; if there are several ways, the best one is found
    /// before.
    List<ServerFlags> flags();

    /// Returns whether a request that fails is a figure; otherwise it ends the comparison.
    default boolean countsErrors() {
        return false;
    }

    /// Makes the prompts of one round.
    Task prepare(Texts texts);
}
