package dev.polymnia.llama.grammar;

import dev.polymnia.core.Fault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/// Compiles rules into a [Network]. Used once.
///
/// Each rule becomes an automaton over bytes by Thompson's construction, in which a reference is an
/// edge that goes through the rule; [Determinizer] then merges ways with a common beginning.
/// Repetitions are written out; a heavy body of one gets a rule of its own, so that each of its
/// copies is a single edge.
final class Compiler {
    private static final long HEAVY = 512;

    private final Source source;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Rule> pending = new ArrayList<>();
    private final Network.Builder network = new Network.Builder();
    private Edges edges = new Edges();
    private Rule current;
    private int nodesBefore;

    private Compiler(Map<String, Rule> rules, Rule root, Source source) {
        this.source = source;
        this.current = root;
        pending.add(root);
        numbers.put(root.name(), 0);
        for (Rule rule : rules.values()) {
            if (!rule.name().equals(root.name())) {
                numbers.put(rule.name(), pending.size());
                pending.add(rule);
            }
        }
    }

    /// Compiles rules.
    ///
    /// @param rules that passed the [RuleChecks]
    /// @param root the one that texts begin with
    /// @throws Fault `INVALID` if that exceeds the [Limits]
    static Network compile(Map<String, Rule> rules, Rule root, Source source) {
        return new Compiler(rules, root, source).compile();
    }

    private Network compile() {
        long work = Limits.WORK;
        // Bodies of repetitions are appended on the way.
        for (int number = 0; number < pending.size(); number++) {
            current = pending.get(number);
            edges = new Edges();
            int start = addNode();
            int end = build(current.body(), start);
            Determinizer determinizer = new Determinizer(edges, start, end, work);
            if (!determinizer.addTo(network)) {
                throw tooLarge();
            }
            work = determinizer.workLeft();
            nodesBefore += edges.nodes();
        }
        return network.build();
    }

    /// Builds the ways of an expression.
    ///
    /// @param from where they begin
    /// @return where they end
    private int build(Expression part, int from) {
        return switch (part) {
            case Expression.Literal(String text) -> {
                int at = from;
                for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
                    int next = addNode();
                    edges.add(at, Edges.bytes(each & 0xFF, each & 0xFF), next);
                    at = next;
                }
                yield at;
            }
            case Expression.Characters(CodePoints set) -> {
                int to = addNode();
                Utf8Ranges.add(edges, from, set, to);
                yield to;
            }
            case Expression.Reference(String name, int _) ->
                    call(numbers.getOrDefault(name, 0), from);
            case Expression.Sequence(List<Expression> parts) -> {
                int at = from;
                for (Expression each : parts) {
                    at = build(each, at);
                }
                yield at;
            }
            case Expression.Choice(List<Expression> options) -> {
                int to = addNode();
                for (Expression each : options) {
                    edges.add(build(each, from), Edges.FREE, to);
                }
                yield to;
            }
            case Expression.Repeat repeat -> buildRepeat(repeat, from);
        };
    }

    private int buildRepeat(Expression.Repeat repeat, int from) {
        boolean endless = repeat.most() == Expression.ENDLESS;
        long copies = endless ? repeat.least() + 1L : repeat.most();
        if (copies > 1 && copies * weight(repeat.body()) > HEAVY && !isCall(repeat.body())) {
            int number = pending.size();
            pending.add(new Rule(current.name(), repeat.body(), current.offset()));
            return buildCopies(repeat, from, start -> call(number, start));
        }
        return buildCopies(repeat, from, start -> build(repeat.body(), start));
    }

    private int buildCopies(Expression.Repeat repeat, int from, IntUnaryOperator body) {
        int at = from;
        for (int i = 0; i < repeat.least(); i++) {
            at = body.applyAsInt(at);
        }
        if (repeat.most() == Expression.ENDLESS) {
            int loop = addNode();
            edges.add(at, Edges.FREE, loop);
            edges.add(body.applyAsInt(loop), Edges.FREE, loop);
            return loop;
        }
        int end = addNode();
        for (int i = repeat.least(); i < repeat.most(); i++) {
            edges.add(at, Edges.FREE, end);
            at = body.applyAsInt(at);
        }
        edges.add(at, Edges.FREE, end);
        return end;
    }

    private int call(int rule, int from) {
        int to = addNode();
        edges.add(from, Edges.rule(rule), to);
        return to;
    }

    private int addNode() {
        if (nodesBefore + edges.nodes() >= Limits.NODES) {
            throw tooLarge();
        }
        return edges.addNode();
    }

    private Fault tooLarge() {
        return source.fault(
                current.offset(),
                "the grammar is too large at the rule %s; use fewer alternatives and smaller"
                                .formatted(current.name())
                        + " repetitions.");
    }

    private static boolean isCall(Expression body) {
        return body instanceof Expression.Reference;
    }

    /// Estimates the nodes of an expression.
    private static long weight(Expression part) {
        return switch (part) {
            case Expression.Literal(String text) -> text.length();
            case Expression.Characters(CodePoints set) -> set.ranges();
            case Expression.Reference _ -> 1;
            case Expression.Sequence(List<Expression> parts) ->
                    parts.stream().mapToLong(Compiler::weight).sum();
            case Expression.Choice(List<Expression> options) ->
                    1 + options.stream().mapToLong(Compiler::weight).sum();
            case Expression.Repeat(Expression body, int least, int most) -> {
                long copies = most == Expression.ENDLESS ? least + 1L : most;
                long weight = copies * weight(body);
                yield 1 + (weight > HEAVY ? Math.max(copies, HEAVY) : weight);
            }
        };
    }
}
