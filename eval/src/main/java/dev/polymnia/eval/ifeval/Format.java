package dev.polymnia.eval.ifeval;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// `detectable_format`: what can be seen without reading.
final class Format {
    private static final List<String> ANSWERS =
            List.of("My answer is yes.", "My answer is no.", "My answer is maybe.");
    private static final List<String> FENCES = List.of("```json", "```Json", "```JSON", "```");

    // Blank lines before a bullet cannot matter: each bullet is found at its own line.
    private static final Pattern STAR =
            PythonText.pattern("^[\\s&&[^\\n]]*+\\*[^*].*$", Pattern.MULTILINE);
    private static final Pattern HYPHEN =
            PythonText.pattern("^[\\s&&[^\\n]]*+-.*$", Pattern.MULTILINE);
    private static final Pattern SINGLE = Pattern.compile("\\*([^\\n*]*)\\*");
    private static final Pattern DOUBLE = Pattern.compile("\\*\\*([^\\n*]*)\\*\\*");
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .build();

    private Format() {}

    /// `number_bullet_lists`: exactly `num_bullets` lines that begin with `*` or `-`.
    ///
    /// Oddities: no space is wanted after the sign, so a rule `---` and a negative number are
    /// bullets, and so is a line that begins with `*emphasis*`; one with `**strong**` is not. A `*`
    /// that is alone on its line takes the next line with it.
    static Predicate<String> bullets(Arguments arguments) {
        int wanted = arguments.number("num_bullets");
        return response -> count(STAR, response) + count(HYPHEN, response) == wanted;
    }

    /// `constrained_response`: one of three sentences is in it.
    ///
    /// Oddity: anything may stand around it, and more than one of them may be there.
    static boolean isConstrained(String response) {
        return ANSWERS.stream().anyMatch(response::contains);
    }

    /// `number_highlighted_sections`: at least `num_highlights` such as `*this*` or `**this**`,
    /// each within a line.
    ///
    /// Oddity: single and double asterisks are searched one after the other, so `***this***` counts
    /// two, and `* an item with **this**`, in which the sign of the bullet opens one, counts three.
    static Predicate<String> highlights(Arguments arguments) {
        int wanted = arguments.number("num_highlights");
        return response -> filled(SINGLE, response) + filled(DOUBLE, response) >= wanted;
    }

    /// `multiple_sections`: at least `num_sections` marks such as `Section 1`, `section_spliter`
    /// being the word of the mark.
    ///
    /// Oddities: the mark may be anywhere, its numbers need not go up, and its case matters. The
    /// word is a regular expression; each group in it counts as a further section (Python's
    /// `re.split` returns groups).
    static Predicate<String> sections(Arguments arguments) {
        Pattern mark = mark(PythonText.strip(arguments.text("section_spliter")));
        int wanted = arguments.number("num_sections");
        return response -> {
            Matcher matcher = mark.matcher(response);
            return matcher.results().count() * (1 + matcher.groupCount()) >= wanted;
        };
    }

    /// `json_format`: the response is one JSON value, in a Markdown fence or not.
    ///
    /// Oddities: any value will do, so do `5` and `"words"`; `NaN` and `Infinity` are numbers to
    /// Python. A fence that names another language is not taken off.
    static boolean isJson(String response) {
        String text = PythonText.strip(response);
        for (String fence : FENCES) {
            text = PythonText.withoutPrefix(text, fence);
        }
        text = PythonText.strip(PythonText.withoutSuffix(text, "```"));
        try {
            return !text.isEmpty() && !JSON.readTree(text).isMissingNode();
        } catch (JacksonException notJson) {
            return false;
        }
    }

    /// `title`: there is a title in double angle brackets, `<<like this>>`, within a line and not
    /// blank.
    ///
    /// Oddity: it may be anywhere, so a shift of bits in C++ and one back make a title.
    static boolean hasTitle(String response) {
        return Stream.of(response.split("\n", -1)).anyMatch(Format::hasTitleInLine);
    }

    /// The longest match of `<<.+>>` in a line is its only one: the first `<<` to the last `>>`.
    private static boolean hasTitleInLine(String line) {
        int open = line.indexOf("<<");
        int close = line.lastIndexOf(">>");
        if (open < 0 || close < open + 3) {
            return false;
        }
        String title = line.substring(open, close + 2);
        String bare = PythonText.stripEnd(PythonText.stripStart(title, '<'), '>');
        return !PythonText.isBlank(bare);
    }

    private static long count(Pattern pattern, String response) {
        return pattern.matcher(response).results().count();
    }

    private static long filled(Pattern pattern, String response) {
        return pattern.matcher(response)
                .results()
                .filter(found -> !PythonText.isBlank(found.group(1)))
                .count();
    }

    private static Pattern mark(String word) {
        try {
            return PythonText.pattern(word + "\\s?\\d+", 0);
        } catch (PatternSyntaxException notOne) {
            return PythonText.pattern(Pattern.quote(word) + "\\s?\\d+", 0);
        }
    }
}
