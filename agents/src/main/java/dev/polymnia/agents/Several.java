package dev.polymnia.agents;

import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.model.ModelProfile;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Trunk;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// [Several][Wishes#answers] answers to one question, each by an agent of its own on one trunk:
/// draws that nobody compares. The first is what one agent alone would say. An answer is what its
/// agent tells in the answer's channel; the run's own outcome is the first.
final class Several implements Strategy {
    @Override
    public RunResult answer(Run run) {
        requirePossible(run.request());
        ModelProfile.Alone alone = run.brief().alone();
        Prompt prompt = run.brief().prompt(alone.instruction());
        List<Seat> seats = new ArrayList<>();
        for (int i = 0; i < run.request().wishes().answers(); i++) {
            seats.add(new Seat(i, i, alone.approach()));
        }
        if (run.account().admit(seats.size()) < seats.size()) {
            throw Stops.spent(run);
        }
        SortedMap<Integer, Agent> agents = new TreeMap<>();
        try (Trunk trunk = run.open(prompt, alone.approach())) {
            Agent.startAll(run, new Agent.Start(seats, 1, run.brief()::options), trunk, prompt)
                    .forEach(agent -> agents.put(agent.number(), agent));
            await(run, agents);
            return new RunResult.Answered(outcome(run, agents.values().stream().toList()));
        } finally {
            agents.values().forEach(Agent::close);
        }
    }

    private static void requirePossible(RunRequest request) {
        if (request.mode() != Mode.INSTANT || !request.specs().isEmpty()) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "%d answers are drawn at once: in the mode instant, without tools; ask so, or for one."
                            .formatted(request.wishes().answers()));
        }
    }

    private static void await(Run run, SortedMap<Integer, Agent> agents) {
        int done = 0;
        while (done < agents.size()) {
            Optional<Agent> heard = run.hear(agents);
            if (heard.isEmpty()) {
                agents.values().forEach(Agent::cancel);
            } else if (heard.get().isDone()) {
                heard.get().tellFinished();
                done++;
            }
        }
    }

    private static Outcome outcome(Run run, List<Agent> agents) {
        agents.stream()
                .flatMap(agent -> agent.failure().stream())
                .findFirst()
                .ifPresent(why -> {
                    throw why;
                });
        if (run.isFinishing()) {
            run.tell(Stops.asked());
        } else {
            agents.forEach(agent -> Stops.checkCancelled(run, agent));
        }
        boolean spent = agents.stream().anyMatch(agent -> has(agent, Stops::isBudget));
        if (spent) {
            run.tell(new Event.StoppedEarly(Event.Rule.BUDGET, Stops.words(run)));
        }
        if (agents.stream().allMatch(agent -> agent.text().isEmpty())) {
            throw spent || run.isFinishing() ? Stops.nothing(run) : Stops.wordless();
        }
        Agent first = agents.getFirst();
        run.tell(new Event.JoinStarted(Event.Method.ONLY));
        run.tell(new Event.AnswerDelta(first.text()));
        boolean partial = agents.stream().anyMatch(agent -> has(agent, StopReason::isCutOff));
        return new Outcome(first.text(), first.shortAnswer(), partial);
    }

    private static boolean has(Agent agent, Predicate<StopReason> kind) {
        return agent.reason().filter(kind).isPresent();
    }
}
