package dev.polymnia.eval.log;

import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Media;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.Role;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Usage;
import dev.polymnia.eval.AgentResult;
import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.RunSetup;
import dev.polymnia.eval.Sample;
import dev.polymnia.eval.SampleResult;
import dev.polymnia.eval.Score;
import dev.polymnia.eval.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Small runs with every kind of sample and of end.
final class Runs {
    static final Instant START = Instant.parse("2026-03-01T10:00:00.125Z");
    static final String TIME = "2026-03-01T10:00:00.125+00:00";
    static final Duration WALL = Duration.ofMillis(1500);
    static final Usage SHARED = new Usage(0, 40, 0);

    private Runs() {}

    static RunSetup setup(int epochs) {
        return new RunSetup(
                "mixed",
                Mode.CONTEMPLATING,
                "tiny",
                "aa11",
                "bb22",
                "cc33",
                "written for this test",
                "judge",
                7,
                2,
                0,
                samples().size(),
                epochs,
                256,
                Map.of("temperature", "0.7", "vote", "weighted"));
    }

    static RunLog run(RunLog.Status status, SampleResult... results) {
        return run(status, 1, results);
    }

    static RunLog run(RunLog.Status status, int epochs, SampleResult... results) {
        return new RunLog(
                "run-" + status.name() + "-" + results.length,
                setup(epochs),
                samples(),
                List.of(results),
                status,
                "",
                START,
                Map.of("processor", "two cores", "java", "25"));
    }

    /// A run with one result of every kind.
    static RunLog mixed(RunLog.Status status) {
        return run(
                status, timed("mc"), right("sum/1", 1), cut("où"), half("rules"), failed("code"));
    }

    static List<Sample> samples() {
        return List.of(
                sample(
                        "sum/1",
                        new Target.Answers(List.of("18")),
                        Message.system("Answer with a number."),
                        Message.user("1 + 17?")),
                sample(
                        "où",
                        new Target.Answers(List.of("Paris", "à Paris")),
                        Message.user("Où est la tour 🗼?"),
                        looking(),
                        seen(),
                        Message.user("Et alors ?")),
                sample(
                        "mc",
                        new Target.Choice(List.of("red", "green", "blue"), 1),
                        Message.user("Which is the second?")),
                sample(
                        "rules",
                        new Target.Instructions(
                                List.of(
                                        new Target.Instruction("punctuation:no_comma", Map.of()),
                                        new Target.Instruction(
                                                "length_constraints:number_words",
                                                Map.of("relation", "at least", "num_words", 10L)))),
                        Message.user("Write without commas.")),
                sample(
                        "code",
                        new Target.Tests(
                                "",
                                "",
                                "import math",
                                List.of("assert f(1) == 1"),
                                List.of("assert f(1) == 1", "assert f(2) == 4")),
                        Message.user("Write f.")));
    }

    private static Sample sample(String id, Target target, Message... messages) {
        List<Message> all = List.of(messages);
        return new Sample(
                id, all, all.getLast().text(), target, Map.of("subject", "thé", "level", "1"));
    }

    private static Message looking() {
        return new Message(
                Role.ASSISTANT,
                List.of(
                        new Content.Reasoning("I have to look."),
                        new Content.Text("Let me see."),
                        new Content.ToolCall("call-1", "look", "{\"at\":\"tower\"}"),
                        new Content.ToolCall("call-2", "look", "no object")));
    }

    private static Message seen() {
        return new Message(
                Role.TOOL,
                List.of(
                        new Content.ToolResult(
                                "call-1",
                                "look",
                                List.of(
                                        new Content.Image(
                                                new Media("image/png", new byte[] {1, 2, 3}))),
                                false),
                        new Content.ToolResult(
                                "call-2", "look", List.of(new Content.Text("What?")), true)));
    }

    /// Two agents that agree.
    static SampleResult right(String id, int epoch) {
        return result(
                id,
                epoch,
                "It is 18.",
                false,
                Score.of(true, "18", "equal numbers"),
                agent(0, "1 + 17 is 18.", "It is 18.", "18", 0.75, StopReason.END),
                agent(1, "17, then 18.", "So 18.", "18", Double.NaN, StopReason.STOP_HOOK));
    }

    /// One agent that wrote more than it may.
    static SampleResult cut(String id) {
        return result(
                id,
                1,
                "The tower is 🗼 in",
                true,
                Score.of(false, "", "no answer"),
                agent(0, "", "The tower is 🗼 in", "", 0.5, StopReason.LENGTH));
    }

    /// Two agents that had no more time; none of them wrote what was returned.
    static SampleResult timed(String id) {
        return result(
                id,
                1,
                "B",
                true,
                Score.of(true, "B", ""),
                agent(0, "Red, green.", "B) green", "B", 0.9, StopReason.END),
                agent(1, "Hm", "", "", Double.NaN, StopReason.BUDGET_TIME));
    }

    /// A score between right and wrong, with parts.
    static SampleResult half(String id) {
        return result(
                id,
                1,
                "Some words",
                false,
                new Score(0.5, "", "1 of 2", Map.of("strict", 0.5, "loose", 1.0)),
                agent(0, "", "Some words", "", Double.NaN, StopReason.END));
    }

    static SampleResult failed(String id) {
        return new SampleResult(
                id,
                1,
                "",
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.of(new SampleResult.Failure("UNAVAILABLE", "There is no sandbox.")),
                Optional.empty(),
                List.of(),
                Usage.NONE,
                START,
                WALL);
    }

    static SampleResult result(
            String id,
            int epoch,
            String text,
            boolean partial,
            Score score,
            AgentResult... agents) {
        return new SampleResult(
                id,
                epoch,
                text,
                agents[0].answer(),
                partial,
                Optional.of(score),
                Optional.empty(),
                agents.length > 1 ? Optional.of("two of two agree") : Optional.empty(),
                List.of(agents),
                agents.length > 1 ? SHARED : Usage.NONE,
                START,
                WALL);
    }

    static AgentResult agent(
            int index,
            String reasoning,
            String text,
            String answer,
            double confidence,
            StopReason reason) {
        return new AgentResult(
                index,
                1,
                100L + index,
                reasoning,
                text,
                Optional.of(answer).filter(it -> !it.isEmpty()),
                !answer.isEmpty(),
                confidence,
                reason,
                new Usage(40, 2, 10L * (index + 1)),
                Optional.empty());
    }
}
