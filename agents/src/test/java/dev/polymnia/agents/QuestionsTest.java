package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.TaskClass;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.ToolSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QuestionsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ANSWER | Anna has 5 apples and buys 7 more. How many has she now?
                    ANSWER | What is 17 * 23 - 4?
                    ANSWER | 17 * 23 - 4
                    ANSWER | Calculate the area of a circle with a radius of 3 cm.
                    ANSWER | What percentage of 80 is 20?
                    ANSWER | Is 91 a prime? Answer with yes or no.
                    ANSWER | Which of the following is a mammal? a) shark b) whale
                    ANSWER | Where was he born?⏎⏎End with a line of the form⏎Answer: result
                    ANSWER | Which city is it?⏎Options:⏎(A) Rome⏎(B) Paris
                    ANSWER | How long does a train take for 120 km at 60 km/h?
                    CODE   | Write a Python function that reverses a string.
                    CODE   | Please implement a method for binary search in Java.
                    CODE   | Fix this code:⏎```⏎x = [1,⏎```
                    CODE   | def add(a, b):⏎    return a - b⏎⏎Why is this wrong?
                    CODE   | Give me a bash script that renames 10 files.
                    CODE   | Write a SQL query that counts the orders of 2024.
                    TEXT   | Why is the sky blue?
                    TEXT   | What is the capital of Kenya?
                    TEXT   | Write a poem about 3 foxes.
                    TEXT   | Explain how a diesel engine works.
                    TEXT   | Summarize this article about the 2008 crisis.
                    TEXT   | Write an e-mail to my landlord about the heating.
                    TEXT   | Tell me of the park's history in JSON; ticks such as ``` are fine.
                    TEXT   | Which balls are used in tennis? I want the answer in the form of an old poem.
                    TEXT   | Hello!
                    """)
    void the_class_is_told_from_the_words(TaskClass expected, String question) {
        String words = question.replace("⏎", "\n");

        assertThat(Questions.classOf(List.of(Message.user(words)), List.of())).isEqualTo(expected);
    }

    @Test
    void whatever_comes_with_tools_is_a_question_with_tools() {
        ToolSpec tool = new ToolSpec("clock", "Tells the time.", "{}", true);

        assertThat(Questions.classOf(List.of(Message.user("What is 2 + 2?")), List.of(tool)))
                .isEqualTo(TaskClass.TOOLS);
    }

    @Test
    void only_the_last_message_counts() {
        List<Message> messages =
                List.of(
                        Message.user("Write a Python function."),
                        Message.assistant("Done."),
                        Message.user("Thank you! Why is the sky blue?"));

        assertThat(Questions.classOf(messages, List.of())).isEqualTo(TaskClass.TEXT);
    }
}
