package dev.polymnia.app.chat;

import static java.util.stream.Collectors.joining;

import dev.polymnia.agents.RunRequest;
import dev.polymnia.agents.TeamChoice;
import dev.polymnia.app.terminal.Summary;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.Money;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How the next questions are asked.
///
/// @param mode how much thought
/// @param agents the most agents of contemplating
/// @param budget the limits of each run
/// @param seed of each run; empty for a new one each time
/// @param team what is wanted of a team
public record Settings(Mode mode, int agents, Budget budget, Optional<Long> seed, TeamChoice team) {
    Settings withMode(Mode value) {
        return new Settings(value, agents, budget, seed, team);
    }

    Settings withAgents(int value) {
        return new Settings(mode, value, budget, seed, team);
    }

    Settings withBudget(Budget value) {
        return new Settings(mode, agents, value, seed, team);
    }

    Settings withSeed(Optional<Long> value) {
        return new Settings(mode, agents, budget, value, team);
    }

    /// Checks that a question could be asked so.
    ///
    /// @throws dev.polymnia.core.Fault with `INVALID` if not
    Settings checked() {
        new RunRequest(
                "check", List.of(Message.user("?")), mode, budget, 0, agents, new Cancellation());
        return this;
    }

    /// Returns the limits in words.
    String budgetWords() {
        String tokens =
                budget.tokens() == Long.MAX_VALUE
                        ? ""
                        : "%,d tokens for all agents".formatted(budget.tokens());
        String time =
                budget.time().equals(Budget.UNLIMITED.time()) ? "" : Summary.seconds(budget.time());
        String money = budget.limitsMoney() ? Money.words(budget.money()) + " in money" : "";
        String words =
                Stream.of(tokens, time, money)
                        .filter(each -> !each.isEmpty())
                        .collect(joining(", "));
        return words.isEmpty() ? "none" : words;
    }
}
