package dev.polymnia.eval.run;

import dev.polymnia.core.Fault;
import dev.polymnia.eval.Target;
import java.util.List;

/// A target as a run folder keeps it.
///
/// @param kind says which of the other parts count
/// @param texts the accepted answers, or the options
/// @param right the index of the right option
/// @param tests what a program has to pass
/// @param instructions what is to be followed
record StoredTarget(
        Kind kind,
        List<String> texts,
        int right,
        List<Target.Tests> tests,
        List<Target.Instruction> instructions) {
    /// Which target it is.
    enum Kind {
        ANSWERS,
        CHOICE,
        TESTS,
        INSTRUCTIONS
    }

    static StoredTarget of(Target target) {
        return switch (target) {
            case Target.Answers(List<String> accepted) ->
                    new StoredTarget(Kind.ANSWERS, accepted, 0, List.of(), List.of());
            case Target.Choice(List<String> options, int right) ->
                    new StoredTarget(Kind.CHOICE, options, right, List.of(), List.of());
            case Target.Tests tests ->
                    new StoredTarget(Kind.TESTS, List.of(), 0, List.of(tests), List.of());
            case Target.Instructions(List<Target.Instruction> all) ->
                    new StoredTarget(Kind.INSTRUCTIONS, List.of(), 0, List.of(), all);
        };
    }

    Target target() {
        return switch (kind) {
            case ANSWERS -> new Target.Answers(texts);
            case CHOICE -> new Target.Choice(texts, right);
            case TESTS -> {
                if (tests.size() != 1) {
                    throw new Fault(
                            Fault.Code.CORRUPT,
                            "A stored sample has " + tests.size() + " sets of tests, not one.");
                }
                yield tests.getFirst();
            }
            case INSTRUCTIONS -> new Target.Instructions(instructions);
        };
    }
}
