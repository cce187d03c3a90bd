package dev.polymnia.testkit;

import java.util.ArrayList;
import java.util.List;

/// Answers that nobody should write, for whatever reads answers.
public final class HostileTexts {
    private HostileTexts() {}

    /// Returns answers of about 100,000 characters that repeat what patterns look for.
    public static List<String> all() {
        List<String> answers = new ArrayList<>(List.of("", " ", "\n\n\t ", "\0", "\ud800"));
        for (String part :
                List.of(
                        "9",
                        "1,",
                        "1.",
                        "-",
                        "1/",
                        "1e",
                        "$",
                        "#### ",
                        "#### 1. a\n",
                        "\\boxed{",
                        "\\boxed{1",
                        "\\frac{",
                        "\\text{",
                        "Answer: ",
                        "answer to ",
                        "**Answer:**\n",
                        "the answer is ",
                        "(",
                        "(A",
                        "(A) ",
                        "A. ",
                        "A\n",
                        "option A ",
                        "I choose ",
                        "**",
                        "*",
                        "_",
                        "`",
                        "```",
                        "```\n",
                        "```python\n",
                        "~~~",
                        "<think>",
                        "</think>",
                        "<think></think>",
                        " ",
                        "\n",
                        "\t",
                        "\"",
                        "[",
                        "] ",
                        ", ",
                        "a",
                        "def f(",
                        "f(",
                        "f =\n",
                        "    \n",
                        "yes ",
                        "is ",
                        "x = ")) {
            answers.add(part.repeat(100_000 / part.length()));
        }
        return answers;
    }
}
