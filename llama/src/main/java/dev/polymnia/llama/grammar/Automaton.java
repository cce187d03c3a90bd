package dev.polymnia.llama.grammar;

import dev.polymnia.core.Fault;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Runs a [Network] as a push-down automaton that follows all ways at once. A state is the set of
/// the stacks that the ways have led to; states and stacks are interned, and a state remembers
/// where each class of bytes led, so most steps are one look into an array. Confined to one thread.
///
/// A rule that ends the rule it stands in does not grow the stack, so lists written with recursion
/// on the right stay flat. What is interned is forgotten when it becomes too much; a state from
/// before is then [adopted][#adopt] on its next use.
final class Automaton {
    private final Network network;
    private final Map<Stack, Stack> stacks = new HashMap<>();
    private final Map<State, State> states = new HashMap<>();
    private final Deque<Stack> open = new ArrayDeque<>();
    private Stack[] found = new Stack[16];
    private int foundCount;
    private boolean foundEnd;
    private int visits;
    private int mark;
    private int stackNumber;
    private int age;

    Automaton(Network network) {
        this.network = network;
    }

    /// Returns the state before the first byte.
    State first() {
        begin();
        enter(network.start(0), null);
        return finish();
    }

    /// Returns the state after a byte; a dead one if the byte cannot follow.
    ///
    /// @throws Fault `INVALID` if there are too many ways to follow
    State step(State state, byte value) {
        int byteClass = network.classOf(value);
        State next = state.next(byteClass);
        if (next == null) {
            next = move(state, network.sample(byteClass));
            state.remember(byteClass, next, network.classes());
        }
        return next;
    }

    /// Returns the state after some bytes; a dead one if they cannot follow.
    ///
    /// @throws Fault `INVALID` if there are too many ways to follow
    State step(State state, byte[] bytes, int from, int to) {
        State at = state;
        for (int i = from; i < to && !at.isDead(); i++) {
            at = step(at, bytes[i]);
        }
        return at;
    }

    /// Returns the state that stands for a state from before everything was forgotten, and forgets
    /// everything if it has become too much.
    State adopt(State state) {
        if (states.size() > Limits.STATES) {
            states.keySet().forEach(State::forget);
            states.clear();
            stacks.clear();
            age++;
        }
        if (state.age() == age) {
            return state;
        }
        Stack[] copies = new Stack[state.stacks().length];
        for (int i = 0; i < copies.length; i++) {
            copies[i] = adopt(state.stacks()[i]);
        }
        Arrays.sort(copies, Comparator.comparingInt(Stack::number));
        return intern(new State(copies, state.complete(), age));
    }

    private Stack adopt(Stack stack) {
        Deque<Stack> old = new ArrayDeque<>();
        for (Stack at = stack; at != null; at = at.below()) {
            old.push(at);
        }
        Stack copy = null;
        for (Stack each : old) {
            copy = intern(each.node(), copy);
        }
        return copy == null ? stack : copy;
    }

    private State move(State state, int value) {
        begin();
        for (Stack stack : state.stacks()) {
            int end = network.firstByteEdge(stack.node() + 1);
            for (int edge = network.firstByteEdge(stack.node()); edge < end; edge++) {
                if (network.takes(edge, value)) {
                    enter(network.byteTarget(edge), stack.below());
                }
            }
        }
        return finish();
    }

    private void begin() {
        mark++;
        visits = 0;
        foundCount = 0;
        foundEnd = false;
        open.clear();
    }

    private void enter(int node, @Nullable Stack below) {
        if (network.onlyAccepts(node)) {
            leave(below);
            return;
        }
        visit(intern(node, below));
    }

    private void leave(@Nullable Stack below) {
        if (below == null) {
            foundEnd = true;
            return;
        }
        visit(below);
    }

    private void visit(Stack stack) {
        if (stack.mark(mark)) {
            visits++;
            if (visits > Limits.VISITS) {
                throw tooAmbiguous();
            }
            open.push(stack);
        }
    }

    /// Follows the edges that need no byte, and makes the state of what has been found.
    private State finish() {
        while (!open.isEmpty()) {
            Stack stack = open.pop();
            int node = stack.node();
            if (network.firstByteEdge(node) < network.firstByteEdge(node + 1)) {
                keep(stack);
            }
            if (network.accepts(node)) {
                leave(stack.below());
            }
            int end = network.firstRuleEdge(node + 1);
            for (int edge = network.firstRuleEdge(node); edge < end; edge++) {
                int target = network.ruleTarget(edge);
                Stack below =
                        network.onlyAccepts(target) ? stack.below() : intern(target, stack.below());
                enter(network.start(network.rule(edge)), below);
            }
        }
        Stack[] all = Arrays.copyOf(found, foundCount);
        Arrays.sort(all, Comparator.comparingInt(Stack::number));
        return intern(new State(all, foundEnd, age));
    }

    private void keep(Stack stack) {
        if (foundCount == Limits.STACKS) {
            throw tooAmbiguous();
        }
        if (foundCount == found.length) {
            found = Arrays.copyOf(found, 2 * foundCount);
        }
        found[foundCount++] = stack;
    }

    private Stack intern(int node, @Nullable Stack below) {
        Stack stack = new Stack(node, below, stackNumber);
        Stack known = stacks.putIfAbsent(stack, stack);
        if (known != null) {
            return known;
        }
        stackNumber++;
        return stack;
    }

    private State intern(State state) {
        State known = states.putIfAbsent(state, state);
        if (states.size() > Limits.MOST_STATES) {
            throw tooAmbiguous();
        }
        return known == null ? state : known;
    }

    private static Fault tooAmbiguous() {
        return new Fault(
                Fault.Code.INVALID,
                "The grammar is too ambiguous: it can take the text so far in more than %d ways."
                                .formatted(Limits.STACKS)
                        + " Let its alternatives begin differently and do not repeat what may be"
                        + " empty.");
    }
}
