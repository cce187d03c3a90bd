package dev.polymnia.eval.ifeval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LanguagesTest {
    private static final LanguageDetector LANGUAGES = new Languages();

    private static final LanguageDetector NOTHING = _ -> Optional.empty();
    private static final LanguageDetector SWEDISH = _ -> Optional.of("sv");
    private static final LanguageDetector ENGLISH = _ -> Optional.of("en");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "en | The children went to school every morning, and in the evening they came"
                        + " back.",
                "de | Die Kinder gingen jeden Morgen zur Schule, und am Abend kamen sie nach"
                        + " Hause.",
                "fr | Les enfants allaient \u00e0 l'\u00e9cole tous les matins et rentraient le"
                        + " soir chez leurs parents.",
                "es | Los ni\u00f1os iban a la escuela todas las ma\u00f1anas y por la tarde"
                        + " volv\u00edan a su casa.",
                "it | I bambini andavano a scuola ogni mattina e la sera tornavano a casa dai loro"
                        + " genitori.",
                "sw | Watoto walikwenda shuleni kila siku asubuhi na jioni walirudi nyumbani kwa"
                        + " wazazi wao.",
                "vi | Tr\u1ebb em \u0111i h\u1ecdc v\u00e0o m\u1ed7i bu\u1ed5i s\u00e1ng v\u00e0"
                        + " tr\u1edf v\u1ec1 nh\u00e0 v\u00e0o bu\u1ed5i t\u1ed1i.",
                "ru | \u0414\u0435\u0442\u0438 \u0445\u043e\u0434\u0438\u043b\u0438 \u0432"
                    + " \u0448\u043a\u043e\u043b\u0443 \u043a\u0430\u0436\u0434\u043e\u0435"
                    + " \u0443\u0442\u0440\u043e \u0438"
                    + " \u0432\u043e\u0437\u0432\u0440\u0430\u0449\u0430\u043b\u0438\u0441\u044c"
                    + " \u0434\u043e\u043c\u043e\u0439.",
                "ko | \uc544\uc774\ub4e4\uc740 \ub9e4\uc77c \uc544\uce68 \ud559\uad50\uc5d0"
                        + " \uac14\ub2e4.",
                "th | \u0e40\u0e14\u0e47\u0e01\u0e46\u0e44\u0e1b\u0e42\u0e23\u0e07\u0e40\u0e23\u0e35"
                    + "\u0e22\u0e19\u0e17\u0e38\u0e01\u0e40\u0e0a\u0e49\u0e32",
                "te | \u0c2a\u0c3f\u0c32\u0c4d\u0c32\u0c32\u0c41"
                        + " \u0c2a\u0c3e\u0c20\u0c36\u0c3e\u0c32\u0c15\u0c41"
                        + " \u0c35\u0c46\u0c33\u0c4d\u0c32\u0c3e\u0c30\u0c41",
                "ja | \u5b50\u4f9b\u305f\u3061\u306f\u6bce\u671d\u5b66\u6821\u3078\u884c\u304d\u307e"
                    + "\u3057\u305f\u3002",
            })
    void a_sentence_has_its_language(String language, String text) {
        assertThat(LANGUAGES.detect(text)).contains(language);
    }

    /// From the tests of the reference.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "en | The response is English",
                "es | Desayunamos en McDonald's hoy",
                "en | Today we visit the Louvre",
                "en | THIS IS AN ENGLISH SENTENCE. EVERY LETTER IS CAPITALIZED!!! AMAZING.",
                "en | every letter is lowercase.",
            })
    void a_published_example_has_its_language(String language, String text) {
        assertThat(LANGUAGES.detect(text)).contains(language);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12 345",
                "!?",
                "\u2014",
                "https://example.com/where/words/are",
                "\ud83d\ude00"
            })
    void nothing_but_signs_has_no_language(String text) {
        assertThat(LANGUAGES.detect(text)).isEmpty();
    }

    @Test
    void a_text_always_has_the_same_language() {
        String text = "Oslo Bergen problem";
        assertThat(new Languages().detect(text)).isEqualTo(LANGUAGES.detect(text));
        assertThat(LANGUAGES.detect(text)).isEqualTo(LANGUAGES.detect(text));
    }

    @Test
    void a_response_that_tells_no_language_follows() {
        Arguments german =
                new Arguments(Checking.instruction("language:response_language", "language", "de"));
        assertThat(ResponseLanguage.bind(german, NOTHING).test("12")).isTrue();
        assertThat(ResponseLanguage.bind(german, SWEDISH).test("tolv")).isFalse();
        assertThat(Cases.capital(NOTHING).test("A")).isTrue();
        assertThat(Cases.lowercase(NOTHING).test("a")).isTrue();
    }

    @Test
    void case_and_language_both_have_to_be_right() {
        assertThat(Cases.capital(ENGLISH).test("TWELVE 12")).isTrue();
        assertThat(Cases.capital(ENGLISH).test("TWELVe")).isFalse();
        assertThat(Cases.capital(ENGLISH).test("12")).isFalse();
        assertThat(Cases.capital(SWEDISH).test("TOLV")).isFalse();
        assertThat(Cases.lowercase(ENGLISH).test("twelve 12")).isTrue();
        assertThat(Cases.lowercase(ENGLISH).test("Twelve")).isFalse();
        assertThat(Cases.lowercase(SWEDISH).test("tolv")).isFalse();
    }

    @Test
    void n_grams_stay_within_a_word_and_its_borders() {
        assertThat(Ngrams.of("to be"))
                .isEqualTo(
                        List.of(
                                "t", " t", "o", "to", " to", "o ", "to ", "b", " b", "e", "be",
                                " be"));
    }

    @Test
    void within_capitals_there_are_no_n_grams_but_the_first_and_the_border() {
        assertThat(Ngrams.of("CATS a")).isEqualTo(List.of("C", " C", "S ", "TS ", "a", " a"));
    }

    @Test
    void latin_words_in_another_script_and_addresses_are_left_out() {
        assertThat(Ngrams.of("ab \u0434\u0435\u0442\u0438 \u0434\u043e"))
                .isEqualTo(Ngrams.of(" \u0434\u0435\u0442\u0438 \u0434\u043e"))
                .doesNotContain("a");
        assertThat(Ngrams.of("me@example.com https://a.b/c?d")).isEmpty();
    }
}
