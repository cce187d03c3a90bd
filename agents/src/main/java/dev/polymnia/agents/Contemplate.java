package dev.polymnia.agents;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Trunk;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Agents that reason in parallel on one trunk, in waves of 4, 4 more, then 8 more, and vote. The
/// trunk is read once; the agents differ by their seeds. It ends early as [EarlyStop] says: after a
/// wave by the Beta rule, within one by the lossless rule.
///
/// If most agents give no short answer the text is free: the medoid of the whole texts is the
/// answer. If the budget ends, the best answer so far is.
final class Contemplate implements Strategy {
    /// The number of agents after each wave.
    private static final int[] WAVES = {4, 8, 16};

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
        private final Ballot ballot = new Ballot();
        private int done;
        private int whole;

        Team(Run run, Trunk trunk) {
            this.run = run;
            this.trunk = trunk;
            planned = run.request().planned();
        }

        /// Runs the waves.
        ///
        /// @return why it did not wait for all agents; empty if it did
        Optional<Event.StoppedEarly> work() {
            for (int wave = 0; agents.size() < planned; wave++) {
                run.request().cancellation().check();
                int size = Math.min(WAVES[wave], planned) - agents.size();
                if (run.account().admit(size) < size) {
                    return Optional.of(budgetStop());
                }
                start(size, wave + 1);
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
            return last
                    ? Optional.empty()
                    : EarlyStop.beta(ballot.leader(), ballot.votes() - ballot.leader());
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
            whole += agent.isWhole() ? 1 : 0;
            agent.tellFinished();
            Optional<String> answer = agent.shortAnswer();
            if (agent.votes() && answer.isPresent()) {
                ballot.add(
                        new Ballot.Vote(
                                answer.get(), agent.confidence(), agent.length(), agent.number()));
            } else {
                ballot.addSilent();
            }
            run.tell(ballot.tally(planned - done));
        }

        /// Returns whether the vote is settled within a wave: no vote that is still out can change
        /// the winner, and no free text that is still out can make the run one of free text. An
        /// agent that the budget cut off might have voted, so nothing is guaranteed from then on.
        private Optional<Event.StoppedEarly> settled() {
            int pending = planned - done;
            if (!isVote(whole + pending) || isBudgetSpent()) {
                return Optional.empty();
            }
            return EarlyStop.lossless(ballot.leader(), ballot.second(), pending);
        }

        /// Returns whether the answers that can be counted are not outnumbered by free texts.
        private boolean isVote(int chains) {
            return !ballot.isEmpty() && 2 * ballot.votes() >= chains;
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
            Optional<Ballot.Vote> winner = ballot.winner();
            if (winner.isPresent() && isVote(whole)) {
                Agent agent = agents.get(winner.get().agent());
                return tell(
                        Event.Method.VOTE,
                        agent.text(),
                        Optional.of(winner.get().answer()),
                        partial);
            }
            List<Agent> chains = agents.stream().filter(Agent::isWhole).toList();
            if (!chains.isEmpty()) {
                Agent medoid = chains.get(Medoid.of(chains.stream().map(Agent::text).toList()));
                return tell(Event.Method.MEDOID, medoid.text(), Optional.empty(), partial);
            }
            return bestEffort();
        }

        /// Returns the best of chains that were all cut off: one that got as far as an answer, or
        /// else the longest.
        private Outcome bestEffort() {
            Agent best =
                    agents.stream()
                            .filter(agent -> !agent.text().isEmpty())
                            .max(
                                    Comparator.comparing((Agent agent) ->
                                                    agent.shortAnswer().isPresent())
                                            .thenComparingLong(Agent::length))
                            .orElseThrow(this::noWords);
            return tell(Event.Method.ONLY, best.text(), best.shortAnswer(), true);
        }

        private Fault noWords() {
            return agents.stream()
                    .map(Agent::failure)
                    .flatMap(Optional::stream)
                    .findFirst()
                    .orElseGet(() -> Stops.spent(run));
        }

        private Outcome tell(
                Event.Method method, String text, Optional<String> answer, boolean partial) {
            run.tell(new Event.JoinStarted(method));
            run.tell(new Event.AnswerDelta(text));
            return new Outcome(text, answer, partial);
        }

        @Override
        public void close() {
            agents.forEach(Agent::close);
        }
    }
}
