package dev.polymnia.eval.run;

import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Message;
import dev.polymnia.eval.Sample;
import dev.polymnia.eval.Score;
import dev.polymnia.eval.Scorer;
import dev.polymnia.eval.Target;
import dev.polymnia.eval.task.Source;
import dev.polymnia.eval.task.Task;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Sums of two small numbers, and a script that gets most of them right.
final class SmallTask {
    /// Right if the text ends with the accepted answer.
    static final Scorer SCORER =
            new Scorer() {
                @Override
                public String name() {
                    return "ends-with";
                }

                @Override
                public Score score(Sample sample, String text) {
                    String wanted = ((Target.Answers) sample.target()).accepted().getFirst();
                    return Score.of(text.endsWith(wanted), text, "");
                }
            };

    private SmallTask() {}

    static Task of(int samples) {
        return of(samples, "data");
    }

    static Task of(int samples, String dataDigest) {
        List<Sample> all =
                IntStream.range(0, samples)
                        .mapToObj(i ->
                                new Sample(
                                        "sum-" + i,
                                        List.of(Message.user("What is " + i + " + 2?")),
                                        "What is " + i + " + 2?",
                                        new Target.Answers(List.of("is " + (i + 2))),
                                        Map.of("size", i < 5 ? "small" : "large")))
                        .toList();
        return new Task(
                "sums",
                "Sums",
                "ends-with",
                all,
                new Source("sums.jsonl", dataDigest, "CC0-1.0", "written for this test"),
                "prompts");
    }

    static Plan plan(Task task, Mode mode) {
        return new Plan(task, mode, 7, 4, 1, 0);
    }

    /// Answers by the seed and the question, so that nothing depends on the order of questions.
    static Script script() {
        return (request, _) -> {
            String question = request.prompt().messages().getLast().text();
            int number = Integer.parseInt(question.replaceAll("\\D*(\\d+) \\+.*", "$1"));
            long seed = request.options().seed();
            long sum = Math.floorMod(seed, 3L) == 0 ? number + 3 : number + 2;
            return Reply.of("So the sum of " + number + " and two\nAnswer: it is " + sum);
        };
    }
}
