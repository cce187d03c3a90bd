package dev.polymnia.models.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A value as Python sees it. Lists and dictionaries never change once they are a value; only
/// namespaces, generators and loops have a state.
sealed interface Value
        permits Value.None,
                Value.Undefined,
                Value.Bool,
                Value.Int,
                Value.Real,
                Value.Text,
                Value.Items,
                Value.Tuple,
                Value.Dict,
                Value.Range,
                Value.View,
                Value.Method,
                Value.Function,
                Generator,
                Namespace,
                Macro,
                Loop {
    /// Returns what Python calls the type of this value; error messages name it.
    default String type() {
        return switch (this) {
            case None _ -> "NoneType";
            case Undefined _ -> "Undefined";
            case Bool _ -> "bool";
            case Int _ -> "int";
            case Real _ -> "float";
            case Text _ -> "str";
            case Items _ -> "list";
            case Tuple _ -> "tuple";
            case Dict _ -> "dict";
            case Range _ -> "range";
            case View view -> view.name();
            case Method _ -> "builtin_function_or_method";
            case Function _ -> "function";
            case Generator _ -> "generator";
            case Namespace _ -> "Namespace";
            case Macro _ -> "Macro";
            case Loop _ -> "LoopContext";
        };
    }

    static Value of(long number) {
        return new Int(number);
    }

    static Value of(double number) {
        return new Real(number);
    }

    static Value of(String text) {
        return new Text(text);
    }

    static Value of(boolean bool) {
        return bool ? Bool.TRUE : Bool.FALSE;
    }

    static Value of(List<Value> items) {
        return new Items(items);
    }

    /// Python's `None`; a missing value is [Undefined].
    enum None implements Value {
        NONE
    }

    /// What a lookup that found nothing gives: harmless to print and to test, an error to use.
    ///
    /// @param reason what was not found; the message of the error
    record Undefined(String reason) implements Value {
        static Undefined named(String name) {
            return new Undefined("'" + name + "' is undefined");
        }

        static Undefined attribute(Value owner, String name) {
            return new Undefined("'" + owner.type() + " object' has no attribute '" + name + "'");
        }

        Problem problem() {
            return Problem.failed(reason);
        }
    }

    record Bool(boolean value) implements Value {
        static final Bool TRUE = new Bool(true);
        static final Bool FALSE = new Bool(false);
    }

    record Int(long value) implements Value {}

    record Real(double value) implements Value {}

    /// A string; `safe` tells that [Markup] escapes what is added to it.
    record Text(String value, boolean safe) implements Value, Comparable<Text> {
        Text(String value) {
            this(value, false);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Text text && value.equals(text.value);
        }

        @Override
        public int hashCode() {
            return value.hashCode();
        }

        /// Keeps dictionaries fast whose keys were chosen to have the same hash.
        @Override
        public int compareTo(Text other) {
            return value.compareTo(other.value);
        }
    }

    record Items(List<Value> values) implements Value {}

    record Tuple(List<Value> values) implements Value {
        static Tuple of(Value... values) {
            return new Tuple(List.of(values));
        }
    }

    /// A dictionary in the order of insertion. Keys are scalars, so that looking one up never
    /// recurses; numbers are stored such that equal ones are one key.
    record Dict(Map<Value, Value> entries) implements Value {
        static Value key(Value key) {
            return switch (key) {
                case None _, Text _, Int _ -> key;
                case Bool bool -> new Int(bool.value() ? 1 : 0);
                case Real real when real.value() == (long) real.value() ->
                        new Int((long) real.value());
                case Real _ -> key;
                case Undefined undefined -> throw undefined.problem();
                case Tuple _ -> throw Problem.unsupported("a tuple as the key of a dictionary");
                case Items _,
                        Dict _,
                        Range _,
                        View _,
                        Method _,
                        Function _,
                        Generator _,
                        Namespace _,
                        Macro _,
                        Loop _ ->
                        throw Problem.failed("unhashable type: '" + key.type() + "'");
            };
        }

        @Nullable Value find(String key) {
            return entries.get(new Text(key));
        }

        static Dict named(Map<String, Value> values) {
            Map<Value, Value> entries = LinkedHashMap.newLinkedHashMap(values.size());
            values.forEach((name, value) -> entries.put(new Text(name), value));
            return new Dict(entries);
        }
    }

    /// The numbers of a `range`, not yet written out.
    record Range(long start, long step, int size) implements Value {
        Value at(int index) {
            return new Int(start + index * step);
        }
    }

    /// What `keys()`, `values()` and `items()` of a dictionary return.
    ///
    /// @param name the type, such as `dict_items`
    /// @param values what it shows
    record View(String name, List<Value> values) implements Value {}

    /// A method of a built-in type, bound to its object.
    record Method(Value owner, String name) implements Value {}

    /// A function that every template can call.
    record Function(String name) implements Value {}
}
