package dev.polymnia.llama.grammar;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/// Recognises texts slowly and plainly: for each expression and place, all places where it may end,
/// over code points. Used once per text.
final class ReferenceRecogniser {
    private final Map<String, Expression> rules;
    private final int[] text;
    private final Map<String, Set<Integer>> known = new HashMap<>();
    private boolean wantsMore;

    ReferenceRecogniser(Map<String, Expression> rules, String text) {
        this.rules = rules;
        this.text = text.codePoints().toArray();
    }

    /// Returns whether the whole text is in the language.
    boolean takes() {
        return ends(new Expression.Reference("root", 0), 0).contains(text.length);
    }

    /// Returns whether the text begins a text of the language, if every expression has one.
    boolean takesBeginning() {
        return takes() || wantsMore;
    }

    private Set<Integer> ends(Expression part, int from) {
        return switch (part) {
            case Expression.Literal(String literal) -> literal(literal, from);
            case Expression.Characters(CodePoints set) -> {
                wantsMore |= from == text.length;
                yield from < text.length && set.contains(text[from]) ? Set.of(from + 1) : Set.of();
            }
            case Expression.Reference(String name, int _) -> {
                String key = name + " " + from;
                Set<Integer> ends = known.get(key);
                if (ends == null) {
                    ends = ends(Objects.requireNonNull(rules.get(name)), from);
                    known.put(key, ends);
                }
                yield ends;
            }
            case Expression.Sequence(List<Expression> parts) -> {
                Set<Integer> at = Set.of(from);
                for (Expression each : parts) {
                    at = next(each, at);
                }
                yield at;
            }
            case Expression.Choice(List<Expression> options) -> {
                Set<Integer> all = new TreeSet<>();
                options.forEach(each -> all.addAll(ends(each, from)));
                yield all;
            }
            case Expression.Repeat(Expression body, int least, int most) ->
                    repeat(body, least, most, from);
        };
    }

    private Set<Integer> literal(String literal, int from) {
        int[] wanted = literal.codePoints().toArray();
        for (int i = 0; i < wanted.length; i++) {
            if (from + i == text.length) {
                wantsMore = true;
                return Set.of();
            }
            if (text[from + i] != wanted[i]) {
                return Set.of();
            }
        }
        return Set.of(from + wanted.length);
    }

    private Set<Integer> repeat(Expression body, int least, int most, int from) {
        Set<Integer> all = new TreeSet<>();
        Set<Integer> at = Set.of(from);
        // More rounds than there are characters add nothing but empty ones.
        int rounds = Math.min(most, least + text.length + 1);
        for (int i = 0; i <= rounds; i++) {
            if (i >= least) {
                all.addAll(at);
            }
            at = i < rounds ? next(body, at) : at;
        }
        return all;
    }

    private Set<Integer> next(Expression part, Set<Integer> from) {
        Set<Integer> all = new TreeSet<>();
        from.forEach(each -> all.addAll(ends(part, each)));
        return all;
    }
}
