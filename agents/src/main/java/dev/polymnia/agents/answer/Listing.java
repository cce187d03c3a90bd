package dev.polymnia.agents.answer;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Several answers in one: a list, a tuple, a set. Written as the canonical forms of its members
/// with a comma and a space between them.
///
/// Members of a set (`{3, 1}`) and of an alternative (`3 or 1`) are put in order, since theirs
/// means nothing; a list keeps its order, since the question may have asked for it.
final class Listing {
    private static final int MOST_MEMBERS = 40;
    private static final int LONGEST_MEMBER = 40;
    private static final Pattern BRACKETS = Pattern.compile("\\((.*)\\)|\\[(.*)]|(\\{)(.*)}");
    private static final Pattern SPACED = Pattern.compile("[,;] (?:(?:and|or) )?");
    private static final Pattern TIGHT = Pattern.compile("[,;]");
    private static final Pattern AND = Pattern.compile(" and ");
    private static final Pattern OR = Pattern.compile(" or ");

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
        var match = BRACKETS.matcher(text);
        boolean bracketed = match.matches();
        boolean set = bracketed && match.group(3) != null;
        String inside = bracketed ? text.substring(1, text.length() - 1) : text;
        Optional<List<String>> list = members(inside.strip());
        if (list.isEmpty()) {
            return set ? Optional.of(inside.strip()) : Optional.empty();
        }
        boolean free = set || OR.matcher(inside).find();
        Stream<String> members = list.orElseThrow().stream();
        return Optional.of(String.join(", ", (free ? members.sorted(ORDER) : members).toList()));
    }

    private static Optional<List<String>> members(String text) {
        return split(SPACED, text)
                .or(() -> split(TIGHT, text))
                .or(() -> split(OR, text))
                .or(() -> split(AND, text));
    }

    private static Optional<List<String>> split(Pattern separator, String text) {
        String[] parts = separator.split(text, -1);
        if (parts.length < 2 || parts.length > MOST_MEMBERS) {
            return Optional.empty();
        }
        List<String> members = Stream.of(parts).map(Listing::member).toList();
        boolean whole =
                members.stream()
                        .allMatch(member ->
                                !member.isBlank()
                                        && member.length() <= LONGEST_MEMBER
                                        && !TIGHT.matcher(member).find());
        return whole ? Optional.of(members) : Optional.empty();
    }

    private static String member(String part) {
        String text = part.strip();
        boolean compound = text.isEmpty() || "([{".indexOf(text.charAt(0)) >= 0;
        return compound ? text : Canonical.of(text);
    }

    private static Optional<Rational> number(String member) {
        return Quantity.parse(member).map(Quantity::number);
    }
}
