package dev.polymnia.eval;

import dev.polymnia.core.message.Message;
import dev.polymnia.eval.task.Source;
import dev.polymnia.eval.task.Task;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// The task of sums that tests ask scripted models: "What is 5 + 2?", from 0 on.
public final class SumTask {
    private SumTask() {}

    /// Returns so many questions, scored as numbers.
    public static Task of(String name, int samples) {
        return new Task(
                name,
                "Sums",
                "number",
                IntStream.range(0, samples).mapToObj(SumTask::sample).toList(),
                new Source("sums.jsonl", "data", "CC0-1.0", "written for this test"),
                "prompts");
    }

    /// Returns one of the questions.
    public static Sample sample(int i) {
        String question = "What is " + i + " + 2?";
        return new Sample(
                "sum-" + i,
                List.of(Message.user(question)),
                question,
                new Target.Answers(List.of(Integer.toString(i + 2))),
                Map.of());
    }

    /// Returns the number that is to be added to, of a question with whatever behind it.
    public static int number(String asked) {
        return Integer.parseInt(asked.replaceAll("(?s)\\D*(\\d+) \\+.*", "$1"));
    }
}
