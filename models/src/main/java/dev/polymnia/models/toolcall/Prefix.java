package dev.polymnia.models.toolcall;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A head of literals and names in a fixed order. White space may stand before each of them.
final class Prefix implements Head {
    /// Stands for a name among the steps.
    static final String NAME = "";

    private static final int LONGEST_NAME = 256;

    private final List<String> steps;
    private final StringBuilder name = new StringBuilder();
    private int step;
    private int matched;
    private int surplus;

    Prefix(List<String> steps) {
        this.steps = List.copyOf(steps);
    }

    @Override
    public Verdict accept(char next) {
        String literal = steps.get(step);
        if (literal.equals(NAME)) {
            return name(next);
        }
        if (matched == 0 && Character.isWhitespace(next)) {
            return Verdict.OPEN;
        }
        if (literal.charAt(matched) != next) {
            surplus = matched + 1;
            return Verdict.LOST;
        }
        matched++;
        if (matched < literal.length()) {
            return Verdict.OPEN;
        }
        return advance() ? Verdict.OPEN : Verdict.WHOLE;
    }

    private Verdict name(char next) {
        if (Head.isNamePart(next) && name.length() < LONGEST_NAME) {
            name.append(next);
            return Verdict.OPEN;
        }
        if (!name.isEmpty()) {
            // A name is never the last step.
            step++;
            return accept(next);
        }
        surplus = 1;
        return Character.isWhitespace(next) ? Verdict.OPEN : Verdict.LOST;
    }

    /// Goes to the next step if there is one.
    private boolean advance() {
        matched = 0;
        step++;
        if (step == steps.size()) {
            return false;
        }
        if (steps.get(step).equals(NAME)) {
            name.setLength(0);
        }
        return true;
    }

    @Override
    public int surplus() {
        return surplus;
    }

    /// Returns the latest name.
    @Override
    public @Nullable String name() {
        return name.isEmpty() ? null : name.toString();
    }

    @Override
    public @Nullable String id() {
        return null;
    }
}
