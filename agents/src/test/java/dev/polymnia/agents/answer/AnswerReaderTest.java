package dev.polymnia.agents.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AnswerReaderTest {
    private final AnswerReader reader = new AnswerReader("Answer:", "How many muffins are left?");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    How many are left? | Answer: result |
                    How many are left? | **Answer:** Result. |
                    How many are left?\\nEnd with a line of the form\\nAnswer: number | Answer: number |
                    How many are left?\\nEnd with a line of the form\\nAnswer: number | Answer: <number> |
                    How many are left?\\nEnd with a line of the form\\nAnswer: number | Answer: 7 | 7
                    Is 7 a letter or a number? | Answer: number | number
                    Which city?\\nAnswer: Paris\\nAnd which one in France? | Answer: Paris | paris
                    """)
    void what_stands_for_the_answer_in_its_form_is_none(
            String question, String words, @Nullable String answer) {
        AnswerReader own = new AnswerReader("Answer:", question.replace("\\n", "\n"));

        assertThat(own.read(words)).isEqualTo(Optional.ofNullable(answer));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Answer: 31",
                "answer: 31",
                "ANSWER: 31.",
                "Answer : 31",
                "Answer:31",
                "Answer = 31",
                "5 + 26 = 31\n\nAnswer: 31",
                "So it is 31. Answer: 31",
                "\\boxed{31}",
                "Thus $\\boxed{31}$.",
                "Answer: <result>31</result>",
                "Answer: <31>",
                "<result>31</result>",
                "<answer>\n31\n</answer>",
                "5 + 26 = <<5+26=31>>31\n#### 31",
                "**Answer:** 31 muffins",
                "**Answer**: 31",
                "**Answer: 31**",
                "***Answer:*** **31**",
                "*Answer:* 31",
                "__Answer:__ 31",
                "### Answer: 31",
                "### Answer\n31",
                "### Answer:\n\n31 muffins",
                "#### Answer: 31",
                "**Final Answer**\n\n31",
                "**Final Answer:** $31$",
                "Final Answer: The final answer is $31$. I hope it is correct.",
                "Answer: \\boxed{31}",
                "Answer: $\\boxed{31}$",
                "Answer: The total is \\boxed{31} muffins.",
                "Answer:\n\\[\n\\boxed{31}\n\\]",
                "Answer: \\[ 31 \\]",
                "Answer:\n\\[\n31\n\\]",
                "The answer is 31.",
                "The answer is 31",
                "The final answer is: 31",
                "Therefore the answer is therefore $31$. Good.",
                "The answer is **31 muffins**.",
                "Answer: \\$31",
                "Answer: $31",
                "Answer: 31.00",
                "Answer: 31 (5 + 26 = 31)",
                "Answer: 5 + 26 = 31",
                "Answer: She has 31 muffins left.",
                "Answer: Jane has 31 muffins left at the end of the day after selling the rest to"
                        + " all of her friends.",
                "Answer: There are 31 muffins.\n\nTo check: it is a prime.",
                "Answer: 31\n\nThis is because she began with forty and ate nine of them.",
                "Answer: 31\nThis is because she began with forty.",
                "Answer: 24\n\nWait, that is wrong.\n\nAnswer: 31",
                "Answer: To find it, subtract what was sold from what there was and then be careful"
                        + " not to forget the rest. The answer is 31.",
                "{\"reasoning\": \"5 + 26\", \"answer\": 31}",
                "{\"answer\": \"31\"}",
                "{'result': 31}",
                "{'result': '31'}",
                "{\"final\": 31}",
                "{\"final answer\": \"31\"}",
                "{\"solution\": \"\\\\boxed{31}\"}",
                "{\"answer\": \"\\\"31\\\"\"}",
                "```json\n{\n  \"answer\":\n    31\n}\n```",
                "{\"answer\": null, \"result\": 31}",
                "{\"answer\": [31]}",
                "```json\n{\"final_answer\": \"31 muffins\"}\n```",
                "Answer:\n```\n31\n```",
                "31",
                "31.",
                "**31**",
                "31 muffins",
                "Answer\uff1a31",
                "> Answer: 31",
                "- Answer: 31",
                "Answer (in muffins): 31",
                "Answer:\u00a031",
                "Answer: \u201c31\u201d",
                "Answer: 31<br>",
                "\\boxed{24} is wrong.\n\\boxed{31}",
                "\\boxed{\\text{31 muffins}}",
                "Answer: `31`",
                "#### Step 1: add\nadd 5\n#### 31",
                "The answer is 24? No.\nAnswer: 31",
                "Answer: 31\n\nAnswer:",
            })
    void the_result_is_found(String words) {
        assertThat(reader.read(words)).contains("31");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "84 - 53 = 31.\nAnswer: 31 muffins",
                "There are 84. After 53 are sold, the number left is 84 - 53 = 31.",
                "53 of 84 are sold, which leaves 31 muffins.",
                "They made 84.\n\nSo in the end 31 were left.",
                "53 are sold.\nThat leaves **31**.\n",
            })
    void words_that_conclude_with_the_answer_come_to_it(String words) {
        assertThat(reader.comeTo(words, "31")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "That leaves 31.\nAnswer: 21",
                "That leaves 31. Then 10 more are sold, which leaves 21.",
                "31 were sold, so 53 are left.",
                "I cannot help with that.",
                "That is how it comes about, as everybody can see.",
            })
    void words_that_conclude_with_something_else_do_not(String words) {
        assertThat(reader.comeTo(words, "31")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   \n",
                "Answer:",
                "Hello! How can I help you today?",
                "Once upon a time there was a fox that ran through the wood.",
                "Answer: Dear Sir,\nI write to you.\nYours",
                "Answer: Here are three ideas:\n\n1. Run\n2. Walk",
                "Answer: The sun rises in the east and sets in the west, and between them lies a"
                        + " long warm day.",
                "#### Step 1\nDo this.",
                "- one\n- two\n- three",
            })
    void free_text_has_no_short_answer(String words) {
        assertThat(reader.read(words)).isEmpty();
    }

    @Test
    void several_boxes_in_a_line_are_one_answer() {
        assertThat(reader.read("So \\boxed{3} or \\boxed{5}.\n")).contains("3, 5");
    }

    @Test
    void lists_in_json_are_lists() {
        assertThat(reader.read("{\"answer\": [3,\n 5]}")).contains("3, 5");
        assertThat(reader.read("{\"answer\": [[1, 2], [3, 4]], \"why\": []}"))
                .isEqualTo(reader.read("Answer: [[1,2],[3,4]]"));
    }

    @Test
    void what_a_program_prints_is_an_answer() {
        assertThat(reader.result("[1, 2.0, Decimal('3.5')]")).contains("1, 2, 3.5");
        assertThat(reader.result("66.66666666666667")).contains("66.67");
        assertThat(reader.result("checking\n31\n\n")).contains("31");
        assertThat(reader.result("{\"steps\": 3, \"answer\": 31}")).contains("31");
        assertThat(reader.result("Result: 31")).contains("31");
        assertThat(reader.result("nan")).isEmpty();
        assertThat(reader.result("''")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "If you follow these instructions, do you return to the starting point? Take 4"
                        + " steps. Turn around.\nOptions:\n- Yes\n- No",
                "Vina says Jerry lies. Does Vina tell the truth?",
                "Is 91 a prime? Show your work.",
                "Say whether 91 is a prime. Answer yes or no.",
                "On Monday, was it open?",
            })
    void a_truth_that_a_program_returns_is_a_yes_or_a_no_where_that_is_asked(String question) {
        AnswerReader reader = new AnswerReader("Answer:", question);
        assertThat(reader.worded("True")).isEqualTo("Yes");
        assertThat(reader.worded("False\n")).isEqualTo("No");
        assertThat(reader.worded("31")).isEqualTo("31");
        assertThat(reader.worded("Falsehood")).isEqualTo("Falsehood");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not ( True ) and ( True ) is",
                "True or false: is 91 a prime?",
                "Is it true or false that 91 is a prime?",
                "Is it red or blue?",
                "What is not(True)?",
                "What does the program print, and how many lines?",
            })
    void a_truth_that_a_program_returns_stays_one_elsewhere(String question) {
        AnswerReader reader = new AnswerReader("Answer:", question);
        assertThat(reader.worded("True")).isEqualTo("True");
        assertThat(reader.worded("False")).isEqualTo("False");
    }

    @Test
    void words_are_answers_too() {
        assertThat(reader.read("Thinking.\nAnswer: **Paris**")).contains("paris");
        assertThat(reader.read("Answer: The Eiffel Tower.")).contains("eiffel tower");
        assertThat(reader.read("Answer: (B) Because it fits.")).contains("B");
        assertThat(reader.read("Answer: Yes, it is prime.")).contains("yes");
    }

    @Test
    void another_marker_is_heeded() {
        AnswerReader other = new AnswerReader("Ergebnis:", "");

        assertThat(other.read("Nun.\n**Ergebnis:** 31 Kekse")).contains("31");
        assertThat(other.stated("Nun 31")).isEmpty();
    }

    @Test
    void a_cut_off_text_states_only_what_it_states() {
        assertThat(reader.stated("so 5 and 26")).isEmpty();
        assertThat(reader.stated("31")).isEmpty();
        assertThat(reader.stated("Answer: 31\n\nBecause the")).contains("31");
        assertThat(reader.stated("Answer: \\boxed{31")).contains("31");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    How many hours did it take?                          | 5 hours    | 5
                    How many hours did it take?                          | 5 minutes  | 0.0833
                    How many hours did it take?                          | 5          | 5
                    How far did he drive? He drives 60 miles a day.      | 120 miles  | 120
                    How far is it? It is 3 miles and 4 km.               | 7 km       | 7 km
                    She sells eggs at $2. How much does she make daily?  | $18        | 18
                    She sells eggs at $2. How much does she make daily?  | 18 dollars | 18
                    She sells eggs at $2. How much a day, every day?     | $18/day    | 18
                    How many euros are $20?                              | $18        | $18
                    How many euros are $20?                              | €18        | 18
                    What percentage is left?                             | 25%        | 25
                    What percentage is left?                             | 25         | 25
                    How old is she?                                      | 50 years   | 50
                    How fast is it?                                      | 5 km       | 5 km
                    How fast is it?                                      | 5 m        | 5 m
                    How much does it cost?                               | $5         | 5
                    What is the width in cm?                             | 5 cm       | 5
                    What is the width in cm?                             | 5 mm       | 0.5
                    """)
    void a_unit_that_the_question_asks_for_goes_without_saying(
            String question, String answer, String key) {
        assertThat(Equivalence.of(question).key(answer)).isEqualTo(key);
        assertThat(Equivalence.of(question).key(key)).isEqualTo(key);
    }

    @Test
    void any_words_are_read() {
        List<String> pieces =
                List.of(
                        "Answer:",
                        "\\boxed{",
                        "}",
                        "{",
                        "####",
                        " 31",
                        "\n",
                        "**",
                        "<answer>",
                        "</",
                        "$",
                        "\"answer\":",
                        "\"",
                        "is",
                        "the answer is ",
                        "```",
                        "\\[",
                        "\\]",
                        ".",
                        " ",
                        "x = ",
                        "final ",
                        "(",
                        "\ud800");
        Random random = new Random(3);
        for (int i = 0; i < 30_000; i++) {
            StringBuilder words = new StringBuilder();
            for (int j = random.nextInt(14); j > 0; j--) {
                words.append(pieces.get(random.nextInt(pieces.size())));
            }

            reader.read(words.toString()).ifPresent(key -> assertThat(key).isNotEmpty());
        }
    }

    @Test
    void long_words_are_read_from_their_end() {
        for (String piece :
                List.of(
                        "Answer: ",
                        "\\boxed{",
                        "Answer:\n",
                        "#### 1\n",
                        "<answer>",
                        "\"answer\":",
                        "is ",
                        " ",
                        "\n")) {
            assertThat(reader.read(piece.repeat(20_000) + "\nAnswer: 31")).contains("31");
        }
    }
}
