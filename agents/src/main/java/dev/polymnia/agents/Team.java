package dev.polymnia.agents;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.TeamProfile;
import dev.polymnia.core.model.Trunk;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The agents of one run at work on one trunk: begun in [waves][Waves], counted in a [poll][Poll].
/// Confined to the run's thread.
final class Team implements AutoCloseable {
    private final Run run;
    private final Trunk trunk;
    private final Prompt prompt;
    private final TeamProfile profile;
    private final List<Seat> seats;
    private final SortedMap<Integer, Agent> agents = new TreeMap<>();

    /// Those that were done before the run was suspended.
    private final List<Suspended.Ended> ended = new ArrayList<>();

    private final Poll poll;
    private final Waves waves;
    private final int first;
    private int wave;
    private int done;
    private boolean suspended;
    private boolean cutShort;

    /// Plans a team; nobody starts yet, but whoever waited when the run was suspended waits on.
    ///
    /// @param trunk is open, and stays the caller's
    /// @param prompt the conversation; what it was opened with, but for exemplars
    /// @param round who they are
    Team(Run run, Trunk trunk, Prompt prompt, TeamProfile profile, Round round) {
        this.run = run;
        this.trunk = trunk;
        this.prompt = prompt;
        this.profile = profile;
        first = round.first();
        wave = round.waves();
        seats = new ArrayList<>(Seat.deal(profile, first, round.agents()));
        Optional<Suspended> before = first == 0 ? run.before() : Optional.empty();
        before.ifPresent(it -> keepApproaches(it, seats));
        poll = new Poll(seats.stream().map(Seat::approach).toList());
        waves = new Waves(poll, profile.stop());
        before.ifPresent(this::restore);
        if (first == 0) {
            run.desk().plan(seats.size());
        }
    }

    /// Those that have begun go on as they did, whatever the profile says now.
    private static void keepApproaches(Suspended before, List<Seat> seats) {
        for (Suspended.Ended each : before.ended()) {
            int number = each.chain().number();
            seats.set(number, new Seat(number, seats.get(number).draw(), each.approach()));
        }
        before.waiting().forEach(each -> seats.set(each.number(), each.seat()));
    }

    private void restore(Suspended before) {
        ended.addAll(before.ended());
        ended.forEach(each -> poll.add(each.chain()));
        keepBest();
        wave = before.wave();
        waves.restore(before.begun());
        Agent.resumeAll(run, before.waiting(), trunk, prompt)
                .forEach(agent -> agents.put(agent.number(), agent));
    }

    /// Returns whether it waits for the client.
    boolean isSuspended() {
        return suspended;
    }

    /// Returns all that is needed to go on once the client has run its tools.
    Suspended suspend() {
        List<Suspended.Ended> all = new ArrayList<>(ended);
        List<Suspended.Waiting> waiting = new ArrayList<>();
        for (Agent agent : agents.values()) {
            if (agent.isDone()) {
                all.add(agent.ended());
            } else {
                waiting.add(agent.waiting());
            }
        }
        return run.suspend(all, waiting, wave);
    }

    /// Which agents of a run a team has.
    ///
    /// @param first the number of the first
    /// @param agents how many there are at the most
    /// @param waves how many have been before
    record Round(int first, int agents, int waves) {
        /// Returns the first round of a run. More may have [joined][Team#grow] it before it was
        /// suspended.
        static Round first(Run run) {
            int begun = run.before().map(Suspended::begun).orElse(0);
            return new Round(0, Math.max(begun, run.request().planned()), 0);
        }
    }

    /// Returns the round after this team's.
    ///
    /// @param agents how many there are to be
    Round next(int agents) {
        return new Round(first + seats.size(), agents, wave);
    }

    /// Returns the chains that have ended.
    List<Chain> chains() {
        return Stream.concat(
                        ended.stream().map(Suspended.Ended::chain),
                        agents.values().stream().filter(Agent::isDone).map(Agent::chain))
                .toList();
    }

    /// Returns all that the agent of a chain wrote.
    ///
    /// @param chain of this team's [poll][#poll]
    String words(Chain chain) {
        // Of those that were done before the run was suspended only the answer is left.
        return Optional.ofNullable(agents.get(first + chain.number()))
                .map(Agent::said)
                .orElse(chain.text());
    }

    /// Returns the place of whoever is asked after this team.
    Panel.Place after() {
        return new Panel.Place(first + ended.size() + agents.size(), wave + 1);
    }

    /// Returns how the vote stands.
    Poll poll() {
        return poll;
    }

    /// Works until the vote is over, the budget spent, the best answer so far asked for, or the
    /// client has to run tools.
    ///
    /// @return why it did not wait for all agents; empty if it did, or if it is suspended
    /// @throws Fault `CANCELLED`
    Optional<Event.StoppedEarly> work() {
        while (!suspended) {
            if (run.request().cancellation().isRequested()) {
                dismiss();
                run.request().cancellation().check();
            }
            if (run.isFinishing()) {
                dismiss();
                return Optional.of(Stops.asked());
            }
            if (isBudgetSpent()) {
                return spent();
            }
            if (first == 0 && wave > 0 && run.takesMore()) {
                grow();
            }
            switch (waves.next()) {
                case Waves.Step.Begin(int count) -> {
                    if (!start(count)) {
                        return spent();
                    }
                }
                case Waves.Step.Wait _ -> waitForOne();
                case Waves.Step.Over(Optional<Event.StoppedEarly> why) -> {
                    dismiss();
                    return why;
                }
            }
        }
        return Optional.empty();
    }

    /// Starts agents.
    ///
    /// @return whether the budget allows it
    private boolean start(int count) {
        if (run.account().admit(count) < count) {
            return false;
        }
        begin(count);
        return true;
    }

    private void begin(int count) {
        int begun = ended.size() + agents.size();
        wave++;
        List<Seat> next = seats.subList(begun, begun + count);
        Agent.startAll(run, new Agent.Start(next, wave, run.brief()::options), trunk, prompt)
                .forEach(agent -> agents.put(agent.number(), agent));
    }

    /// Begins one more wave: the next one that is planned, or else as many agents as there are. If
    /// the limits of the run do not allow all of it, as many as they do; whoever makes the answer
    /// afterwards keeps a place.
    private void grow() {
        int begun = ended.size() + agents.size();
        int wanted = begun == seats.size() ? begun : waves.more();
        int spare = run.brief().putsIntoForm() || run.request().team().explained() ? 1 : 0;
        int room = Math.min(RunRequest.MOST_AGENTS - begun, run.account().agentsLeft() - spare);
        int joining = run.account().admit(Math.max(0, Math.min(wanted, room)));
        plan(begun + joining);
        waves.restore(begun + joining);
        if (joining > 0) {
            begin(joining);
            run.tell(poll.tally());
        }
    }

    private void plan(int agents) {
        List<Seat> all = Seat.deal(profile, first, Math.max(seats.size(), agents));
        List<Seat> joining = all.subList(seats.size(), all.size());
        poll.plan(joining.stream().map(Seat::approach).toList());
        seats.addAll(joining);
        run.desk().plan(seats.size());
    }

    /// Waits for the end of one agent, until the client has to run tools, or until the run is to
    /// finish.
    private void waitForOne() {
        int before = done;
        while (done == before) {
            if (isForClient()) {
                suspended = true;
                return;
            }
            Optional<Agent> heard = run.hear(agents);
            if (heard.isEmpty()) {
                return;
            }
            heard.filter(Agent::isDone).ifPresent(this::finish);
        }
    }

    /// If all wait for the agreement of more, the next wave begins; they may agree.
    private boolean isForClient() {
        if (run.isStill() && !run.desk().isForClient()) {
            int begun = ended.size() + agents.size();
            int more = waves.more();
            if (more > 0 && start(more)) {
                return false;
            }
            waves.restore(begun);
        }
        return run.isForClient();
    }

    private void finish(Agent agent) {
        done++;
        agent.tellFinished();
        poll.add(agent.chain().withNumber(agent.number() - first));
        run.tell(poll.tally());
        keepBest();
    }

    private void keepBest() {
        if (first == 0) {
            // What a later round says counts only once it is whole.
            Supplier<Optional<Poll.Choice>> soFar = poll.soFar();
            run.keep(() -> soFar.get().map(Team::partial));
        }
    }

    private static Outcome partial(Poll.Choice choice) {
        return new Outcome(choice.chain().text(), choice.answer(), true);
    }

    /// An agent that the budget cut off might have voted, so no rule holds from then on; the others
    /// end as the budget lets them.
    private Optional<Event.StoppedEarly> spent() {
        cutShort = true;
        boolean late = run.account().isTimeUp();
        run.desk().halt(late ? StopReason.BUDGET_TIME : StopReason.BUDGET_TOKENS);
        while (done < agents.size()) {
            waitForOne();
        }
        return Optional.of(new Event.StoppedEarly(Event.Rule.BUDGET, Stops.words(run)));
    }

    /// Ends the agents that are still at work. One that comes to its end in this moment is counted:
    /// its words are there.
    private void dismiss() {
        agents.values().stream().filter(agent -> !agent.isDone()).forEach(Agent::cancel);
        run.desk().halt(StopReason.CANCELLED);
        while (done < agents.size()) {
            waitForOne();
        }
    }

    private boolean isBudgetSpent() {
        return agents.values().stream()
                .anyMatch(agent -> agent.reason().filter(Stops::isBudget).isPresent());
    }

    /// Returns why there is nothing to be said: what happened to each agent, said once if it is the
    /// same.
    Fault noWords() {
        SortedMap<Integer, Fault> faults = new TreeMap<>();
        for (Suspended.Ended each : ended) {
            each.failure().ifPresent(why -> faults.put(each.chain().number(), why.fault()));
        }
        agents.forEach((number, agent) -> agent.fault().ifPresent(why -> faults.put(number, why)));
        if (faults.isEmpty()) {
            return run.isFinishing() || cutShort ? Stops.nothing(run) : Stops.answerless(chains());
        }
        Fault first = faults.firstEntry().getValue();
        if (faults.values().stream().map(Fault::getMessage).distinct().count() == 1) {
            return first;
        }
        StringJoiner all = new StringJoiner(" ");
        faults.forEach(
                (number, why) -> all.add("Agent %d: %s".formatted(number + 1, why.getMessage())));
        return new Fault(first.code(), "No agent has an answer. " + all, first);
    }

    @Override
    public void close() {
        agents.values().forEach(Agent::close);
    }
}
