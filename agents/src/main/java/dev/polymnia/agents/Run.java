package dev.polymnia.agents;

import dev.polymnia.agents.answer.AnswerReader;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.Role;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.core.model.Capability;
import dev.polymnia.core.model.Detail;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.ModelProfile.ModeSettings;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.ReasoningSwitch;
import dev.polymnia.core.model.Usage;
import dev.polymnia.core.run.Account;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Ledger;
import dev.polymnia.core.run.RunEvent;
import dev.polymnia.core.run.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// What the strategies of a run share: its account, its prompt, and the way of its events. Confined
/// to the run's thread, but for the listeners that [Agent] hands to the model.
final class Run {
    /// What an agent's branch told, on its way from the model's thread to the run's. Its length is
    /// bounded by what the agents may generate while the run's listener is at work.
    private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();

    private final RunRequest request;
    private final BranchingModel model;
    private final RunListener listener;
    private final Account account;
    private long sequence;
    private Usage trunkSettled = Usage.NONE;

    /// A branch's event with the number of its agent.
    record Told(int agent, BranchEvent event) {}

    Run(RunRequest request, BranchingModel model, Clock clock, RunListener listener) {
        this.request = request;
        this.model = model;
        this.listener = listener;
        account = new Account(request.budget(), clock);
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
        return new AnswerReader(marker, request.messages().getLast().text());
    }

    /// Returns the prompt that all agents share: the conversation with the mode's instruction at
    /// the end of its system message.
    Prompt prompt() {
        List<Message> messages = new ArrayList<>(request.messages());
        String instruction = settings().instruction().strip();
        if (!instruction.isEmpty()) {
            if (messages.getFirst().role() == Role.SYSTEM) {
                String own = messages.removeFirst().text().strip();
                instruction = own.isEmpty() ? instruction : own + "\n\n" + instruction;
            }
            messages.addFirst(Message.system(instruction));
        }
        boolean thinks = request.mode() != Mode.INSTANT && model.info().can(Capability.REASONING);
        return new Prompt(messages, List.of(), thinks, "");
    }

    /// Returns how one agent samples.
    GenerationOptions options(int agent) {
        ModeSettings settings = settings();
        boolean tells = model.info().can(Capability.LOG_PROBABILITIES);
        return GenerationOptions.DEFAULT
                .withSampling(settings.sampling())
                .withSeed(Seeds.ofAgent(request.seed(), agent))
                .withMaxTokens(settings.maxTokens())
                .withDetail(tells ? Detail.LOG_PROBABILITIES : Detail.NONE)
                .withMeter(account.meter())
                .withCancellation(request.cancellation());
    }

    /// Enters what reading the trunk has cost since it was entered last: the agents that share it
    /// are not charged for it.
    void settleTrunk(Usage all) {
        if (!all.equals(trunkSettled)) {
            account.settle(
                    Ledger.SHARED,
                    new Usage(
                            all.cached() - trunkSettled.cached(),
                            all.computed() - trunkSettled.computed(),
                            0));
            trunkSettled = all;
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

    /// Takes what an agent's branch tells; called on the model's thread, returns at once.
    void take(int agent, BranchEvent event) {
        told.add(new Told(agent, event));
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

    private ModeSettings settings() {
        return model.info().profile().settings(request.mode());
    }
}
