package dev.polymnia.agents;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Trunk;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Agents that reason in parallel on one trunk, in waves of 4, 4 more, then 8 more, and vote. The
/// trunk is read once; the agents differ by their seeds. It ends early as [EarlyStop] says: after a
/// wave by the Beta rule, within one by the lossless rule. [Poll] says what they come to.
///
/// If the budget ends, the best answer so far is the answer.
final class Contemplate implements Strategy {
    @Override
    public Outcome answer(Run run) {
        try (Trunk trunk = run.model().open(run.prompt());
                Team team = new Team(run, trunk)) {
            Optional<Event.StoppedEarly> stop = team.work();
            stop.ifPresent(run::tell);
            return team.converge(stop);
        }
    }

    /// The agents of one run.
    private static final class Team implements AutoCloseable {
        private final Run run;
        private final Trunk trunk;
        private final int planned;
        private final List<Agent> agents = new ArrayList<>();
        private final Poll poll;
        private int done;

        Team(Run run, Trunk trunk) {
            this.run = run;
            this.trunk = trunk;
            planned = run.request().planned();
            poll = new Poll(planned);
        }

        /// Runs the waves.
        ///
        /// @return why it did not wait for all agents; empty if it did
        Optional<Event.StoppedEarly> work() {
            for (int wave = 1; agents.size() < planned; wave++) {
                run.request().cancellation().check();
                int size = Poll.afterWave(agents.size(), planned) - agents.size();
                if (run.account().admit(size) < size) {
                    return Optional.of(budgetStop());
                }
                start(size, wave);
                Optional<Event.StoppedEarly> stop = finishWave();
                if (stop.isPresent()) {
                    return stop;
                }
            }
            return Optional.empty();
        }

        private void start(int count, int wave) {
            agents.addAll(Agent.startAll(run, agents.size(), count, wave, trunk));
        }

        private Optional<Event.StoppedEarly> finishWave() {
            while (done < agents.size()) {
                take();
                Optional<Event.StoppedEarly> stop = settled();
                if (stop.isPresent()) {
                    dismiss();
                    return stop;
                }
            }
            if (isBudgetSpent()) {
                return Optional.of(budgetStop());
            }
            boolean last = agents.size() == planned;
            return last ? Optional.empty() : poll.beta();
        }

        /// Takes one event of one agent.
        private void take() {
            Run.Told told = run.next();
            Agent agent = agents.get(told.agent());
            agent.take(told.event());
            if (agent.isDone()) {
                finish(agent);
            }
        }

        private void finish(Agent agent) {
            done++;
            agent.tellFinished();
            poll.add(agent.chain());
            run.tell(poll.tally());
        }

        /// Returns whether the vote is settled within a wave. An agent that the budget cut off
        /// might have voted, so nothing is guaranteed from then on.
        private Optional<Event.StoppedEarly> settled() {
            return isBudgetSpent() ? Optional.empty() : poll.lossless();
        }

        /// Ends the agents that are still at work. One that comes to its end in this moment is
        /// counted: its words are there.
        private void dismiss() {
            agents.stream().filter(agent -> !agent.isDone()).forEach(Agent::cancel);
            while (done < agents.size()) {
                take();
            }
        }

        private boolean isBudgetSpent() {
            return agents.stream()
                    .anyMatch(agent -> agent.reason().filter(Stops::isBudget).isPresent());
        }

        private Event.StoppedEarly budgetStop() {
            return new Event.StoppedEarly(Event.Rule.BUDGET, Stops.words(run));
        }

        Outcome converge(Optional<Event.StoppedEarly> stop) {
            boolean partial = stop.filter(early -> early.rule() == Event.Rule.BUDGET).isPresent();
            run.request().cancellation().check();
            Poll.Choice choice = poll.choice().orElseThrow(this::noWords);
            run.tell(new Event.JoinStarted(choice.method()));
            run.tell(new Event.AnswerDelta(choice.chain().text()));
            return new Outcome(choice.chain().text(), choice.answer(), partial || choice.partial());
        }

        private Fault noWords() {
            return agents.stream()
                    .map(Agent::failure)
                    .flatMap(Optional::stream)
                    .findFirst()
                    .orElseGet(() -> Stops.spent(run));
        }

        @Override
        public void close() {
            agents.forEach(Agent::close);
        }
    }
}
