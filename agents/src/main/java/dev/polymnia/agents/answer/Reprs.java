package dev.polymnia.agents.answer;

import java.util.List;
import java.util.regex.Pattern;

/// Writes the values that Python programs print as people write them: `Fraction(1, 3)` as `1/3`,
/// `Decimal('2.50')` as `2.50`, `np.float64(2.5)` as `2.5`, `frozenset({1, 2})` as `{1, 2}`.
final class Reprs {
    private static final List<Rule> RULES =
            List.of(
                    rule("(?:decimal\\.)?Decimal\\(['\"]?([-+\\w.]{1,60})['\"]?\\)", "$1"),
                    rule("(?:fractions\\.)?(?:Fraction|Rational)\\((-?\\d{1,40})\\)", "$1"),
                    rule(
                            "(?:fractions\\.)?(?:Fraction|Rational)\\((-?\\d{1,40}),"
                                    + " ?(\\d{1,40})\\)",
                            "$1/$2"),
                    rule(
                            "(?:np|numpy)\\.(?:float|int|uint|str|bool)_?\\d{0,3}_?\\(([^()]{0,60})\\)",
                            "$1"),
                    rule(
                            "(?:np\\.|numpy\\.)?(?:array|deque|list|dict_values|dict_keys)\\((\\[[^()]{0,300}\\])(?:,"
                                + " ?dtype=[\\w.]{1,20})?\\)",
                            "$1"),
                    rule("(?:frozen)?set\\([\\[{]([^()\\[\\]{}]{0,300})[\\]}]\\)", "{$1}"),
                    rule("(?:frozen)?set\\(\\)", "{}"),
                    rule(
                            "(?:datetime\\.)?date\\((\\d{4}), ?(\\d{1,2}), ?(\\d{1,2})\\)",
                            "$1-$2-$3"),
                    rule("(?:datetime\\.)?time\\((\\d{1,2}), ?(\\d{2})\\)", "$1:$2"),
                    rule("(?:datetime\\.)?time\\((\\d{1,2}), ?(\\d)\\)", "$1:0$2"),
                    new Rule(Pattern.compile("^\\(([^(),]{1,60}),\\)$"), "$1"));

    private Reprs() {}

    /// What a value looks like, and how it is written instead.
    private record Rule(Pattern pattern, String replacement) {}

    private static Rule rule(String pattern, String replacement) {
        return new Rule(
                Pattern.compile("(?<![\\w.])" + pattern, Pattern.CASE_INSENSITIVE), replacement);
    }

    /// Returns the text with all such values written anew.
    ///
    /// @param text one line
    static String plain(String text) {
        if (text.indexOf('(') < 0) {
            return text;
        }
        String plain = text;
        for (Rule rule : RULES) {
            plain = rule.pattern().matcher(plain).replaceAll(rule.replacement());
        }
        return plain;
    }
}
