package dev.polymnia.llama.grammar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/// A small random grammar, as expressions and as text.
///
/// @param rules the first is the root; refer to later rules, or to earlier ones after a character
record RandomGrammar(Map<String, Expression> rules) {
    private static final String LETTERS = "abé€😀";

    /// Makes a grammar.
    static RandomGrammar of(SplittableRandom random) {
        List<String> names = new ArrayList<>(List.of("root"));
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            names.add("r" + i);
        }
        Map<String, Expression> rules = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            List<String> later = names.subList(i + 1, names.size());
            Expression body = expression(random, 3, later);
            if (random.nextInt(3) == 0) {
                Expression before = characters(random);
                String again = names.get(random.nextInt(names.size()));
                body =
                        new Expression.Choice(
                                List.of(
                                        new Expression.Sequence(
                                                List.of(
                                                        before,
                                                        new Expression.Reference(again, 0),
                                                        expression(random, 1, later))),
                                        body));
            }
            rules.put(names.get(i), body);
        }
        return new RandomGrammar(rules);
    }

    /// Returns a text over the letters of the grammars.
    static String text(SplittableRandom random) {
        int length = random.nextInt(7);
        int[] letters = LETTERS.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(letters[random.nextInt(letters.length)]);
        }
        return text.toString();
    }

    /// Returns the grammar as GBNF.
    String gbnf() {
        return rules.entrySet().stream()
                .map(each -> each.getKey() + " ::= " + gbnf(each.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static String gbnf(Expression part) {
        return switch (part) {
            case Expression.Literal(String text) -> "\"" + text + "\"";
            case Expression.Characters(CodePoints set) -> GbnfText.characters(set);
            case Expression.Reference(String name, int _) -> name;
            case Expression.Sequence(List<Expression> parts) ->
                    parts.stream()
                            .map(RandomGrammar::gbnf)
                            .collect(Collectors.joining(" ", "(", ")"));
            case Expression.Choice(List<Expression> options) ->
                    options.stream()
                            .map(RandomGrammar::gbnf)
                            .collect(Collectors.joining(" | ", "(", ")"));
            case Expression.Repeat(Expression body, int least, int most) -> {
                String bounds = most == Expression.ENDLESS ? least + "," : least + "," + most;
                yield gbnf(body) + "{" + bounds + "}";
            }
        };
    }

    private static Expression expression(SplittableRandom random, int depth, List<String> names) {
        int kind = random.nextInt(depth == 0 ? 2 : 7);
        return switch (kind) {
            case 0 -> new Expression.Literal(text(random));
            case 1 ->
                    names.isEmpty() || random.nextBoolean()
                            ? characters(random)
                            : new Expression.Reference(names.get(random.nextInt(names.size())), 0);
            case 2, 3 -> new Expression.Sequence(several(random, depth, names));
            case 4 -> new Expression.Choice(several(random, depth, names));
            default -> {
                int least = random.nextInt(3);
                int most = random.nextBoolean() ? Expression.ENDLESS : least + random.nextInt(3);
                yield new Expression.Repeat(expression(random, depth - 1, names), least, most);
            }
        };
    }

    private static List<Expression> several(
            SplittableRandom random, int depth, List<String> names) {
        List<Expression> parts = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            parts.add(expression(random, depth - 1, names));
        }
        return parts;
    }

    private static Expression characters(SplittableRandom random) {
        CodePoints set = CodePoints.in(text(random)).or(CodePoints.of('a'));
        return new Expression.Characters(random.nextInt(4) == 0 ? set.not().characters() : set);
    }
}
