package dev.polymnia.agents;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.TeamProfile;
import dev.polymnia.core.model.Trunk;
import dev.polymnia.core.run.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The agents of one run at work on one trunk: begun in [waves][Waves], counted in a [poll][Poll].
/// Confined to the run's thread.
final class Team implements AutoCloseable {
    private final Run run;
    private final Trunk trunk;
    private final Prompt prompt;
    private final List<Seat> seats;
    private final List<Agent> agents = new ArrayList<>();
    private final Poll poll;
    private final Waves waves;
    private final int first;
    private int wave;
    private int done;

    /// Plans a team; nobody starts yet.
    ///
    /// @param trunk is open, and stays the caller's
    /// @param prompt what it was opened with
    /// @param round who they are
    Team(Run run, Trunk trunk, Prompt prompt, TeamProfile profile, Round round) {
        this.run = run;
        this.trunk = trunk;
        this.prompt = prompt;
        first = round.first();
        wave = round.waves();
        seats = Seat.deal(profile, first, round.agents());
        poll = new Poll(seats.stream().map(Seat::approach).toList());
        waves = new Waves(poll, profile.stop());
    }

    /// Which agents of a run a team has.
    ///
    /// @param first the number of the first
    /// @param agents how many there are at the most
    /// @param waves how many have been before
    record Round(int first, int agents, int waves) {
        /// Returns the first round of a run.
        static Round first(Run run) {
            return new Round(0, run.request().planned(), 0);
        }

        /// Returns the round after this one.
        ///
        /// @param waves how many have been by now
        Round next(int agents, int waves) {
            return new Round(first + this.agents, agents, waves);
        }
    }

    /// Returns how many waves there have been, those of earlier rounds included.
    int waves() {
        return wave;
    }

    /// Returns the chains that have ended.
    List<Chain> chains() {
        return agents.stream().filter(Agent::isDone).map(Agent::chain).toList();
    }

    /// Returns how the vote stands.
    Poll poll() {
        return poll;
    }

    /// Works until the vote is over or the budget spent.
    ///
    /// @return why it did not wait for all agents; empty if it did
    /// @throws Fault `CANCELLED`
    Optional<Event.StoppedEarly> work() {
        while (true) {
            if (run.request().cancellation().isRequested()) {
                dismiss();
                run.request().cancellation().check();
            }
            if (isBudgetSpent()) {
                return spent();
            }
            switch (waves.next()) {
                case Waves.Step.Begin(int count) -> {
                    if (run.account().admit(count) < count) {
                        return spent();
                    }
                    start(count);
                }
                case Waves.Step.Wait _ -> waitForOne();
                case Waves.Step.Over(Optional<Event.StoppedEarly> why) -> {
                    dismiss();
                    return why;
                }
            }
        }
    }

    private void start(int count) {
        List<Seat> next = seats.subList(agents.size(), agents.size() + count);
        wave++;
        agents.addAll(Agent.startAll(run, next, wave, trunk, prompt));
    }

    /// Waits for the end of one agent.
    private void waitForOne() {
        int before = done;
        while (done == before) {
            Run.Told told = run.next();
            Agent agent = agents.get(told.agent() - first);
            agent.take(told.news());
            if (agent.isDone()) {
                finish(agent);
            }
        }
    }

    private void finish(Agent agent) {
        done++;
        agent.tellFinished();
        poll.add(agent.chain().withNumber(agent.number() - first));
        run.tell(poll.tally());
    }

    /// An agent that the budget cut off might have voted, so no rule holds from then on; the others
    /// end as the budget lets them.
    private Optional<Event.StoppedEarly> spent() {
        while (done < agents.size()) {
            waitForOne();
        }
        return Optional.of(new Event.StoppedEarly(Event.Rule.BUDGET, Stops.words(run)));
    }

    /// Ends the agents that are still at work. One that comes to its end in this moment is counted:
    /// its words are there.
    private void dismiss() {
        agents.stream().filter(agent -> !agent.isDone()).forEach(Agent::cancel);
        while (done < agents.size()) {
            waitForOne();
        }
    }

    private boolean isBudgetSpent() {
        return agents.stream()
                .anyMatch(agent -> agent.reason().filter(Stops::isBudget).isPresent());
    }

    /// Returns why there is nothing to be said.
    Fault noWords() {
        return agents.stream()
                .flatMap(agent -> agent.failure().or(agent::unrunnable).stream())
                .findFirst()
                .orElseGet(() -> Stops.spent(run));
    }

    @Override
    public void close() {
        agents.forEach(Agent::close);
    }
}
