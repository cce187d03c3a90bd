package dev.polymnia.eval.ifeval;

import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/// `detectable_content`: placeholders and postscripts.
final class Content {
    private Content() {}

    /// `number_placeholders`: at least `num_placeholders` such as `[address]`.
    ///
    /// Oddities: `[]` is one, and so are a check box `[ ]`, the text of a Markdown link, and what
    /// goes from the first `[` of several to the first `]`. It stays on one line.
    static Predicate<String> placeholders(Arguments arguments) {
        int wanted = arguments.number("num_placeholders");
        return response ->
                Stream.of(response.split("\n", -1)).mapToInt(Content::countIn).sum() >= wanted;
    }

    /// `postscript`: there is `postscript_marker`, whatever its case.
    ///
    /// Oddities: it may be anywhere, not only at the end or at the beginning of a line. `P.P.S` and
    /// `P.S.` may have one white space between their letters, and `P.P.S.` has a `P.S.` in it. Any
    /// other marker is a regular expression, which is put into small letters, `\S` as well.
    static Predicate<String> postscript(Arguments arguments) {
        Pattern marker = marker(PythonText.strip(arguments.text("postscript_marker")));
        return response -> marker.matcher(response.toLowerCase(Locale.ROOT)).find();
    }

    private static int countIn(String line) {
        int count = 0;
        int open = line.indexOf('[');
        int close = open < 0 ? -1 : line.indexOf(']', open);
        while (open >= 0 && close >= 0) {
            count++;
            open = line.indexOf('[', close);
            close = open < 0 ? -1 : line.indexOf(']', open);
        }
        return count;
    }

    private static Pattern marker(String marker) {
        return switch (marker) {
            case "P.P.S" -> PythonText.pattern("p\\.\\s?p\\.\\s?s", 0);
            case "P.S." -> PythonText.pattern("p\\.\\s?s\\.", 0);
            default -> other(marker.toLowerCase(Locale.ROOT));
        };
    }

    private static Pattern other(String marker) {
        try {
            return PythonText.pattern(marker, 0);
        } catch (PatternSyntaxException notOne) {
            return Pattern.compile(Pattern.quote(marker));
        }
    }
}
