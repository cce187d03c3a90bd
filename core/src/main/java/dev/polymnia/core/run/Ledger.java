package dev.polymnia.core.run;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.model.Usage;
import java.time.Duration;
import java.util.List;

/// What a run spent, agent by agent.
///
/// @param entries one of each agent that spent something, in the order of their numbers; what was
///   spent for all of them together (reading the trunk) is the entry of [#SHARED] and comes first
/// @param agents what each agent came to that has ended, in the order in which they did
/// @param wall how long the run lasted, from its first step to the ledger
public record Ledger(List<Entry> entries, List<AgentReport> agents, Duration wall) {
    /// The number under which stands what belongs to no single agent.
    public static final int SHARED = -1;

    /// Checks and copies the parts.
    public Ledger {
        entries = List.copyOf(entries);
        agents = List.copyOf(agents);
        requireNonNull(wall, "wall is null");
    }

    /// Returns the tokens of all entries together.
    public Usage usage() {
        return entries.stream().map(Entry::usage).reduce(Usage.NONE, Usage::plus);
    }

    /// Returns the money of all entries together, in millionths.
    public long money() {
        return entries.stream().mapToLong(Entry::money).sum();
    }

    /// What one agent spent.
    ///
    /// @param agent its number from 0, or [#SHARED]
    /// @param usage its tokens
    /// @param money what its tokens cost, in millionths of the operator's currency, rounded down
    public record Entry(int agent, Usage usage, long money) {
        /// Checks the parts.
        public Entry {
            requireNonNull(usage, "usage is null");
            if (agent < SHARED) {
                throw new IllegalArgumentException("agent " + agent);
            }
            if (money < 0) {
                throw new IllegalArgumentException("negative cost: " + money);
            }
        }
    }
}
