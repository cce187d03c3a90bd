package dev.polymnia.agents;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Trunk;
import dev.polymnia.core.model.Usage;
import dev.polymnia.core.run.Account;
import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Ledger;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.core.run.RunEvent;
import java.time.Duration;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the strategies of a run share: its account, its prompt, its tools, and the way of its
/// events. Confined to the run's thread, but for the listeners that [Agent] hands to the model.
final class Run implements AutoCloseable {
    /// What agents' branches and programs told, on its way from their threads to the run's. Its
    /// length is bounded by what the agents may generate while the run's listener is at work.
    private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();

    /// While tools or programs run the limits are looked at again after this, as nothing else may
    /// happen.
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private static final Duration LONGEST = Duration.ofDays(1);

    private final RunRequest request;
    private final BranchingModel model;
    private final RunListener listener;
    private final Account account;
    private final @Nullable ProgramRunner programs;
    private final Brief brief;
    private final ToolDesk desk;
    private final Set<AgentProgram> programsAtWork = new HashSet<>();
    private final @Nullable Suspended before;
    private volatile boolean finishing;
    private final AtomicBoolean wantsMore = new AtomicBoolean();
    private volatile Supplier<Optional<Outcome>> best = Optional::empty;
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

        /// A tool that it called has answered, or was not run.
        ///
        /// @param agents how many agents have asked the same
        record Answered(Content.ToolResult result, int agents) implements News {}

        /// It waits for tools in vain.
        record Halted(StopReason reason) implements News {}

        /// The run is to end with its best answer so far; wakes whoever waits.
        record Finish() implements News {}

        /// One more wave is wanted; wakes the run.
        record More() implements News {}

        /// Its limits are raised; for the run.
        record Raised() implements News {}

        /// A tool has ended, which concerns all that asked; for the desk.
        record Returned(ToolJob job, Content.ToolResult result) implements News {}
    }

    Run(
            RunRequest request,
            BranchingModel model,
            Clock clock,
            RunListener listener,
            @Nullable ProgramRunner programs) {
        this(
                request,
                null,
                model,
                new Account(request.budget(), clock, model.info().prices()),
                listener,
                programs);
    }

    private Run(
            RunRequest request,
            @Nullable Suspended before,
            BranchingModel model,
            Account account,
            RunListener listener,
            @Nullable ProgramRunner programs) {
        this.request = request;
        this.before = before;
        this.model = model;
        this.account = account;
        this.listener = listener;
        this.programs = programs;
        desk = new ToolDesk(request, (news, agent) -> take(agent, news));
        brief = new Brief(request, model.info(), programs != null, account.meter());
    }

    /// Returns a run that goes on.
    ///
    /// @param settled the client's calls with their results
    static Run resumed(
            Suspended before,
            List<Suspended.Settled> settled,
            BranchingModel model,
            Clock clock,
            RunListener listener,
            @Nullable ProgramRunner programs) {
        RunRequest request = before.request();
        Account account =
                new Account(
                        request.budget(),
                        clock,
                        model.info().prices(),
                        before.spent(),
                        before.begun());
        Run run = new Run(request, before, model, account, listener, programs);
        run.sequence = before.sequence();
        run.desk.restore(before, settled);
        return run;
    }

    /// Returns where this run was suspended; empty if it begins.
    Optional<Suspended> before() {
        return Optional.ofNullable(before);
    }

    /// Returns what sees to the tools' calls.
    ToolDesk desk() {
        return desk;
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

    /// Returns how the agents are asked.
    Brief brief() {
        return brief;
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

    /// Notes that an agent's program is at work; it is held against the run's time.
    void began(AgentProgram program) {
        programsAtWork.add(program);
    }

    /// Notes that an agent's program has ended.
    void ended(AgentProgram program) {
        programsAtWork.remove(program);
    }

    /// Opens the trunk that agents of an approach read whole. Those of others share what comes
    /// before its [exemplars][Exemplars].
    ///
    /// @param prompt the conversation
    Trunk open(Prompt prompt, Approach approach) {
        return model.open(Exemplars.before(prompt, approach));
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

    /// Asks for the end of the run with its best answer so far; called on any thread, returns at
    /// once.
    void finish() {
        finishing = true;
        take(RunEvent.WHOLE, new News.Finish());
    }

    /// Asks for one more wave of agents; called on any thread, returns at once.
    void more() {
        wantsMore.set(true);
        take(RunEvent.WHOLE, new News.More());
    }

    /// Takes the wish for one more wave.
    ///
    /// @return whether there was one
    boolean takesMore() {
        return wantsMore.getAndSet(false);
    }

    /// Raises the limits of the run; called on any thread, returns at once.
    void raise(Budget limits) {
        account.raise(limits);
        take(RunEvent.WHOLE, new News.Raised());
    }

    /// Returns whether the run is to end with its best answer so far.
    boolean isFinishing() {
        return finishing;
    }

    /// Keeps the best answer so far.
    ///
    /// @param outcome tells it, on any thread
    void keep(Supplier<Optional<Outcome>> outcome) {
        best = outcome;
    }

    /// Returns the best answer so far; called on any thread.
    Optional<Outcome> best() {
        return best.get();
    }

    /// Takes the calls of an agent's turn. It is told what comes of them.
    void askTools(int agent, List<Content.ToolCall> calls) {
        checkLimits();
        desk.ask(agent, calls);
    }

    /// Returns whether all agents at work wait, and nothing can come any more.
    boolean isStill() {
        return told.isEmpty() && desk.isStill();
    }

    /// Returns whether the run has to be suspended: all agents at work wait, one of them for the
    /// client. Before that it is decided about what waits for an agreement that cannot come.
    boolean isForClient() {
        if (isStill() && !desk.isForClient()) {
            desk.settle();
        }
        return isStill() && desk.isForClient();
    }

    /// Suspends the run, which tells it.
    ///
    /// @param ended the agents that are done
    /// @param waiting all others
    Suspended suspend(List<Suspended.Ended> ended, List<Suspended.Waiting> waiting, int wave) {
        List<Suspended.Pending> calls =
                desk.forClient("call-%s-%d-".formatted(request.run(), sequence));
        Ledger ledger = account.ledger();
        tell(new Event.Suspended(calls.stream().map(Suspended.Pending::call).toList(), ledger));
        return new Suspended(
                request, calls, ended, waiting, desk.settled(), ledger, sequence, wave);
    }

    /// Waits for the next event of any agent and has its agent take it.
    ///
    /// @param agents all that have begun, by their numbers
    /// @return whose event it was; empty, once, if the run [is to finish][#isFinishing], or [more
    ///   are wanted][#takesMore]
    /// @throws Fault with `CANCELLED` if the thread is interrupted
    Optional<Agent> hear(Map<Integer, Agent> agents) {
        Told next = next();
        if (next.news() instanceof News.Finish || next.news() instanceof News.More) {
            return Optional.empty();
        }
        Agent agent = agents.get(next.agent());
        if (agent == null) {
            throw new IllegalStateException("an event of agent " + next.agent());
        }
        agent.take(next.news());
        return Optional.of(agent);
    }

    /// Waits for the next event of any agent.
    ///
    /// @throws Fault with `CANCELLED` if the thread is interrupted
    Told next() {
        while (true) {
            boolean unheld = desk.isBusy() || !programsAtWork.isEmpty();
            Told next = unheld ? nextBesideTools() : await(LONGEST);
            if (next == null) {
                continue;
            }
            switch (next.news()) {
                case News.Returned(ToolJob job, Content.ToolResult result) ->
                        desk.returned(job, result);
                case News.Raised _ -> tell(new Event.BudgetRaised(account.budget()));
                default -> {
                    return next;
                }
            }
        }
    }

    /// Waits while agents wait for tools or programs, which nobody else holds against the run's
    /// limits.
    private @Nullable Told nextBesideTools() {
        checkLimits();
        return await(LOOK_AGAIN);
    }

    private void checkLimits() {
        if (request.cancellation().isRequested()) {
            desk.halt(StopReason.CANCELLED);
        } else if (account.isTimeUp()) {
            desk.halt(StopReason.BUDGET_TIME);
            programsAtWork.forEach(each -> each.stop(StopReason.BUDGET_TIME));
        }
    }

    private @Nullable Told await(Duration longest) {
        try {
            return told.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault(Fault.Code.CANCELLED, "The run was interrupted.", e);
        }
    }

    /// Ends the tools that still run.
    @Override
    public void close() {
        desk.close();
    }
}
