package dev.polymnia.eval.task;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Texts with places to fill in: `{{name}}`. What is filled in is not looked at again.
final class Template {
    private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*([^{}]*[^{}\\s])\\s*}}");

    private Template() {}

    /// Returns whether a text has places.
    static boolean hasPlaces(String text) {
        return PLACE.matcher(text).find();
    }

    /// Returns the names of a text's places, in order.
    static List<String> names(String text) {
        return PLACE.matcher(text).results().map(place -> place.group(1)).toList();
    }

    /// Returns a text with its places filled in.
    ///
    /// @param values gives the words for a name
    static String fill(String text, UnaryOperator<String> values) {
        return PLACE.matcher(text)
                .replaceAll((MatchResult place) ->
                        Matcher.quoteReplacement(values.apply(place.group(1))));
    }
}
