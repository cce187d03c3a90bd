package dev.polymnia.eval.ifeval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CapitalWordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "no capitals at all          | 0",
                "Only First Letters          | 0",
                "NASA and ESA                | 2",
                "I AM B2 A                   | 4",
                "2024 3,000 !!               | 0",
                "WELL-KNOWN AND/OR           | 2",
                "IT'S                        | 2",
                "IT's                        | 1",
                "Mcdonald'S                  | 1",
                "DON'T                       | 2",
                "DON'T. Go                   | 2",
                "THEY'LL YOU'RE WE'VE        | 6",
                "CANNOT                      | 2",
                "CANNOTS                     | 1",
                "GIMME GONNA GOTTA LEMME     | 8",
                "IT\u2019S                   | 2",
                "(NASA)said                  | 1",
                "ONE:TWO 1:TWO               | 3",
                "ONE,TWO                     | 2",
                "ONE--TWO                    | 2",
                "ONE...TWO                   | 2",
                "ONE\u2014TWO                | 2",
                "A.B U.S. and U.K.           | 3",
                "\"GO!\" \u00dcBER           | 2",
                "a@B.COM                     | 1",
                "a #TAG *BOLD* **STRONG**    | 3",
            })
    void words_are_separated_as_nltk_does(String text, long words) {
        assertThat(CapitalWords.count(text)).isEqualTo(words);
    }
}
