package dev.polymnia.agents.answer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The options that a question lists, `(A) London (B) Paris` in a line or `A. London` in lines of
/// their own: whoever answers with the words of an option means its letter.
final class Choices {
    private static final Pattern OPTION =
            Pattern.compile(
                    "(?m)(?:^[ \\t]{0,8}([A-J])[).:]|(?<!\\w)\\(([A-J])\\))["
                            + " \\t]{0,8}+(?!(?:or|and)\\b)([^(\\n]{1,120}+)");
    private static final int FEWEST = 2;
    private static final int LONGEST = 8000;

    private Choices() {}

    /// Returns the letters of the options by their words; empty if the question lists none, or not
    /// from A on. Options that have the same words are left out.
    ///
    /// @param question as the person asked it
    /// @param key gives words one form
    static Map<String, String> of(String question, UnaryOperator<String> key) {
        Map<String, String> letters = new HashMap<>();
        Set<String> ambiguous = new HashSet<>();
        List<String> options = options(question);
        for (int i = 0; i < options.size(); i++) {
            String words = key.apply(options.get(i));
            if (letters.putIfAbsent(words, String.valueOf((char) ('A' + i))) != null) {
                ambiguous.add(words);
            }
        }
        letters.keySet().removeAll(ambiguous);
        letters.keySet().removeIf(words -> words.isEmpty() || words.matches("[A-J]"));
        return Map.copyOf(letters);
    }

    /// Returns the words of the options from A on: of the longest list, and of the last of such.
    private static List<String> options(String question) {
        String text = question.substring(Math.max(0, question.length() - LONGEST));
        List<String> longest = List.of();
        List<String> options = new ArrayList<>();
        Matcher match = OPTION.matcher(text);
        while (match.find()) {
            char letter = (match.group(1) == null ? match.group(2) : match.group(1)).charAt(0);
            if (letter == 'A') {
                options = new ArrayList<>();
            }
            if (letter == 'A' + options.size()) {
                options.add(match.group(3));
            }
            longest = options.size() >= longest.size() ? options : longest;
        }
        return longest.size() < FEWEST ? List.of() : longest;
    }
}
