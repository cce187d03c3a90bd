package dev.polymnia.models.template;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// The filters that make text of text.
final class TextFilters {
    static final Set<String> NAMES =
            Set.of(
                    "capitalize",
                    "center",
                    "e",
                    "escape",
                    "format",
                    "indent",
                    "lower",
                    "replace",
                    "safe",
                    "title",
                    "trim",
                    "truncate",
                    "upper",
                    "wordcount");

    private static final Pattern WORD = Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final String WORD_STARTS_AFTER = "-({[<";

    private final Budget budget;

    TextFilters(Budget budget) {
        this.budget = budget;
    }

    Value apply(String name, Value input, Arguments given) {
        String text = Printer.text(input, budget);
        budget.text(text.length());
        boolean safe = input instanceof Value.Text marked && marked.safe();
        return switch (name) {
            case "capitalize" -> new Value.Text(Text.capitalize(alone(text, name, given)), safe);
            case "center" -> new Value.Text(center(text, given.expect(name, 0, "width")), safe);
            case "e", "escape" ->
                    Markup.escaped(new Value.Text(alone(text, name, given), safe), budget);
            case "format" -> Value.of(format(text, given));
            case "indent" -> new Value.Text(indent(input, given), safe);
            case "lower" -> new Value.Text(Case.lower(alone(text, name, given)), safe);
            case "replace" -> Value.of(replace(text, given));
            case "safe" -> new Value.Text(alone(text, name, given), true);
            case "title" -> Value.of(title(alone(text, name, given)));
            case "trim" -> new Value.Text(trim(text, given.expect(name, 0, "chars")), safe);
            case "truncate" -> Value.of(truncate(text, given));
            case "wordcount" -> Value.of(WORD.matcher(alone(text, name, given)).results().count());
            default -> new Value.Text(Case.upper(alone(text, name, given)), safe);
        };
    }

    private static String alone(String text, String name, Arguments given) {
        given.expect(name, 0);
        return text;
    }

    private String center(String text, Arguments given) {
        long missing = Math.max(0, given.integer(0, "width", 80) - Text.length(text));
        budget.text(missing);
        return TextMethods.center(text, (int) missing, " ");
    }

    private String format(String text, Arguments given) {
        if (!given.named().isEmpty() && !given.positional().isEmpty()) {
            throw Problem.failed("format takes positional or named arguments, not both");
        }
        Value values =
                given.named().isEmpty()
                        ? new Value.Tuple(given.positional())
                        : Value.Dict.named(given.named());
        return PercentFormat.format(text, values, budget);
    }

    private String indent(Value input, Arguments given) {
        given.expect("indent", 0, "width", "first", "blank");
        if (!(input instanceof Value.Text text)) {
            throw Problem.failed("indent takes a string, not " + input.type());
        }
        String indent =
                given.get(0, "width", Value.of(4)) instanceof Value.Text width
                        ? width.value()
                        : spaces(given.integer(0, "width", 4));
        boolean first = given.truth(1, "first", false);
        boolean blank = given.truth(2, "blank", false);
        List<String> lines = Text.lines(text.value() + "\n", false);
        StringBuilder out = new StringBuilder();
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index);
            boolean indented = index == 0 ? first : blank || !line.isEmpty();
            budget.text(1L + line.length() + indent.length());
            out.append(index == 0 ? "" : "\n").append(indented ? indent : "").append(line);
        }
        return out.toString();
    }

    private String spaces(long width) {
        long spaces = Math.max(0, width);
        budget.text(spaces);
        return " ".repeat((int) spaces);
    }

    private String replace(String text, Arguments given) {
        given.expect("replace", 2, "old", "new", "count");
        String old = Printer.text(given.get(0, "old", Value.None.NONE), budget);
        String fresh = Printer.text(given.get(1, "new", Value.None.NONE), budget);
        long most = given.has(2, "count") ? given.integer(2, "count", -1) : -1;
        return TextMethods.replace(text, old, fresh, most, budget);
    }

    private static String title(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean start = true;
        for (int at = 0; at < text.length(); ) {
            int end = at + Character.charCount(text.codePointAt(at));
            String character = text.substring(at, end);
            out.append(start ? Case.upper(character) : Case.lower(character));
            start = Text.isSpace(text.charAt(at)) || WORD_STARTS_AFTER.contains(character);
            at = end;
        }
        return out.toString();
    }

    private static String trim(String text, Arguments given) {
        String characters = given.has(0, "chars") ? given.text(0, "chars", "") : "";
        boolean nothing = given.has(0, "chars") && characters.isEmpty();
        return nothing ? text : Text.strip(text, characters, true, true);
    }

    private static String truncate(String text, Arguments given) {
        given.expect("truncate", 0, "length", "killwords", "end", "leeway");
        long length = given.integer(0, "length", 255);
        String end = given.text(2, "end", "...");
        long leeway = given.has(3, "leeway") ? given.integer(3, "leeway", 5) : 5;
        long kept = length - Text.length(end);
        if (kept < 0 || leeway < 0) {
            throw Problem.failed("truncate needs a length of at least " + Text.length(end));
        }
        int size = Text.length(text);
        // Written without a sum, which could overflow.
        if (size <= length || size - length <= leeway) {
            return text;
        }
        String cut = text.substring(0, Text.offset(text, (int) kept));
        int space = given.truth(1, "killwords", false) ? -1 : cut.lastIndexOf(' ');
        return (space < 0 ? cut : cut.substring(0, space)) + end;
    }
}
