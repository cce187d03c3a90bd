package dev.polymnia.agents.answer;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Numbers in answers, as exact fractions.
final class Numbers {
    private static final String PLAIN =
            "(?:\\d{1,3}(?:,\\d{3})+|\\d{1,3}(?: \\d{3})+|\\d{1,40})(?:\\.\\d{0,40})?|\\.\\d{1,40}";

    private static final String VALUE =
            "(?:" + PLAIN + ")(?:e[+-]?\\d{1,3}|\\s?\\*\\s?10\\^\\{?-?\\d{1,3}\\}?)?";

    /// A sign, a currency, then `1 1/2`, `1/2` or `1,234.5`.
    private static final String NUMBER =
            "(?<sign>[-+])?\\s?(?:[$€£¥]|usd |eur )?\\s?(?<minus>-)?(?:(?:(?<whole>\\d{1,20})["
                    + " -])?(?<top>\\d{1,40})\\s?/\\s?(?<bottom>\\d{1,40})|(?<value>"
                    + VALUE
                    + "))";

    /// What may stand after a number: a unit or a thing that is counted, at most four words.
    private static final String UNIT =
            "(?:\\s?(?:%|°|€|£|¥|\\$))?" + "(?:[\\s-]?[\\p{L}°µ][\\p{L}'./²³^\\d]{0,30}){0,4}";

    private static final Pattern WITH_UNIT = Pattern.compile(NUMBER + UNIT);

    private static final Pattern WITH_NAME =
            Pattern.compile("[a-z]{1,12}\\s?(?:=|≈)\\s?(?<rest>.*)");

    private static final Pattern ANY =
            Pattern.compile("(?<![\\w.,/])[-+]?[$€£¥]?\\s?(?:" + PLAIN + ")(?![\\w/]|[.,]\\d)%?");

    private static final Pattern FRACTION =
            Pattern.compile(
                    "(-?\\d{1,20})?\\s?\\\\[dt]?frac\\s?\\{(-?\\d{1,40})\\}\\s?\\{(\\d{1,40})\\}");

    private Numbers() {}

    /// Turns `\frac{1}{2}` into `1/2` and `1\frac{1}{2}` into `1 1/2`.
    static String withPlainFractions(String text) {
        return FRACTION.matcher(text)
                .replaceAll(match ->
                        (match.group(1) == null ? "" : match.group(1) + " ")
                                + match.group(2)
                                + "/"
                                + match.group(3));
    }

    /// Returns the number that a text is, whatever its unit; empty if it is something else.
    static Optional<String> exact(String text) {
        Matcher matcher = WITH_UNIT.matcher(text);
        return matcher.matches() ? value(matcher) : Optional.empty();
    }

    /// Returns the number after the last equals sign of a calculation or an equation.
    static Optional<String> afterEquals(String text) {
        int equals = Math.max(text.lastIndexOf('='), text.lastIndexOf('≈'));
        if (equals < 0) {
            Matcher matcher = WITH_NAME.matcher(text);
            return matcher.matches() ? exact(matcher.group("rest")) : Optional.empty();
        }
        return exact(text.substring(equals + 1).strip());
    }

    /// Returns the number of a sentence that holds exactly one: `anna has 31 muffins left`.
    static Optional<String> onlyOne(String text) {
        Matcher matcher = ANY.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String number = matcher.group();
        return matcher.find() ? Optional.empty() : exact(number.strip());
    }

    private static Optional<String> value(Matcher matcher) {
        boolean negative = "-".equals(matcher.group("sign")) != (matcher.group("minus") != null);
        Optional<BigInteger[]> fraction =
                matcher.group("value") == null
                        ? fraction(
                                matcher.group("whole"),
                                matcher.group("top"),
                                matcher.group("bottom"))
                        : decimal(matcher.group("value"));
        return fraction.map(parts -> text(negative, parts[0], parts[1]));
    }

    private static Optional<BigInteger[]> fraction(String whole, String top, String bottom) {
        BigInteger denominator = new BigInteger(bottom);
        if (denominator.signum() == 0) {
            return Optional.empty();
        }
        BigInteger ones = whole == null ? BigInteger.ZERO : new BigInteger(whole);
        BigInteger numerator = ones.multiply(denominator).add(new BigInteger(top));
        return Optional.of(new BigInteger[] {numerator, denominator});
    }

    private static Optional<BigInteger[]> decimal(String value) {
        String plain = value.replaceAll("[, ]", "").replaceFirst("\\*10\\^\\{?(-?\\d+)\\}?", "e$1");
        BigDecimal exact = new BigDecimal(plain).stripTrailingZeros();
        return Optional.of(
                exact.scale() <= 0
                        ? new BigInteger[] {exact.toBigIntegerExact(), BigInteger.ONE}
                        : new BigInteger[] {
                            exact.unscaledValue(), BigInteger.TEN.pow(exact.scale())
                        });
    }

    private static String text(boolean negative, BigInteger numerator, BigInteger denominator) {
        BigInteger common = numerator.gcd(denominator);
        BigInteger top = common.signum() == 0 ? numerator : numerator.divide(common);
        BigInteger bottom = common.signum() == 0 ? BigInteger.ONE : denominator.divide(common);
        String sign = negative && top.signum() != 0 ? "-" : "";
        return bottom.equals(BigInteger.ONE) ? sign + top : sign + top + "/" + bottom;
    }
}
