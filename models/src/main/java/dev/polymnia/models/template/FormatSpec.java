package dev.polymnia.models.template;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How one value is written by `format` or `%`.
///
/// @param fill what pads
/// @param align where the value stands: `<`, `>`, `^`, or `=` for zeros between sign and digits
/// @param sign what positive numbers begin with: `-` for nothing, `+`, or a space
/// @param alternate whether other bases get their prefix
/// @param width how wide at least
/// @param grouping what separates thousands; empty for nothing
/// @param precision how many digits or characters; -1 for the default
/// @param type the letter of the presentation; a space for the default
record FormatSpec(
        String fill,
        char align,
        char sign,
        boolean alternate,
        int width,
        String grouping,
        int precision,
        char type) {
    private static final Pattern SYNTAX =
            Pattern.compile(
                    "(?:(.)?([<>=^]))?([-+ ])?(#)?(0)?(\\d{1,6})?([,_])?(?:\\.(\\d{1,4}))?"
                            + "([bcdeEfFgGnosxX%])?",
                    Pattern.DOTALL);
    private static final char DEFAULT = ' ';
    private static final int MOST_DIGITS = 400;

    static FormatSpec parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            throw Problem.unsupported("the format specification '" + text + "'");
        }
        boolean zero = matcher.group(5) != null;
        String align = matcher.group(2);
        return new FormatSpec(
                matcher.group(1) != null ? matcher.group(1) : zero ? "0" : " ",
                align != null ? align.charAt(0) : zero ? '=' : DEFAULT,
                letter(matcher.group(3), '-'),
                matcher.group(4) != null,
                matcher.group(6) == null ? 0 : Integer.parseInt(matcher.group(6)),
                matcher.group(7) == null ? "" : matcher.group(7),
                matcher.group(8) == null ? -1 : Integer.parseInt(matcher.group(8)),
                letter(matcher.group(9), DEFAULT));
    }

    private static char letter(@Nullable String group, char fallback) {
        return group == null ? fallback : group.charAt(0);
    }

    String apply(Value value, Budget budget) {
        budget.text((long) width + Math.max(0, precision));
        return switch (value) {
            case Value.Text text -> text(text.value());
            case Value.Real real -> pad(real(real.value()), '>');
            case Value.Int _, Value.Bool _ when isRealType() -> pad(real(Numbers.real(value)), '>');
            case Value.Int _, Value.Bool _ -> pad(integer(Numbers.integer(value)), '>');
            default -> {
                if (!equals(parse(""))) {
                    throw Problem.failed(
                            "unsupported format string passed to " + value.type() + ".__format__");
                }
                yield Printer.text(value, budget);
            }
        };
    }

    private boolean isRealType() {
        return "eEfFgG%".indexOf(type) >= 0;
    }

    private String text(String text) {
        if (type != DEFAULT && type != 's') {
            throw Problem.failed("unknown format code '" + type + "' for a string");
        }
        boolean cut = precision >= 0 && precision < Text.length(text);
        return pad(cut ? text.substring(0, Text.offset(text, precision)) : text, '<');
    }

    private String pad(String text, char natural) {
        int missing = Math.max(0, width - Text.length(text));
        char place = align == DEFAULT ? natural : align;
        return switch (place) {
            case '<' -> text + fill.repeat(missing);
            case '^' -> fill.repeat(missing / 2) + text + fill.repeat(missing - missing / 2);
            case '=' -> {
                int start = !text.isEmpty() && "+- ".indexOf(text.charAt(0)) >= 0 ? 1 : 0;
                yield text.substring(0, start) + fill.repeat(missing) + text.substring(start);
            }
            default -> fill.repeat(missing) + text;
        };
    }

    private String signed(boolean negative, String digits) {
        return (negative ? "-" : sign == '-' ? "" : String.valueOf(sign)) + digits;
    }

    private String integer(long number) {
        if (type == 's' || precision >= 0) {
            throw Problem.failed("a format code that an integer does not take");
        }
        String magnitude = Long.toString(number).replace("-", "");
        String digits =
                switch (type) {
                    case 'b' -> based(number, 2, "0b");
                    case 'o' -> based(number, 8, "0o");
                    case 'x' -> based(number, 16, "0x");
                    case 'X' -> Case.upper(based(number, 16, "0x"));
                    case 'c' -> throw Problem.unsupported("the format code 'c'");
                    default -> grouped(magnitude);
                };
        return signed(number < 0, digits);
    }

    private String based(long number, int base, String prefix) {
        return (alternate ? prefix : "") + Long.toString(number, base).replace("-", "");
    }

    private String grouped(String digits) {
        if (grouping.isEmpty()) {
            return digits;
        }
        StringBuilder out = new StringBuilder(digits);
        for (int at = digits.length() - 3; at > 0; at -= 3) {
            out.insert(at, grouping);
        }
        return out.toString();
    }

    private String real(double number) {
        boolean negative = number < 0 || (number == 0 && 1 / number < 0);
        String digits = magnitude(Math.abs(number));
        int end = 0;
        while (end < digits.length() && Character.isDigit(digits.charAt(end))) {
            end++;
        }
        return signed(
                negative && !digits.equals("nan"),
                grouped(digits.substring(0, end)) + digits.substring(end));
    }

    private String magnitude(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return Double.isNaN(number) ? "nan" : "inf";
        }
        int digits = precision < 0 ? 6 : Math.min(precision, MOST_DIGITS);
        return switch (type) {
            case 'f', 'F' -> fixed(number, digits);
            case '%' -> fixed(number * 100, digits) + "%";
            case 'e' -> scientific(number, digits);
            case 'E' -> Case.upper(scientific(number, digits));
            case 'g', 'n' -> general(number, digits);
            case 'G' -> Case.upper(general(number, digits));
            case DEFAULT -> precision < 0 ? Numbers.text(number) : plain(number, digits);
            default -> throw Problem.failed("unknown format code '" + type + "' for a float");
        };
    }

    private static String fixed(double number, int digits) {
        return new BigDecimal(number).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static String scientific(double number, int digits) {
        BigDecimal rounded = significant(number, digits + 1);
        String unscaled = rounded.unscaledValue().toString();
        String mantissa = unscaled + "0".repeat(Math.max(0, digits + 1 - unscaled.length()));
        int exponent = number == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        return mantissa.charAt(0)
                + (digits > 0 ? "." + mantissa.substring(1, digits + 1) : "")
                + (exponent < 0 ? "e-" : "e+")
                + (Math.abs(exponent) < 10 ? "0" : "")
                + Math.abs(exponent);
    }

    private static BigDecimal significant(double number, int digits) {
        return new BigDecimal(number)
                .round(new MathContext(Math.max(1, digits), RoundingMode.HALF_EVEN));
    }

    private static String general(double number, int digits) {
        int places = Math.max(1, digits);
        BigDecimal rounded = significant(number, places);
        int exponent = number == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        if (exponent >= -4 && exponent < places) {
            return number == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
        }
        String text = scientific(number, places - 1);
        int at = text.indexOf('e');
        String mantissa = text.substring(0, at);
        String bare = mantissa.contains(".") ? mantissa.replaceAll("\\.?0+$", "") : mantissa;
        return bare + text.substring(at);
    }

    /// The default presentation with a precision: like `g`, but with one digit behind the point.
    private static String plain(double number, int digits) {
        String text = general(number, digits);
        return text.contains(".") || text.contains("e") ? text : text + ".0";
    }
}
