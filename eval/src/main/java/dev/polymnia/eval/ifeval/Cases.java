package dev.polymnia.eval.ifeval;

import java.util.function.Predicate;

/// `change_case`: capital and small letters.
final class Cases {
    private static final String ENGLISH = "en";

    private Cases() {}

    /// `capital_word_frequency`: less than or at least `capital_frequency` words in capitals; see
    /// [CapitalWords].
    static Predicate<String> capitalWords(Arguments arguments) {
        int wanted = arguments.number("capital_frequency");
        Relation relation = arguments.relation("capital_relation");
        return response -> relation.holds(CapitalWords.count(response), wanted);
    }

    /// `english_capital`: there is no small letter, and the language is English.
    ///
    /// Oddities: letters without case are let through. langdetect skips what stands within words in
    /// capitals, so that it decides by first letters and little else, and English may be missed. As
    /// with `response_language`, no language at all is English.
    static Predicate<String> capital(LanguageDetector languages) {
        return response -> PythonText.isUpper(response) && isEnglish(response, languages);
    }

    /// `english_lowercase`: there is no capital letter, and the language is English.
    ///
    /// Oddities: letters without case are let through; no language at all is English.
    static Predicate<String> lowercase(LanguageDetector languages) {
        return response -> PythonText.isLower(response) && isEnglish(response, languages);
    }

    private static boolean isEnglish(String response, LanguageDetector languages) {
        return ResponseLanguage.isOrTellsNone(ENGLISH, languages.detect(response));
    }
}
