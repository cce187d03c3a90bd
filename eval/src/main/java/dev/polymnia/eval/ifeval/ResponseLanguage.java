package dev.polymnia.eval.ifeval;

import java.util.Optional;
import java.util.function.Predicate;

/// `language`: the language of the whole response.
final class ResponseLanguage {
    private ResponseLanguage() {}

    /// `response_language`: the response is in `language`, a code such as `de`.
    ///
    /// Oddity: a response that tells no language, for example one of digits, follows: langdetect
    /// raises an exception then, and the reference counts that as followed.
    static Predicate<String> bind(Arguments arguments, LanguageDetector languages) {
        String language = arguments.text("language");
        return response -> isOrTellsNone(language, languages.detect(response));
    }

    /// Returns whether a language was found, or none.
    static boolean isOrTellsNone(String language, Optional<String> found) {
        return found.isEmpty() || found.orElseThrow().equals(language);
    }
}
