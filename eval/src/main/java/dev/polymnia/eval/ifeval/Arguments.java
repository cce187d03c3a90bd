package dev.polymnia.eval.ifeval;

import dev.polymnia.core.Fault;
import dev.polymnia.eval.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The arguments of one instruction, read by type. Immutable.
///
/// The reference draws an argument that is missing or out of range by lot; here it is a fault,
/// since the prompt that was asked cannot mean what is drawn afterwards.
final class Arguments {
    private final Target.Instruction instruction;

    /// Creates the arguments of an instruction.
    Arguments(Target.Instruction instruction) {
        this.instruction = instruction;
    }

    /// Returns a text as it is written.
    ///
    /// @throws Fault with `INVALID` if it is missing, no text, or blank
    String text(String name) {
        if (value(name) instanceof String text && !PythonText.isBlank(text)) {
            return text;
        }
        throw fault(name, "a text that is not blank");
    }

    /// Returns texts as they are written, in order.
    ///
    /// @throws Fault with `INVALID` if they are missing, no list of texts, or none
    List<String> texts(String name) {
        if (value(name) instanceof List<?> list
                && !list.isEmpty()
                && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        throw fault(name, "a list of texts with at least one");
    }

    /// Returns a whole number from 0. `3.0` is one: some copies of the data write numbers so.
    ///
    /// @throws Fault with `INVALID` if it is missing, no number, not whole, negative, or above
    ///   [Integer#MAX_VALUE]
    int number(String name) {
        if (value(name) instanceof Number number
                && number.doubleValue() == number.intValue()
                && number.intValue() >= 0) {
            return number.intValue();
        }
        throw fault(name, "a whole number from 0");
    }

    /// Returns a relation.
    ///
    /// @throws Fault with `INVALID` if it is missing or not one of the two
    Relation relation(String name) {
        for (Relation relation : Relation.values()) {
            if (relation.words().equals(value(name))) {
                return relation;
            }
        }
        throw fault(name, "'less than' or 'at least'");
    }

    /// Returns the fault of an argument that cannot be used.
    ///
    /// @param name of the argument
    /// @param wanted what it should be, such as `a whole number`
    Fault fault(String name, String wanted) {
        Object value = value(name);
        String found = value == null ? "missing" : "'" + value + "'";
        return new Fault(
                Fault.Code.INVALID,
                instruction.id()
                        + ": the argument '"
                        + name
                        + "' is "
                        + found
                        + " and should be "
                        + wanted
                        + "; correct the data.");
    }

    private @Nullable Object value(String name) {
        return instruction.arguments().get(name);
    }
}
