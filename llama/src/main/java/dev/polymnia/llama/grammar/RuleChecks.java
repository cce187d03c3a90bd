package dev.polymnia.llama.grammar;

import dev.polymnia.core.Fault;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/// Refuses rules that nothing can be generated from: undefined ones, ones that refer to themselves
/// before any character (the automaton would never stop expanding them), and ones that never end.
///
/// Which rules may be empty and which may end are least fixed points, found with a work list over
/// the references between rules (Aho, Sethi, Ullman, Compilers, 4.4).
final class RuleChecks {
    private final Map<String, Rule> rules;
    private final Source source;
    private final Map<String, Set<String>> referrers = new HashMap<>();

    private RuleChecks(Map<String, Rule> rules, Source source) {
        this.rules = rules;
        this.source = source;
    }

    /// Checks all rules.
    ///
    /// @return the rule that texts begin with
    /// @throws Fault `INVALID` with the place of the first rule that is refused
    static Rule check(Map<String, Rule> rules, Source source) {
        RuleChecks checks = new RuleChecks(rules, source);
        Rule root = rules.get("root");
        if (root == null) {
            throw source.fault(0, "there is no rule root, from which every text begins; add it.");
        }
        for (Rule rule : rules.values()) {
            checks.requireDefined(rule, rule.body());
            checks.requireFewRepetitions(rule, rule.body(), 1);
        }
        Set<String> empty = checks.closure(RuleChecks::mayBeEmpty);
        checks.refuseLeftRecursion(empty);
        checks.firstEndless()
                .ifPresent(rule -> {
                    throw source.fault(
                            rule.offset(),
                            "the rule %s never ends: each of its alternatives comes back to"
                                            .formatted(rule.name())
                                    + " it; add one that does not.");
                });
        return root;
    }

    /// Returns the first rule that never ends; empty if all do.
    ///
    /// @param rules that refer to defined ones only
    /// @throws Fault `INVALID` if they do not
    static Optional<Rule> firstEndless(Map<String, Rule> rules, Source source) {
        RuleChecks checks = new RuleChecks(rules, source);
        rules.values().forEach(rule -> checks.requireDefined(rule, rule.body()));
        return checks.firstEndless();
    }

    private Optional<Rule> firstEndless() {
        Set<String> ending = closure(RuleChecks::mayEnd);
        return rules.values().stream().filter(rule -> !ending.contains(rule.name())).findFirst();
    }

    private void requireDefined(Rule rule, Expression part) {
        switch (part) {
            case Expression.Literal _, Expression.Characters _ -> {}
            case Expression.Reference(String name, int offset) -> {
                if (!rules.containsKey(name)) {
                    throw source.fault(
                            offset, "the rule %s is not defined; define it.".formatted(name));
                }
                referrers.computeIfAbsent(name, _ -> new LinkedHashSet<>()).add(rule.name());
            }
            case Expression.Sequence(List<Expression> parts) ->
                    parts.forEach(each -> requireDefined(rule, each));
            case Expression.Choice(List<Expression> options) ->
                    options.forEach(each -> requireDefined(rule, each));
            case Expression.Repeat(Expression body, int _, int _) -> requireDefined(rule, body);
        }
    }

    private void requireFewRepetitions(Rule rule, Expression part, long around) {
        switch (part) {
            case Expression.Literal _, Expression.Characters _, Expression.Reference _ -> {}
            case Expression.Sequence(List<Expression> parts) ->
                    parts.forEach(each -> requireFewRepetitions(rule, each, around));
            case Expression.Choice(List<Expression> options) ->
                    options.forEach(each -> requireFewRepetitions(rule, each, around));
            case Expression.Repeat(Expression body, int least, int most) -> {
                long times = Math.max(1, most == Expression.ENDLESS ? least : most) * around;
                if (times > Limits.NESTED_REPETITIONS) {
                    throw source.fault(
                            rule.offset(),
                            "the rule %s repeats more than %d times, counting repetitions inside"
                                            .formatted(rule.name(), Limits.NESTED_REPETITIONS)
                                    + " repetitions; use smaller numbers.");
                }
                requireFewRepetitions(rule, body, times);
            }
        }
    }

    private Set<String> closure(BiPredicate<Expression, Set<String>> holds) {
        Set<String> found = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(rules.keySet());
        while (!open.isEmpty()) {
            String name = open.remove();
            Rule rule = rules.get(name);
            if (rule != null && !found.contains(name) && holds.test(rule.body(), found)) {
                found.add(name);
                open.addAll(referrers.getOrDefault(name, Set.of()));
            }
        }
        return found;
    }

    /// Depth first, with the path of rules that are being entered.
    private void refuseLeftRecursion(Set<String> empty) {
        Set<String> done = new HashSet<>();
        for (String from : rules.keySet()) {
            LinkedHashSet<String> path = new LinkedHashSet<>();
            Deque<Deque<String>> open = new ArrayDeque<>();
            open.push(new ArrayDeque<>(List.of(from)));
            while (!open.isEmpty()) {
                String next = open.element().poll();
                if (next == null) {
                    open.pop();
                    if (!path.isEmpty()) {
                        done.add(path.removeLast());
                    }
                    continue;
                }
                if (path.contains(next)) {
                    throw leftRecursion(path, next);
                }
                if (!done.contains(next)) {
                    path.add(next);
                    open.push(new ArrayDeque<>(leftOf(next, empty)));
                }
            }
        }
    }

    private Fault leftRecursion(Set<String> path, String again) {
        List<String> names = new ArrayList<>(path);
        List<String> circle = names.subList(names.indexOf(again), names.size());
        Rule rule = rules.get(again);
        return source.fault(
                rule == null ? 0 : rule.offset(),
                "the rule %s begins with itself (%s); let it begin with a character."
                        .formatted(again, String.join(" → ", circle) + " → " + again));
    }

    private Set<String> leftOf(String name, Set<String> empty) {
        Set<String> left = new LinkedHashSet<>();
        Rule rule = rules.get(name);
        if (rule != null) {
            collectLeft(rule.body(), empty, left);
        }
        return left;
    }

    private static void collectLeft(Expression part, Set<String> empty, Set<String> left) {
        switch (part) {
            case Expression.Literal _, Expression.Characters _ -> {}
            case Expression.Reference(String name, int _) -> left.add(name);
            case Expression.Sequence(List<Expression> parts) -> {
                for (Expression each : parts) {
                    collectLeft(each, empty, left);
                    if (!mayBeEmpty(each, empty)) {
                        return;
                    }
                }
            }
            case Expression.Choice(List<Expression> options) ->
                    options.forEach(each -> collectLeft(each, empty, left));
            case Expression.Repeat(Expression body, int _, int most) -> {
                if (most > 0) {
                    collectLeft(body, empty, left);
                }
            }
        }
    }

    private static boolean mayBeEmpty(Expression part, Set<String> empty) {
        return switch (part) {
            case Expression.Literal(String text) -> text.isEmpty();
            case Expression.Characters _ -> false;
            case Expression.Reference(String name, int _) -> empty.contains(name);
            case Expression.Sequence(List<Expression> parts) ->
                    parts.stream().allMatch(each -> mayBeEmpty(each, empty));
            case Expression.Choice(List<Expression> options) ->
                    options.stream().anyMatch(each -> mayBeEmpty(each, empty));
            case Expression.Repeat(Expression body, int least, int _) ->
                    least == 0 || mayBeEmpty(body, empty);
        };
    }

    private static boolean mayEnd(Expression part, Set<String> ending) {
        return switch (part) {
            case Expression.Literal _, Expression.Characters _ -> true;
            case Expression.Reference(String name, int _) -> ending.contains(name);
            case Expression.Sequence(List<Expression> parts) ->
                    parts.stream().allMatch(each -> mayEnd(each, ending));
            case Expression.Choice(List<Expression> options) ->
                    options.stream().anyMatch(each -> mayEnd(each, ending));
            case Expression.Repeat(Expression body, int least, int _) ->
                    least == 0 || mayEnd(body, ending);
        };
    }
}
