package dev.polymnia.agents.answer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Several answers in one: a list, a tuple, a set. Written as the canonical forms of its members
/// with a comma and a space between them.
///
/// Members of a set (`{3, 1}`) and of an alternative (`3 or 1`) are put in order, since theirs
/// means nothing, and a set has each once; a list keeps its order, since the question may have
/// asked for it. What stands in brackets within a list, such as a point, is one member.
final class Listing {
    static final String SEPARATOR = ", ";
    private static final String NOTHING = "empty set";
    private static final int MOST_MEMBERS = 40;
    private static final int LONGEST_MEMBER = 40;
    private static final Pattern SPACED = Pattern.compile("[,;] (?:(?:and|or) )?");
    private static final Pattern TIGHT = Pattern.compile("[,;]");
    private static final Pattern AND = Pattern.compile(" and ");
    private static final Pattern OR = Pattern.compile(" or ");
    private static final Pattern BRACKET = Pattern.compile("[(\\[{}\\])]");

    /// Numbers by size before words by letter.
    private static final Comparator<String> ORDER =
            Comparator.comparing((String member) -> number(member).isEmpty())
                    .thenComparing(
                            (a, b) -> number(a).flatMap(x -> number(b).map(x::compareTo)).orElse(0))
                    .thenComparing(Comparator.naturalOrder());

    private Listing() {}

    /// Returns the canonical form, or empty if the text is not a list.
    ///
    /// @param text in small letters, one line
    static Optional<String> canonical(String text) {
        boolean bracketed = isEnclosed(text);
        boolean set = bracketed && text.charAt(0) == '{';
        String inside = bracketed ? text.substring(1, text.length() - 1).strip() : text;
        Optional<List<String>> list = members(inside);
        if (list.isEmpty()) {
            return set ? Optional.of(inside.isEmpty() ? NOTHING : inside) : Optional.empty();
        }
        List<String> members = list.orElseThrow();
        if (set) {
            return Optional.of(ordered(members.stream().distinct().toList()));
        }
        return Optional.of(
                OR.matcher(inside).find() ? ordered(members) : String.join(SEPARATOR, members));
    }

    /// Returns a list of canonical forms that is in order and so says nothing by its order.
    static String ordered(List<String> members) {
        return String.join(SEPARATOR, members.stream().sorted(ORDER).toList());
    }

    /// Returns the canonical forms of the members of a list without brackets around it; empty if
    /// the text is not a list.
    static Optional<List<String>> members(String text) {
        return split(SPACED, text)
                .or(() -> split(TIGHT, text))
                .or(() -> split(OR, text))
                .or(() -> split(AND, text));
    }

    private static Optional<List<String>> split(Pattern separator, String text) {
        List<String> parts = parts(separator, text);
        boolean whole =
                parts.size() > 1
                        && parts.size() <= MOST_MEMBERS
                        && parts.stream().allMatch(part -> part.length() <= LONGEST_MEMBER);
        if (!whole) {
            return Optional.empty();
        }
        List<String> members = parts.stream().map(Listing::member).toList();
        return members.stream().allMatch(Listing::isWhole)
                ? Optional.of(members)
                : Optional.empty();
    }

    /// Splits a text where it is not in brackets; brackets that do not match leave nothing.
    private static List<String> parts(Pattern separator, String text) {
        Matcher match = separator.matcher(text);
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int from = 0;
        int seen = 0;
        while (match.find()) {
            depth += depth(text, seen, match.start());
            seen = match.start();
            if (depth == 0) {
                parts.add(text.substring(from, match.start()).strip());
                from = match.end();
            }
        }
        parts.add(text.substring(from).strip());
        return depth + depth(text, seen, text.length()) == 0 ? parts : List.of();
    }

    private static int depth(String text, int from, int to) {
        int depth = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
        }
        return depth;
    }

    /// Whether the first character is a bracket that the last one closes.
    private static boolean isEnclosed(String text) {
        int kind = text.length() < 2 ? -1 : "([{".indexOf(text.charAt(0));
        if (kind < 0 || text.charAt(text.length() - 1) != ")]}".charAt(kind)) {
            return false;
        }
        int depth = 0;
        for (int i = 0; i < text.length() - 1; i++) {
            depth += depth(text, i, i + 1);
            if (depth == 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWhole(String member) {
        return !member.isBlank()
                && member.length() <= LONGEST_MEMBER
                && (isEnclosed(member) || !TIGHT.matcher(member).find());
    }

    private static String member(String text) {
        if (text.isEmpty() || "([{".indexOf(text.charAt(0)) < 0) {
            return Canonical.of(text);
        }
        String inside = isEnclosed(text) ? text.substring(1, text.length() - 1) : "";
        // Brackets in brackets in a list stay as they are, which bounds the work.
        boolean plain = !BRACKET.matcher(inside).find();
        Optional<String> list = plain ? canonical(text) : Optional.empty();
        return list.filter(form -> form.indexOf(',') >= 0)
                .map(form -> text.charAt(0) + form + text.charAt(text.length() - 1))
                .orElse(text);
    }

    private static Optional<Rational> number(String member) {
        return Quantity.parse(member).map(Quantity::number);
    }
}
