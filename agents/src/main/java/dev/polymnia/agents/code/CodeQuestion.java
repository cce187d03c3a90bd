package dev.polymnia.agents.code;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a question that asks for code shows of it.
///
/// @param words as the person asked it; of a very long question the end
/// @param wanted what an answer should define
/// @param tests the tests that the question shows in so many words, as assertions; a candidate may
///   be held against them, as whoever reads the question may. Examples in other forms, such as
///   `f(1) == 2`, are read where candidates are run, by Python itself: `examples.py`
public record CodeQuestion(String words, Programs.Wanted wanted, List<String> tests) {
    private static final Pattern ASSERTION = Pattern.compile("(?m)^[ \\t]*+(assert[ (].*+)$");
    private static final Pattern FUNCTION =
            Pattern.compile("(?m)^(?:async[ \\t]++)?def[ \\t]++([A-Za-z_]\\w*+)[ \\t]*+\\(");

    /// The last line of a function that has a docstring and no body yet.
    private static final Pattern OPEN =
            Pattern.compile("(?s).*(?:\"\"\"|'''|:|\\.\\.\\.|\\bpass)\\s*+");

    private static final int LONGEST = 20_000;

    /// Copies and checks the parts.
    public CodeQuestion {
        requireNonNull(words, "words is null");
        requireNonNull(wanted, "wanted is null");
        tests = List.copyOf(tests);
    }

    /// Reads a question: its assertions, the examples of its docstrings, and, if it shows the
    /// beginning of a function, that.
    ///
    /// @param question as the person asked it; of a very long one the end counts
    public static CodeQuestion of(String question) {
        String text = question.substring(Math.max(0, question.length() - LONGEST));
        Set<String> tests = new LinkedHashSet<>();
        Matcher assertion = ASSERTION.matcher(text);
        while (assertion.find()) {
            tests.add(assertion.group(1).strip());
        }
        tests.addAll(DocstringExamples.asserts(text));
        return new CodeQuestion(text, wanted(text, List.copyOf(tests)), List.copyOf(tests));
    }

    private static Programs.Wanted wanted(String text, List<String> tests) {
        for (String block : Programs.blocks(text).reversed()) {
            List<String> functions = new ArrayList<>();
            Matcher function = FUNCTION.matcher(block);
            while (function.find()) {
                functions.add(function.group(1));
            }
            if (!functions.isEmpty() && OPEN.matcher(block).matches()) {
                String last = functions.getLast();
                return new Programs.Wanted(block, last, Set.of(last));
            }
        }
        return Programs.Wanted.anyOf(Programs.calledBy(tests));
    }
}
