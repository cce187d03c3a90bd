package dev.polymnia.agents;

import dev.polymnia.agents.answer.AnswerReader;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.BranchResult;
import dev.polymnia.core.model.Capability;
import dev.polymnia.core.model.Channel;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.ReasoningSwitch;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Trunk;
import dev.polymnia.core.run.AgentReport;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One agent whose thoughts are as long as its budget: budget forcing (Muennighoff et al. 2025,
/// "s1: Simple test-time scaling", section 3).
///
/// Where the model would end its thoughts, by writing the answer marker or by ending its turn, that
/// end is suppressed and "Wait" is appended, and it goes on; when all but the last 32 tokens of the
/// budget are spent, the marker is appended and the model has to answer with what is left. What is
/// appended is read, not generated, and costs the budget nothing.
final class Force implements Strategy {
    /// Kept for the answer.
    static final int ANSWER_TOKENS = 32;

    /// A model that wants to end this often has nothing more to say.
    private static final int MOST_WAITS = 64;

    private static final String WAIT = "\nWait";

    /// What may stand before the answer marker on its line; it goes with the marker.
    private static final String DECORATION = " \t\n>*_#";

    /// Checks that a model's thoughts can be prolonged.
    static void require(ModelInfo model) {
        if (!model.can(Capability.BEGINNING)) {
            throw new Fault(
                    Fault.Code.UNSUPPORTED,
                    "%s cannot continue an answer that we begin, which budget forcing needs; use another model."
                            .formatted(model.name()));
        }
        if (model.profile().reasoning() instanceof ReasoningSwitch.Tagged) {
            throw new Fault(
                    Fault.Code.UNSUPPORTED,
                    "%s thinks between tags of its own, which budget forcing cannot keep open yet; use a model that is told to reason."
                            .formatted(model.name()));
        }
    }

    @Override
    public RunResult answer(Run run) {
        Seat seat = new Seat(0, 0, run.brief().alone().approach());
        if (run.account().admit(1) == 0) {
            throw Stops.spent(run);
        }
        run.tell(0, new Event.AgentStarted(1, run.brief().seed(seat), seat.approach().name()));
        Prompt prompt =
                Exemplars.before(
                                run.brief().prompt(run.brief().alone().instruction()),
                                seat.approach())
                        .withHint(seat.approach().hint());
        try (Trunk trunk = run.model().open(prompt);
                LongBranch branch = new LongBranch(run, trunk)) {
            Asked asked = new Asked(prompt, run.brief().options(seat));
            String marker = marker(run);
            String thoughts = bare(think(run, branch, asked, marker));
            String forced = thoughts.isEmpty() ? marker : "\n" + marker;
            branch.append(Channel.REASONING, forced);
            String beginning = thoughts + forced;
            String said = answer(run, branch, asked, beginning);
            return new RunResult.Answered(outcome(run, branch, beginning, said));
        }
    }

    /// How the agent is asked, again and again.
    private record Asked(Prompt prompt, GenerationOptions options) {}

    private static String marker(Run run) {
        return switch (run.brief().reasoning()) {
            case ReasoningSwitch.Instructed(String marker) -> marker;
            case ReasoningSwitch.Tagged _ ->
                    throw new IllegalStateException("a model with tags was not refused");
        };
    }

    /// Thinks until only the answer's tokens are left.
    private static String think(Run run, LongBranch branch, Asked asked, String marker) {
        String thoughts = "";
        for (int parts = 0; parts <= MOST_WAITS; parts++) {
            long left = run.account().tokensLeft() - ANSWER_TOKENS;
            if (left < 1) {
                return thoughts;
            }
            if (parts > 0) {
                thoughts = bare(thoughts) + WAIT;
                branch.append(Channel.REASONING, WAIT);
            }
            GenerationOptions options =
                    asked.options()
                            .withMaxTokens((int) Math.min(left, Integer.MAX_VALUE))
                            .withStops(List.of(marker));
            Prompt prompt = asked.prompt().withBeginning(thoughts);
            BranchResult part = branch.run(prompt, options, Channel.REASONING);
            thoughts = part.message().text();
            if (part.reason().isCutOff()) {
                return thoughts;
            }
        }
        return thoughts;
    }

    private static String bare(String thoughts) {
        int end = thoughts.length();
        while (end > 0 && DECORATION.indexOf(thoughts.charAt(end - 1)) >= 0) {
            end--;
        }
        return thoughts.substring(0, end);
    }

    /// Lets it answer.
    ///
    /// @return what it says behind the marker
    private static String answer(Run run, LongBranch branch, Asked asked, String beginning) {
        long left = Math.min(run.account().tokensLeft(), ANSWER_TOKENS);
        if (left < 1) {
            throw Stops.spent(run);
        }
        BranchResult part =
                branch.run(
                        asked.prompt().withBeginning(beginning),
                        asked.options().withMaxTokens((int) left),
                        Channel.ANSWER);
        return part.message().text().substring(beginning.length());
    }

    private static Outcome outcome(Run run, LongBranch branch, String beginning, String said) {
        List<String> lines = said.lines().filter(line -> !line.isBlank()).toList();
        String text = lines.isEmpty() ? "" : lines.getFirst().strip();
        // What follows the answer's line is not part of it, so it matters not where that is cut.
        boolean over = lines.size() > 1 || !branch.reason().isCutOff();
        StopReason reason = over ? StopReason.END : branch.reason();
        AnswerReader reader = run.brief().answerReader();
        Optional<String> answer = text.isEmpty() ? Optional.empty() : reader.result(text);
        boolean votes = over && answer.isPresent();
        run.account()
                .report(
                        new AgentReport(
                                0,
                                run.brief().alone().approach().name(),
                                Duration.ZERO,
                                run.account().elapsed(),
                                -1,
                                answer,
                                votes,
                                branch.confidence(),
                                reason,
                                ""));
        run.tell(
                0,
                new Event.AgentFinished(
                        answer, votes, branch.confidence(), reason, branch.spent(), ""));
        if (text.isEmpty() && Stops.isBudget(reason)) {
            throw Stops.spent(run);
        }
        if (text.isEmpty()) {
            throw new Fault(
                    Fault.Code.INTERNAL,
                    "The model said nothing behind \"%s\"; ask another model."
                            .formatted(beginning.substring(beginning.lastIndexOf('\n') + 1)));
        }
        run.tell(new Event.JoinStarted(Event.Method.ONLY));
        run.tell(new Event.AnswerDelta(text));
        return new Outcome(text, answer, !over);
    }
}
