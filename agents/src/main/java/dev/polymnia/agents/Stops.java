package dev.polymnia.agents;

import static java.util.stream.Collectors.joining;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.run.Account;
import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Money;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the ends that nobody wanted are called.
final class Stops {
    private Stops() {}

    static boolean isBudget(StopReason reason) {
        return switch (reason) {
            case BUDGET_TOKENS, BUDGET_TIME -> true;
            case END, STOP_STRING, STOP_HOOK, TOOL_CALL, LENGTH, CANCELLED, FAILED -> false;
        };
    }

    /// Returns whether an agent was cancelled.
    static boolean isCancelled(Agent agent) {
        return agent.reason().filter(reason -> reason == StopReason.CANCELLED).isPresent();
    }

    /// Throws if the run was cancelled.
    static void checkCancelled(Run run, Agent agent) {
        run.request().cancellation().check();
        if (isCancelled(agent)) {
            throw new Fault(
                    Fault.Code.CANCELLED, "The model was closed before the answer had ended.");
        }
    }

    /// Returns that the best answer so far was asked for.
    static Event.StoppedEarly asked() {
        return new Event.StoppedEarly(Event.Rule.REQUEST, "the best answer so far was asked for");
    }

    /// Returns which limits the run has come to, in words.
    static String words(Run run) {
        Account account = run.account();
        Budget budget = account.budget();
        String most =
                account.lacksMoney()
                        ? Money.words(budget.money()) + " in money"
                        : budget.tokens() + " tokens";
        String time = budget.time().toMillis() / 1000.0 + " s";
        if (!account.isTimeUp()) {
            return "the budget of " + most + " is spent";
        }
        return "the budget of "
                + (account.tokensLeft() == 0 ? most + " and " + time : time)
                + " is spent";
    }

    static Fault spent(Run run) {
        return new Fault(
                Fault.Code.BUDGET_SPENT,
                "There is no answer: "
                        + words(run)
                        + " and no agent has said anything that can be shown; raise it.");
    }

    /// Returns that a model was not cut short and had nothing to say.
    static Fault wordless() {
        return new Fault(
                Fault.Code.INTERNAL,
                "The model ended its answer without a word; ask again, or another model.");
    }

    /// Returns that no agent of a team came to anything, though none was cut short.
    ///
    /// @param chains what they came to; their notes say why, equal ones once
    static Fault answerless(List<Chain> chains) {
        Map<String, List<Integer>> notes = new LinkedHashMap<>();
        for (Chain chain : chains) {
            if (!chain.note().isEmpty()) {
                notes.computeIfAbsent(chain.note(), _ -> new ArrayList<>()).add(chain.number() + 1);
            }
        }
        if (notes.isEmpty()) {
            return wordless();
        }
        String all =
                notes.entrySet().stream()
                        .map(each ->
                                "%s (agent %s)"
                                        .formatted(
                                                each.getKey(),
                                                each.getValue().stream()
                                                        .map(String::valueOf)
                                                        .collect(joining(", "))))
                        .collect(joining("; "));
        return new Fault(
                Fault.Code.INTERNAL,
                "No agent came to an answer: %s. Ask again, or another model.".formatted(all));
    }

    /// Returns why there are no words of a run that was cut short.
    static Fault nothing(Run run) {
        return run.isFinishing()
                ? new Fault(
                        Fault.Code.CANCELLED,
                        "There is no answer yet: no agent had said anything that can be shown when"
                                + " the best answer so far was asked for.")
                : spent(run);
    }
}
