package dev.polymnia.agents;

import static java.util.Objects.requireNonNull;

import dev.polymnia.agents.answer.AnswerReader;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.TaskClass;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.Role;
import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.core.model.Capability;
import dev.polymnia.core.model.Detail;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.ModelProfile;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.ReasoningSwitch;
import dev.polymnia.core.model.TeamProfile;
import dev.polymnia.core.model.Trunk;
import dev.polymnia.core.model.Usage;
import dev.polymnia.core.run.Account;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Ledger;
import dev.polymnia.core.run.RunEvent;
import dev.polymnia.core.run.Seeds;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// What the strategies of a run share: its account, its prompt, and the way of its events. Confined
/// to the run's thread, but for the listeners that [Agent] hands to the model.
final class Run {
    /// What agents' branches and programs told, on its way from their threads to the run's. Its
    /// length is bounded by what the agents may generate while the run's listener is at work.
    private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();

    private final RunRequest request;
    private final BranchingModel model;
    private final RunListener listener;
    private final Account account;
    private final @Nullable ProgramRunner programs;
    private final TaskClass question;
    private long sequence;

    /// What has been entered of each trunk.
    private final IdentityHashMap<Trunk, Usage> settled = new IdentityHashMap<>();

    /// What is told, with the number of its agent.
    record Told(int agent, News news) {}

    /// What can be told of an agent.
    sealed interface News {
        /// Its branch told something.
        record Said(BranchEvent event) implements News {}

        /// Its program has ended.
        record Ran(ProgramRunner.Result result) implements News {}

        /// Its program could not be run.
        record Unrunnable(Fault fault) implements News {}
    }

    Run(
            RunRequest request,
            BranchingModel model,
            Clock clock,
            RunListener listener,
            @Nullable ProgramRunner programs) {
        this.request = request;
        this.model = model;
        this.listener = listener;
        this.programs = programs;
        account = new Account(request.budget(), clock);
        question = Assistant.classOf(request.messages());
    }

    RunRequest request() {
        return request;
    }

    BranchingModel model() {
        return model;
    }

    Account account() {
        return account;
    }

    /// Returns what kind of answer the question wants.
    TaskClass question() {
        return question;
    }

    ReasoningSwitch reasoning() {
        return model.info().profile().reasoning();
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

    /// Returns how a team works on the question. Programs are part of it only if they can be run.
    TeamProfile team() {
        TeamProfile profile = model.info().profile().team(question);
        return programs == null
                ? profile.only(approach -> approach.kind() != Approach.Kind.PROGRAM)
                : profile;
    }

    /// Returns how a lone agent works on the question in the run's mode.
    ModelProfile.Alone alone() {
        return model.info().profile().alone(request.mode(), question);
    }

    /// Returns what was asked last.
    String questionText() {
        return request.messages().getLast().text();
    }

    /// Returns whether programs of agents can be run.
    boolean runsPrograms() {
        return programs != null;
    }

    /// Returns what runs the programs of agents.
    ///
    /// @throws IllegalStateException if nothing does
    ProgramRunner programs() {
        if (programs == null) {
            throw new IllegalStateException("nothing runs programs");
        }
        return programs;
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
        boolean thinks = request.mode() != Mode.INSTANT && model.info().can(Capability.REASONING);
        return new Prompt(messages, List.of(), thinks, "");
    }

    /// Returns how an agent samples.
    GenerationOptions options(Seat seat) {
        Approach approach = seat.approach();
        boolean tells = model.info().can(Capability.LOG_PROBABILITIES);
        return GenerationOptions.DEFAULT
                .withSampling(approach.sampling())
                .withSeed(seed(seat))
                .withMaxTokens(approach.maxTokens())
                .withDetail(tells ? Detail.LOG_PROBABILITIES : Detail.NONE)
                .withMeter(account.meter())
                .withCancellation(request.cancellation());
    }

    /// Returns an agent's own seed.
    long seed(Seat seat) {
        return Seeds.ofAgent(request.seed(), seat.draw());
    }

    /// Enters what reading a trunk has cost since it was entered last: the agents that share it are
    /// not charged for it.
    void settle(Trunk trunk) {
        Usage all = trunk.usage();
        Usage before = requireNonNull(settled.getOrDefault(trunk, Usage.NONE));
        if (!all.equals(before)) {
            account.settle(
                    Ledger.SHARED,
                    new Usage(
                            all.cached() - before.cached(), all.computed() - before.computed(), 0));
            settled.put(trunk, all);
        }
    }

    /// Tells something about the run as a whole.
    void tell(Event event) {
        tell(RunEvent.WHOLE, event);
    }

    /// Tells something about one agent.
    void tell(int agent, Event event) {
        listener.on(new RunEvent(request.run(), agent, sequence++, account.elapsed(), event));
    }

    /// Takes what is told of an agent; called on any thread, returns at once.
    void take(int agent, News news) {
        told.add(new Told(agent, news));
    }

    /// Waits for the next event of any agent.
    ///
    /// @throws Fault with `CANCELLED` if the thread is interrupted
    Told next() {
        try {
            return told.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault(Fault.Code.CANCELLED, "The run was interrupted.", e);
        }
    }
}
