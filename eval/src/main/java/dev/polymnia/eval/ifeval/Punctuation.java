package dev.polymnia.eval.ifeval;

/// `punctuation`: what must not be there.
final class Punctuation {
    private Punctuation() {}

    /// `no_comma`: there is no comma.
    ///
    /// Oddity: only the ASCII comma is one, also in `1,000`; those of Arabic and Chinese are none.
    static boolean hasNoComma(String response) {
        return response.indexOf(',') < 0;
    }
}
