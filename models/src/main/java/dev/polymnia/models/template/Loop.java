package dev.polymnia.models.template;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The variable `loop`. It looks ahead only as far as the template asks it to, because the
/// condition of a loop may depend on what its body has done.
final class Loop implements Value {
    private final Statement.For statement;
    private final Scope scope;
    private final int depth;
    private final Iterator<Value> source;
    private final Predicate<Value> condition;
    private final Deque<Value> ahead = new ArrayDeque<>();
    private Value previous = new Undefined("there is no previous item");
    private Value current = previous;
    private @Nullable Value changing;
    private int index = -1;

    Loop(
            Statement.For statement,
            Scope scope,
            int depth,
            List<Value> values,
            Predicate<Value> condition) {
        this.statement = statement;
        this.scope = scope;
        this.depth = depth;
        this.source = values.iterator();
        this.condition = condition;
    }

    Statement.For statement() {
        return statement;
    }

    Scope scope() {
        return scope;
    }

    int depth() {
        return depth;
    }

    /// Goes on to the next item and returns it, or null after the last one.
    @Nullable Value next() {
        if (!peek()) {
            return null;
        }
        if (index >= 0) {
            previous = current;
        }
        current = ahead.removeFirst();
        index++;
        return current;
    }

    private boolean peek() {
        return !ahead.isEmpty() || read();
    }

    private boolean read() {
        while (source.hasNext()) {
            Value value = source.next();
            if (condition.test(value)) {
                ahead.add(value);
                return true;
            }
        }
        return false;
    }

    int length() {
        while (read()) {
            // Everything is needed to know how much it is.
        }
        return index + 1 + ahead.size();
    }

    @Nullable Value attribute(String name) {
        return switch (name) {
            case "index" -> Value.of(index + 1L);
            case "index0" -> Value.of(index);
            case "first" -> Value.of(index == 0);
            case "last" -> Value.of(!peek());
            case "length" -> Value.of(length());
            case "revindex" -> Value.of(length() - index);
            case "revindex0" -> Value.of(length() - index - 1L);
            case "depth" -> Value.of(depth + 1L);
            case "depth0" -> Value.of(depth);
            case "previtem" -> previous;
            case "nextitem" -> peek() ? ahead.getFirst() : new Undefined("there is no next item");
            case "cycle", "changed" -> new Method(this, name);
            default -> null;
        };
    }

    Value call(String name, Arguments given, Comparison comparison) {
        if (name.equals("changed")) {
            Value values = new Tuple(given.positional());
            boolean same = changing != null && comparison.equal(changing, values);
            changing = values;
            return Value.of(!same);
        }
        if (given.positional().isEmpty()) {
            throw Problem.failed("no items for cycling given");
        }
        return given.positional().get(index % given.positional().size());
    }
}
