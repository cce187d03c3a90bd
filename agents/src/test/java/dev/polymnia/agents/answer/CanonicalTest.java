package dev.polymnia.agents.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class CanonicalTest {
    private static final String TABLE =
            """
            31                              => 31
            31.                             => 31
            31.0                            => 31
            031                             => 31
            +31                             => 31
            -31                             => -31
            \u221231                        => -31
            -0                              => 0
            0.50                            => 0.5
            .5                              => 0.5
            1,234                           => 1234
            1,234.50                        => 1234.5
            12,34,567                       => 1234567
            1.234,50                        => 1234.5
            1 234                           => 1234
            1\u00a0234                      => 1234
            1\u202f234\u202f567             => 1234567
            **31**                          => 31
            *31*                            => 31
            __31__                          => 31
            `31`                            => 31
            "31"                            => 31
            \u201c31\u201d                  => 31
            <31>                            => 31
            <result>31</result>             => 31
            <answer>31</answer>             => 31
            $31$                            => 31
            $$31$$                          => 31
            \\(31\\)                        => 31
            \\[31\\]                        => 31
            \\boxed{31}                     => 31
            $\\boxed{31}$                   => 31
            \\boxed{31\\text{ muffins}}     => 31
            31 \\text{ muffins}             => 31
            \\mathbf{31}                    => 31
            [31]                            => 31
            (31)                            => 31
            = 31                            => 31
            x = 31                          => 31
            31 muffins                      => 31
            **31** muffins                  => 31
            31 chocolate chip muffins       => 31
            31 muffins.                     => 31
            31 muffins left                 => 31
            31 (thirty-one)                 => 31
            thirty-one                      => 31
            Thirty one muffins              => 31
            zero                            => 0
            about 31                        => 31
            approximately 31 muffins        => 31
            a total of 31 muffins           => 31
            The answer is 31.               => 31
            It is 31                        => 31
            She sold 31 muffins.            => 31
            The total is 31.                => 31
            There are 31 muffins            => 31
            Therefore, 31                   => 31
            \uff13\uff11                    => 31
            3rd                             => 3
            2 dozen                         => 24
            1.5 million                     => 1500000
            5 thousand people               => 5000
            1/2                             => 0.5
            2/4                             => 0.5
            \u00bd                          => 0.5
            \\frac{1}{2}                    => 0.5
            \\dfrac{1}{2}                   => 0.5
            \\frac12                        => 0.5
            $\\frac{3}{4}$                  => 0.75
            1/3                             => 1/3
            2/6                             => 1/3
            -\\frac{1}{3}                   => -1/3
            0.333                           => 0.333
            1 1/2                           => 1.5
            1\u00bd                         => 1.5
            1\\frac{1}{2}                   => 1.5
            2 and a half                    => 2.5
            2 and 1/3                       => 7/3
            4/2                             => 2
            1/0                             => 1/0
            3e8                             => 300000000
            3 \u00d7 10^8                   => 300000000
            3 \\times 10^{8}                => 300000000
            1.5e-3                          => 0.0015
            10^6                            => 1000000
            $31                             => $31
            \\$31                           => $31
            $31.00                          => $31
            31 dollars                      => $31
            31 USD                          => $31
            $ 31                            => $31
            -$31                            => -$31
            $-31                            => -$31
            \u20ac31                        => \u20ac31
            31 euros                        => \u20ac31
            \u00a31,234.50                  => \u00a31234.5
            50 cents                        => 50 cent
            $18 per day                     => $18/day
            25%                             => 25%
            25 %                            => 25%
            25\\%                           => 25%
            25 percent                      => 25%
            25.0%                           => 25%
            5 km                            => 5 km
            5km                             => 5 km
            5 kilometers                    => 5 km
            5 m                             => 5 m
            5 meters                        => 5 m
            5 hours                         => 5 hour
            5 more hours                    => 5 hour
            1 hour                          => 1 hour
            50 years old                    => 50 year
            60 mph                          => 60 mile/hour
            60 miles per hour               => 60 mile/hour
            60 km/h                         => 60 km/hour
            12 cm\u00b2                     => 12 cm^2
            12 square centimeters           => 12 cm^2
            12 cm^2                         => 12 cm^2
            20\u00b0C                       => 20 \u00b0c
            20 degrees Celsius              => 20 \u00b0c
            45\u00b0                        => 45\u00b0
            45^\\circ                       => 45\u00b0
            (A)                             => A
            A)                              => A
            A.                              => A
            a                               => A
            option A                        => A
            Option (B)                      => B
            (C) Paris                       => C
            D. Berlin                       => D
            \\text{(E)}                     => E
            Yes                             => yes
            yes.                            => yes
            Yes, because it is even.        => yes
            NO                              => no
            **True**                        => true
            March 5, 2024                   => 2024-03-05
            5 March 2024                    => 2024-03-05
            Mar 5th, 2024                   => 2024-03-05
            the 5th of March 2024           => 2024-03-05
            Tuesday, March 5, 2024          => 2024-03-05
            2024-03-05                      => 2024-03-05
            2024/3/5                        => 2024-03-05
            25/12/2024                      => 2024-12-25
            12/25/2024                      => 2024-12-25
            March 2024                      => 2024-03
            March 5                         => --03-05
            5 March                         => --03-05
            February 30, 2024               => february 30, 2024
            3:45 PM                         => 15:45
            7 p.m.                          => 19:00
            1, 2, 3                         => 1, 2, 3
            1,2,3                           => 1, 2, 3
            [1, 2, 3]                       => 1, 2, 3
            (1, 2, 3)                       => 1, 2, 3
            3, 1, 2                         => 3, 1, 2
            {3, 1, 10}                      => 1, 3, 10
            \\{3, 1\\}                      => 1, 3
            3 or 1                          => 1, 3
            1 and 3                         => 1, 3
            x = 1, y = 2                    => 1, 2
            1,234, 5,678                    => 1234, 5678
            red, green, and blue            => red, green, blue
            Red and Green                   => red, green
            Paris                           => paris
            the Eiffel Tower                => eiffel tower
            The answer is Paris             => paris
            The  Great\tWall                => great wall
            Apollo 11                       => apollo 11
            2x + 1                          => 2x+1
            2x+1                            => 2x+1
            y = 2x + 1                      => 2x+1
            \\sqrt{2}                       => sqrt(2)
            2\\sqrt{3}                      => 2sqrt(3)
            2\\pi                           => 2pi
            2 \u03c0                        => 2pi
            x^{2}                           => x^2
            O(n log n)                      => o(n log n)
            3:4                             => 3:4
            5 out of 7                      => 5 out of 7
            ***                             =>
            """;

    static List<Arguments> table() {
        List<Arguments> rows = new ArrayList<>();
        for (String line : TABLE.lines().toList()) {
            int arrow = line.indexOf("=>");
            rows.add(
                    Arguments.of(
                            line.substring(0, arrow).strip(), line.substring(arrow + 2).strip()));
        }
        return rows;
    }

    @ParameterizedTest
    @MethodSource("table")
    void an_answer_has_one_form(String raw, String expected) {
        assertThat(Canonical.of(raw)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("table")
    void the_form_of_a_form_is_itself(String raw, String expected) {
        assertThat(Canonical.of(expected)).isEqualTo(expected);
        assertThat(Canonical.of(Canonical.of(raw))).isEqualTo(Canonical.of(raw));
    }

    @ParameterizedTest
    @MethodSource("table")
    void white_space_and_emphasis_around_an_answer_mean_nothing(String raw, String expected) {
        assertThat(Canonical.of("  " + raw + " \n")).isEqualTo(expected);
        assertThat(Canonical.of("**" + raw + "**")).isEqualTo(expected);
    }

    @Test
    void different_answers_stay_different() {
        List<String> forms =
                List.of(
                        "31",
                        "-31",
                        "3.1",
                        "310",
                        "31%",
                        "$31",
                        "€31",
                        "31 km",
                        "31 m",
                        "31 hours",
                        "31 minutes",
                        "31 cents",
                        "1/3",
                        "0.333",
                        "A",
                        "B",
                        "yes",
                        "no",
                        "1, 2",
                        "2, 1",
                        "apollo 11",
                        "apollo 13",
                        "2x",
                        "2 pi",
                        "5 halves",
                        "5",
                        "2024-03",
                        "2024-03-05",
                        "7 am",
                        "7 pm",
                        "31 km/h",
                        "31 km per day",
                        "31 m^2");

        assertThat(forms.stream().map(Canonical::of)).doesNotHaveDuplicates();
    }

    @Test
    void any_text_has_a_form_that_is_its_own_form() {
        Random random = new Random(20260101);
        List<String> pieces =
                new ArrayList<>(TABLE.lines().map(line -> line.split("=>", 2)[0].strip()).toList());
        pieces.addAll(
                List.of(
                        " ",
                        ",",
                        ".",
                        "-",
                        "(",
                        ")",
                        "{",
                        "}",
                        "$",
                        "\\",
                        "*",
                        "_",
                        "/",
                        "e9",
                        "^",
                        "<",
                        ">",
                        "and ",
                        "or ",
                        "the ",
                        "is ",
                        "per ",
                        "\ud83d\ude00",
                        "\ud800",
                        "\n",
                        "9999999",
                        "%"));
        for (int i = 0; i < 60_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(5); j >= 0; j--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
                text.append(random.nextBoolean() ? " " : "");
            }
            String form = Canonical.of(text.toString());

            assertThat(Canonical.of(form)).as("of <%s>", text).isEqualTo(form);
        }
    }

    @Test
    void noise_does_no_harm() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            int[] points = random.ints(random.nextInt(40), 0, i % 2 == 0 ? 0x80 : 0x3000).toArray();
            String form = Canonical.of(new String(points, 0, points.length));

            assertThat(Canonical.of(form)).isEqualTo(form);
        }
    }

    @Test
    void long_texts_are_cut() {
        for (String piece :
                List.of(
                        "1",
                        "1,",
                        "(",
                        "{",
                        "\\frac{",
                        "a ",
                        "1 ",
                        "9e",
                        "$",
                        "\\boxed{1}",
                        "-",
                        "1/",
                        "a=")) {
            assertThat(Canonical.of(piece.repeat(100_000)))
                    .hasSizeLessThanOrEqualTo(Canonical.LONGEST);
        }
    }
}
