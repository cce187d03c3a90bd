package dev.polymnia.eval.ifeval;

import java.util.Locale;
import java.util.function.Predicate;

/// `startend`: how a response begins and ends.
final class StartEnd {
    private StartEnd() {}

    /// `end_checker`: the response ends with `end_phrase`, whatever its case.
    ///
    /// Oddities: quotation marks at the ends of the response are dropped first, white space within
    /// them is not, so `"Bye. "` does not end with `Bye.`; a phrase that itself ends with a
    /// quotation mark is never found. The phrase may be the end of a longer word.
    static Predicate<String> end(Arguments arguments) {
        String phrase = PythonText.strip(arguments.text("end_phrase")).toLowerCase(Locale.ROOT);
        return response -> {
            String bare = PythonText.strip(PythonText.strip(response), '"');
            return bare.toLowerCase(Locale.ROOT).endsWith(phrase);
        };
    }

    /// `quotation`: the response begins and ends with a double quotation mark.
    ///
    /// Oddity: only `"` counts, curly marks do not; and two quotations with words between them
    /// follow.
    static boolean isQuotation(String response) {
        String text = PythonText.strip(response);
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    }
}
