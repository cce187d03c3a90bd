package dev.polymnia.agents.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CanonicalTest {
    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "31|31",
                "31.|31",
                "31.0|31",
                "+31|31",
                "031|31",
                "**31**|31",
                "`31`|31",
                "\"31\"|31",
                "<31>|31",
                "[31]|31",
                "$31$|31",
                "\\(31\\)|31",
                "\\text{31}|31",
                "31 muffins|31",
                "31 muffins left.|31",
                "31 \\text{ muffins}|31",
                "$31|31",
                "$31.50|63/2",
                "€ 1.234,50|€ 1.234,50",
                "31 €|31",
                "31 dollars|31",
                "31 km/h|31",
                "31 cm²|31",
                "50%|50",
                "50 percent|50",
                "50\\%|50",
                "-5|-5",
                "−5|-5",
                "-$5|-5",
                "$-5|-5",
                "-0|0",
                "0.0|0",
                "0.5|1/2",
                ".5|1/2",
                "1/2|1/2",
                "2/4|1/2",
                "3/1|3",
                "½|1/2",
                "\\frac{1}{2}|1/2",
                "\\dfrac{2}{4}|1/2",
                "1 1/2|3/2",
                "1\\frac{1}{2}|3/2",
                "1/0|1/0",
                "1,234|1234",
                "1,234,567.50|2469135/2",
                "1 234|1234",
                "1,234 people|1234",
                "1.5e3|1500",
                "2 \\times 10^3|2000",
                "2*10^{-1}|1/5",
                "12345678901234567890|12345678901234567890",
                "0.1|1/10",
                "0.10|1/10",
                "0.333|333/1000",
                "36 - 5 = 31|31",
                "x = 31|31",
                "x=31 muffins|31",
                "Total = $31|31",
                "anna has 31 muffins left.|31",
                "Anna has **31** muffins left.|31",
                "The total is 1,234 dollars.|1234",
                "54 divided by 3 is 18|54 divided by 3 is 18",
                "3:30 PM|3:30 pm",
                "(A)|a",
                "A|a",
                "A.|a",
                "A)|a",
                "(b) 42|b",
                "Option C|c",
                "B: the second|b",
                "Yes|yes",
                "Yes.|yes",
                "Yes, because it rains|yes",
                "No, it is not.|no",
                "True|true",
                "False.|false",
                "Paris|paris",
                "  Paris. |paris",
                "\"Paris\"|paris",
                "New   York|new york",
                "2027-03-05|2027-03-05",
                "March 5, 2027|2027-03-05",
                "March 5th, 2027|2027-03-05",
                "5 March 2027|2027-03-05",
                "5th of March 2027|2027-03-05",
                "Friday, March 5, 2027|2027-03-05",
                "Sept. 9, 2026|2026-09-09",
                "February 30, 2027|february 30, 2027",
                "03/05/2027|03/05/2027",
                "1, 2, 3|1, 2, 3",
                "[1, 2, 3]|1, 2, 3",
                "1,2,3|1, 2, 3",
                "1; 2; 3|1, 2, 3",
                "red and blue|red, blue",
                "red, green, and blue|red, green, blue",
                "0.50, 2/4|1/2, 1/2",
            })
    void equal_answers_have_equal_forms(String answer, String canonical) {
        assertThat(Canonical.of(answer)).isEqualTo(canonical);
        assertThat(Canonical.of(canonical)).isEqualTo(canonical);
    }

    @ParameterizedTest(name = "{0} is not {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "31|13",
                "31|-31",
                "1/2|1/3",
                "0.33|1/3",
                "a|b",
                "yes|no",
                "paris|rome",
                "1,2|2,1",
                "1,234|1.234",
                "2027-03-05|2027-05-03",
                "10|100",
                "5/2|25"
            })
    void different_answers_have_different_forms(String one, String other) {
        assertThat(Canonical.of(one)).isNotEqualTo(Canonical.of(other));
    }

    @Test
    void the_form_of_a_form_is_itself_for_any_text() {
        Random random = new Random(7);
        String alphabet = "0123456789.,/-+ ()[]{}<>$%*_\\abeyesno=\n:;'\"½−€frac{1}{2}";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(16);
            for (int i = 0; i < length; i++) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String once = Canonical.of(text.toString());

            assertThat(Canonical.of(once)).as("the form of '%s'", text).isEqualTo(once);
        }
    }

    @Test
    void long_and_hostile_texts_have_a_form() {
        assertThat(Canonical.of("9".repeat(100_000))).isNotEmpty();
        assertThat(Canonical.of("a ".repeat(100_000))).isNotEmpty();
        assertThat(Canonical.of("1 a".repeat(10_000))).isNotEmpty();
        assertThat(Canonical.of("{".repeat(10_000) + "}".repeat(10_000))).isNotNull();
        assertThat(Canonical.of("1e999")).isNotEmpty();
    }
}
