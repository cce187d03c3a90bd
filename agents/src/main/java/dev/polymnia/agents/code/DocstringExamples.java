package dev.polymnia.agents.code;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The examples of a Python docstring, as Python's `doctest` knows them: a line `>>> call` and
/// below it what the call returns. Tasks of an evaluation say by them what they show, so they mean
/// no more than that; agents read examples in other forms, too (`examples.py`).
public final class DocstringExamples {
    /// What is printed is no value.
    private static final Pattern CALL = Pattern.compile("\\s*>>> (?!print\\b)(.*\\S)\\s*");

    private static final Pattern COMPARISON = Pattern.compile(".*\\) == .+");

    /// Operators that bind no tighter than the `==` of an assertion.
    private static final Pattern LOOSE =
            Pattern.compile(".*\\s(?:==|!=|<=?|>=?|in|is|not|and|or|if)\\s.*");

    private DocstringExamples() {}

    /// Returns the examples as assertions. Those that print, with a comment, with more than one
    /// line, or without a result are left out; a comparison (`f(1) == 2`) needs no result.
    public static List<String> asserts(String source) {
        List<String> lines = source.lines().toList();
        List<String> asserts = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher example = CALL.matcher(lines.get(i));
            if (!example.matches() || example.group(1).contains("#")) {
                continue;
            }
            String call = example.group(1);
            List<String> result = result(lines, i + 1);
            if (result.size() == 1) {
                String left = LOOSE.matcher(call).matches() ? "(" + call + ")" : call;
                asserts.add("assert " + left + " == " + result.getFirst());
            } else if (result.isEmpty() && COMPARISON.matcher(call).matches()) {
                asserts.add("assert " + call);
            }
        }
        return asserts;
    }

    /// Returns the lines up to a blank one, the next example or the end of the docstring.
    private static List<String> result(List<String> lines, int from) {
        return lines.subList(from, lines.size()).stream()
                .map(String::strip)
                .takeWhile(line ->
                        !line.isEmpty()
                                && !line.startsWith(">>>")
                                && !line.startsWith("\"\"\"")
                                && !line.startsWith("'''"))
                .toList();
    }
}
