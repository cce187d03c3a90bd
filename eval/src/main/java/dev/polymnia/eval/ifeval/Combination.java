package dev.polymnia.eval.ifeval;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// `combination`: several answers, or the request and an answer.
final class Combination {
    private static final Pattern SIX = Pattern.compile("\\*{6}");

    private Combination() {}

    /// `two_responses`: two different ones with `******` between them.
    ///
    /// Oddities: six asterisks may also stand before the first and after the last one, but nothing
    /// between two of them is an error. Seven are six and one that belongs to the second response.
    /// Without asterisks (loosely) there is never more than one.
    static boolean isTwoResponses(String response) {
        List<String> parts = Stream.of(SIX.split(response, -1)).map(PythonText::strip).toList();
        for (int i = 1; i < parts.size() - 1; i++) {
            if (parts.get(i).isEmpty()) {
                return false;
            }
        }
        List<String> filled = parts.stream().filter(part -> !part.isEmpty()).toList();
        return filled.size() == 2 && !filled.getFirst().equals(filled.getLast());
    }

    /// `repeat_prompt`: the response begins with `prompt_to_repeat`.
    ///
    /// Oddities: case and white space around mean nothing, though the request says "without
    /// change"; and no answer need follow.
    static Predicate<String> repeatPrompt(Arguments arguments) {
        String prompt = bare(arguments.text("prompt_to_repeat"));
        return response -> bare(response).startsWith(prompt);
    }

    private static String bare(String text) {
        return PythonText.strip(text).toLowerCase(Locale.ROOT);
    }
}
