package dev.polymnia.models.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/// The methods of `str`.
final class TextMethods {
    static final Set<String> NAMES =
            Set.of(
                    "capitalize",
                    "casefold",
                    "center",
                    "count",
                    "encode",
                    "endswith",
                    "expandtabs",
                    "find",
                    "format",
                    "format_map",
                    "index",
                    "isalnum",
                    "isalpha",
                    "isascii",
                    "isdecimal",
                    "isdigit",
                    "isidentifier",
                    "islower",
                    "isnumeric",
                    "isprintable",
                    "isspace",
                    "istitle",
                    "isupper",
                    "join",
                    "ljust",
                    "lower",
                    "lstrip",
                    "maketrans",
                    "partition",
                    "removeprefix",
                    "removesuffix",
                    "replace",
                    "rfind",
                    "rindex",
                    "rjust",
                    "rpartition",
                    "rsplit",
                    "rstrip",
                    "split",
                    "splitlines",
                    "startswith",
                    "strip",
                    "swapcase",
                    "title",
                    "translate",
                    "upper",
                    "zfill");

    private final String text;
    private final Budget budget;

    private TextMethods(String text, Budget budget) {
        this.text = text;
        this.budget = budget;
    }

    static Value call(String text, String name, Arguments given, Budget budget) {
        budget.text(text.length());
        return new TextMethods(text, budget).call(name, given);
    }

    private Value call(String name, Arguments given) {
        return switch (name) {
            case "capitalize" -> Value.of(Text.capitalize(text));
            case "casefold" -> Value.of(Case.lower(Case.upper(text)));
            case "lower" -> Value.of(Case.lower(text));
            case "upper" -> Value.of(Case.upper(text));
            case "title" -> Value.of(Case.title(text));
            case "swapcase" -> Value.of(Case.swap(text));
            case "strip", "lstrip", "rstrip" -> strip(name, given);
            case "split", "rsplit" -> split(name, given);
            case "splitlines" -> {
                given.expect(name, 0, "keepends");
                budget.spend(4L * text.length());
                yield list(Text.lines(text, given.truth(0, "keepends", false)));
            }
            case "partition", "rpartition" -> partition(name, given);
            case "startswith" -> Value.of(affix(given.expect(name, 1, "prefix"), true));
            case "endswith" -> Value.of(affix(given.expect(name, 1, "suffix"), false));
            case "removeprefix" -> {
                String prefix = given.expect(name, 1, "prefix").text(0, "prefix", "");
                yield Value.of(text.startsWith(prefix) ? text.substring(prefix.length()) : text);
            }
            case "removesuffix" -> {
                String end = given.expect(name, 1, "suffix").text(0, "suffix", "");
                yield Value.of(
                        text.endsWith(end)
                                ? text.substring(0, text.length() - end.length())
                                : text);
            }
            case "find", "rfind", "index", "rindex" -> find(name, given);
            case "count" -> Value.of(count(given.expect(name, 1, "sub").text(0, "sub", "")));
            case "replace" -> replace(given.expect(name, 2, "old", "new", "count"));
            case "join" -> Value.of(join(given.expect(name, 1, "iterable")));
            case "center", "ljust", "rjust", "zfill" -> pad(name, given);
            case "format" -> Value.of(BraceFormat.format(text, given, budget));
            default -> question(name, given);
        };
    }

    private static Value list(List<String> parts) {
        List<Value> values = new ArrayList<>(parts.size());
        parts.forEach(part -> values.add(Value.of(part)));
        return Value.of(values);
    }

    private Value strip(String name, Arguments given) {
        given.expect(name, 0, "chars");
        boolean left = !name.equals("rstrip");
        boolean right = !name.equals("lstrip");
        if (!given.has(0, "chars")) {
            return Value.of(Text.strip(text, "", left, right));
        }
        String characters = given.text(0, "chars", "");
        return characters.isEmpty()
                ? Value.of(text)
                : Value.of(Text.strip(text, characters, left, right));
    }

    private Value split(String name, Arguments given) {
        given.expect(name, 0, "sep", "maxsplit");
        long most = given.integer(1, "maxsplit", -1);
        Splitter splitter = new Splitter(text, most < 0 ? Long.MAX_VALUE : most, budget);
        boolean right = name.equals("rsplit");
        if (!given.has(0, "sep")) {
            return list(right ? splitter.wordsFromRight() : splitter.words());
        }
        String separator = nonEmpty(given.text(0, "sep", ""));
        return list(right ? splitter.fromRight(separator) : splitter.by(separator));
    }

    private static String nonEmpty(String separator) {
        if (separator.isEmpty()) {
            throw Problem.failed("empty separator");
        }
        return separator;
    }

    private Value partition(String name, Arguments given) {
        String separator = nonEmpty(given.expect(name, 1, "sep").text(0, "sep", ""));
        boolean right = name.equals("rpartition");
        Search search = new Search(text, separator, budget);
        int at = right ? search.last(text.length()) : search.next(0);
        Value empty = Value.of("");
        if (at < 0) {
            Value whole = Value.of(text);
            return right
                    ? Value.Tuple.of(empty, empty, whole)
                    : Value.Tuple.of(whole, empty, empty);
        }
        return Value.Tuple.of(
                Value.of(text.substring(0, at)),
                Value.of(separator),
                Value.of(text.substring(at + separator.length())));
    }

    private boolean affix(Arguments given, boolean start) {
        if (given.positional().isEmpty()) {
            throw Problem.failed("startswith and endswith take no keyword arguments");
        }
        Value affix = given.positional().getFirst();
        List<Value> choices = affix instanceof Value.Tuple tuple ? tuple.values() : List.of(affix);
        for (Value choice : choices) {
            if (choice instanceof Value.Undefined undefined) {
                throw undefined.problem();
            }
            if (!(choice instanceof Value.Text part)) {
                throw Problem.failed(
                        "the first argument of startswith and endswith must be str or a tuple of"
                                + " str, not "
                                + choice.type());
            }
            if (start ? text.startsWith(part.value()) : text.endsWith(part.value())) {
                return true;
            }
        }
        return false;
    }

    private Value find(String name, Arguments given) {
        String part = given.expect(name, 1, "sub", "start", "end").text(0, "sub", "");
        Slice range =
                Slice.of(given.find(1, "start"), given.find(2, "end"), null, Text.length(text));
        int from = Text.offset(text, range.start());
        int to = text.offsetByCodePoints(from, range.size());
        String searched = text.substring(from, to);
        Search search = new Search(searched, part, budget);
        int at = name.startsWith("r") ? search.last(searched.length()) : search.next(0);
        if (at < 0 && name.endsWith("index")) {
            throw Problem.failed("substring not found");
        }
        return Value.of(at < 0 ? -1 : text.codePointCount(0, from + at));
    }

    private long count(String part) {
        if (part.isEmpty()) {
            return Text.length(text) + 1L;
        }
        long count = 0;
        Search search = new Search(text, part, budget);
        for (int at = search.next(0); at >= 0; at = search.next(at + part.length())) {
            count++;
        }
        return count;
    }

    private Value replace(Arguments given) {
        String old = given.text(0, "old", "");
        String fresh = given.text(1, "new", "");
        return Value.of(replace(text, old, fresh, given.integer(2, "count", -1), budget));
    }

    static String replace(String text, String old, String fresh, long most, Budget budget) {
        long places =
                Math.min(
                        new TextMethods(text, budget).count(old), most < 0 ? Long.MAX_VALUE : most);
        long length = text.length() + places * fresh.length();
        budget.text(length);
        budget.spend(places);
        Search search = new Search(text, old, budget);
        StringBuilder out = new StringBuilder((int) length);
        int from = 0;
        for (long place = 0; place < places; place++) {
            int at = old.isEmpty() ? emptyMatch(text, from, place) : search.next(from);
            out.append(text, from, at).append(fresh);
            from = at + old.length();
        }
        return out.append(text, from, text.length()).toString();
    }

    private static int emptyMatch(String text, int from, long place) {
        return place == 0 ? 0 : text.offsetByCodePoints(from, 1);
    }

    private String join(Arguments given) {
        StringBuilder out = new StringBuilder();
        String separator = "";
        for (Value part : Sequences.iterate(given.get(0, "iterable", Value.None.NONE), budget)) {
            if (!(part instanceof Value.Text string)) {
                throw Problem.failed(
                        "join takes strings, but one of its items is of the type " + part.type());
            }
            budget.text((long) separator.length() + string.value().length());
            out.append(separator).append(string.value());
            separator = text;
        }
        return out.toString();
    }

    private Value pad(String name, Arguments given) {
        given.expect(name, 1, "width", "fillchar");
        String fill = name.equals("zfill") ? "0" : given.text(1, "fillchar", " ");
        if (Text.length(fill) != 1) {
            throw Problem.failed("the fill character must be exactly one character long");
        }
        long missing = Math.max(0, given.integer(0, "width", 0) - Text.length(text));
        budget.text(missing);
        int count = (int) missing;
        return Value.of(
                switch (name) {
                    case "ljust" -> text + fill.repeat(count);
                    case "rjust" -> fill.repeat(count) + text;
                    case "zfill" -> {
                        boolean signed = text.startsWith("-") || text.startsWith("+");
                        yield signed
                                ? text.charAt(0) + fill.repeat(count) + text.substring(1)
                                : fill.repeat(count) + text;
                    }
                    default -> center(text, count, fill);
                });
    }

    static String center(String text, int missing, String fill) {
        // Python puts the odd one left only if both numbers are odd.
        int left = missing / 2 + (missing & (missing + Text.length(text)) & 1);
        return fill.repeat(left) + text + fill.repeat(missing - left);
    }

    private Value question(String name, Arguments given) {
        IntPredicate test =
                switch (name) {
                    case "isalnum" -> Character::isLetterOrDigit;
                    case "isalpha" -> Character::isLetter;
                    case "isdecimal", "isdigit", "isnumeric" -> Character::isDigit;
                    case "isspace" -> Text::isSpace;
                    case "isascii" -> character -> character < 128;
                    case "isprintable" -> Printer::isPrintable;
                    case "islower", "isupper", "istitle" -> _ -> true;
                    default -> throw Problem.unsupported("the string method '" + name + "'");
                };
        given.expect(name, 0);
        boolean emptyPasses = name.equals("isascii") || name.equals("isprintable");
        if (text.isEmpty()) {
            return Value.of(emptyPasses);
        }
        return switch (name) {
            case "islower" -> Value.of(Case.isLower(text));
            case "isupper" -> Value.of(Case.isUpper(text));
            case "istitle" ->
                    Value.of(
                            Case.title(text).equals(text)
                                    && text.codePoints().anyMatch(Character::isUpperCase));
            default -> Value.of(text.codePoints().allMatch(test));
        };
    }
}
