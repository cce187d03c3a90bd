package dev.polymnia.eval.task;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Options with letters, as prompts list them: `(A) red`.
final class Letters {
    /// The most options that have letters.
    static final int MOST = 26;

    private static final Pattern LETTER = Pattern.compile("\\(?([A-Za-z])\\)?");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");
    private static final Pattern LISTED = Pattern.compile("\\(([A-Z])\\)\\s*(.*)");

    private Letters() {}

    /// Returns the options as lines of a prompt.
    static String lines(List<String> options) {
        return IntStream.range(0, options.size())
                .mapToObj(i -> "(" + (char) ('A' + i) + ") " + options.get(i))
                .collect(joining("\n"));
    }

    /// Returns the options that a question lists in its last lines, each with its letter, after a
    /// line `Options:`; empty if it does not.
    static List<String> listed(String question) {
        List<String> lines = question.strip().lines().map(String::strip).toList();
        int start = lines.lastIndexOf("Options:");
        List<String> options = new ArrayList<>();
        for (String line : start < 0 ? List.<String>of() : lines.subList(start + 1, lines.size())) {
            Matcher option = LISTED.matcher(line);
            if (!option.matches() || option.group(1).charAt(0) - 'A' != options.size()) {
                options.clear();
                break;
            }
            options.add(option.group(2));
        }
        return options;
    }

    /// Returns the index of the option that is meant by its letter (`B`, `(b)`), its number from 0
    /// on, or its text; -1 if it is none of them.
    static int index(String written, List<String> options) {
        String plain = written.strip();
        if (LETTER.matcher(plain).matches()) {
            return byLetter(plain, options);
        }
        if (NUMBER.matcher(plain).matches()) {
            return within(Integer.parseInt(plain), options);
        }
        return options.indexOf(plain);
    }

    /// Returns the index of the option that is meant by its letter (`B`, `(b)`); -1 if it is none.
    static int byLetter(String written, List<String> options) {
        Matcher letter = LETTER.matcher(written.strip());
        return letter.matches()
                ? within(letter.group(1).toUpperCase(Locale.ROOT).charAt(0) - 'A', options)
                : -1;
    }

    private static int within(int index, List<String> options) {
        return index < options.size() ? index : -1;
    }
}
