package dev.polymnia.eval.ifeval;

import java.util.Optional;

/// Tells the language of a text. Thread-safe.
interface LanguageDetector {
    /// Returns the code of the language (ISO 639-1, such as `en`), or `unknown` if there are
    /// several that it may be.
    ///
    /// @return empty if there is nothing in the text to tell it by, such as letters
    /// @throws dev.polymnia.core.Fault with `UNAVAILABLE` or `CORRUPT` if what it knows of the
    ///   languages cannot be read
    Optional<String> detect(String text);
}
