package dev.polymnia.agents;

import dev.polymnia.agents.answer.AnswerReader;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.TaskClass;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.Role;
import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.Capability;
import dev.polymnia.core.model.Constraint;
import dev.polymnia.core.model.Detail;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.Meter;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.model.ModelProfile;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.ReasoningSwitch;
import dev.polymnia.core.model.TeamProfile;
import dev.polymnia.core.model.ToolChoice;
import dev.polymnia.core.run.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How the agents of a run are asked: what its request wants, over what the model's profile says.
/// Immutable.
final class Brief {
    private final RunRequest request;
    private final ModelInfo model;
    private final boolean runsPrograms;
    private final Meter meter;
    private final TaskClass question;

    /// @param runsPrograms whether programs of agents can be run
    /// @param meter is asked before each token
    Brief(RunRequest request, ModelInfo model, boolean runsPrograms, Meter meter) {
        this.request = request;
        this.model = model;
        this.runsPrograms = runsPrograms;
        this.meter = meter;
        question = Questions.classOf(request.messages(), request.specs());
    }

    /// Returns what kind of answer the question wants.
    TaskClass question() {
        return question;
    }

    ReasoningSwitch reasoning() {
        return model.profile().reasoning();
    }

    /// Returns what reads the short answer out of an agent's words.
    AnswerReader answerReader() {
        String marker =
                switch (reasoning()) {
                    case ReasoningSwitch.Instructed(String word) -> word;
                    case ReasoningSwitch.Tagged _ -> "Answer:";
                };
        return new AnswerReader(marker, questionText());
    }

    /// Returns what parts the words of an agent that reasons aloud, where it has to write a marker
    /// before its answer; empty if all it says is its answer, or if the model has a channel for its
    /// thoughts. Where code is wanted a block of code is as good as the marker, so nobody has to be
    /// told to write that.
    Optional<AnswerSplitter> splitter(Approach approach) {
        if (request.mode() == Mode.INSTANT) {
            return Optional.empty();
        }
        return switch (reasoning()) {
            case ReasoningSwitch.Instructed(String marker) -> {
                boolean code = question == TaskClass.CODE;
                boolean parts = code || (instruction() + approach.hint()).contains(marker);
                yield parts ? Optional.of(new AnswerSplitter(marker, code)) : Optional.empty();
            }
            case ReasoningSwitch.Tagged _ -> Optional.empty();
        };
    }

    private String instruction() {
        return request.mode() == Mode.CONTEMPLATING
                ? model.profile().team(question).instruction()
                : alone().instruction();
    }

    /// Returns how a team works on the question. Programs are part of it only if they can be run.
    TeamProfile team() {
        TeamProfile profile = request.team().over(model.profile().team(question));
        boolean impossible = !runsPrograms && request.team().mix() == TeamChoice.Mix.PROGRAMS;
        if (impossible) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "Nothing runs programs here, so there can be no team of programs only; polymnia"
                            + " doctor says what is missing.");
        }
        return runsPrograms
                ? profile
                : profile.only(approach -> approach.kind() != Approach.Kind.PROGRAM);
    }

    /// Returns how a lone agent works on the question in the run's mode.
    ModelProfile.Alone alone() {
        return model.profile().alone(request.mode(), question);
    }

    /// Returns what was asked last.
    String questionText() {
        return request.messages().getLast().text();
    }

    /// Returns the conversation with an instruction at the end of its system message.
    Prompt prompt(String instruction) {
        List<Message> messages = new ArrayList<>(request.messages());
        String words = instruction.strip();
        if (!words.isEmpty()) {
            if (messages.getFirst().role() == Role.SYSTEM) {
                String own = messages.removeFirst().text().strip();
                words = own.isEmpty() ? words : own + "\n\n" + words;
            }
            messages.addFirst(Message.system(words));
        }
        boolean thinks = request.mode() != Mode.INSTANT && model.can(Capability.REASONING);
        return new Prompt(messages, request.specs(), thinks, "");
    }

    /// Returns how an agent samples in its first turn, or in the one after its client's results.
    GenerationOptions options(Seat seat) {
        return laterOptions(seat).withToolChoice(request.wishes().toolChoice());
    }

    /// Returns how an agent samples in a turn in which no call is demanded of it; whether it may
    /// make one is as the client wants.
    GenerationOptions laterOptions(Seat seat) {
        Approach approach = seat.approach();
        boolean tells = model.can(Capability.LOG_PROBABILITIES);
        Wishes wishes = request.wishes();
        boolean alone = request.mode() != Mode.CONTEMPLATING;
        return GenerationOptions.DEFAULT
                .withSampling(alone ? wishes.over(approach.sampling()) : approach.sampling())
                .withSeed(seed(seat))
                .withMaxTokens(wishes.most(approach))
                .withStops(wishes.stops())
                .withConstraint(putsIntoForm() ? Constraint.NONE : wishes.form())
                .withToolChoice(
                        ToolChoice.demandsCall(wishes.toolChoice())
                                ? ToolChoice.AUTO
                                : wishes.toolChoice())
                .withDetail(
                        tells
                                ? Detail.LOG_PROBABILITIES.withAlternatives(wishes.alternatives())
                                : Detail.NONE)
                .withMeter(meter)
                .withCancellation(request.cancellation());
    }

    /// Returns whether the answer has to be put into a form when the agents have come to it. A lone
    /// agent keeps to a form by itself if it does not reason in its answer's channel.
    boolean putsIntoForm() {
        if (request.wishes().form() instanceof Constraint.Free) {
            return false;
        }
        if (!request.specs().isEmpty()) {
            // Whoever is bound to a form from the first word could not call a tool.
            return true;
        }
        return switch (request.mode()) {
            case INSTANT -> false;
            case THINKING -> reasoning() instanceof ReasoningSwitch.Instructed;
            case CONTEMPLATING -> true;
        };
    }

    /// Returns an agent's own seed.
    long seed(Seat seat) {
        return Seeds.ofAgent(request.seed(), seat.draw());
    }
}
