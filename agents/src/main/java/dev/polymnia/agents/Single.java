package dev.polymnia.agents;

import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.ModelProfile;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Trunk;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// One agent, whose answer is streamed as it comes: the Instant and the Thinking mode.
final class Single implements Strategy {
    @Override
    public RunResult answer(Run run) {
        ModelProfile.Alone alone = run.brief().alone();
        Prompt prompt = run.brief().prompt(alone.instruction());
        try (Trunk trunk = run.open(prompt, alone.approach());
                Agent agent = start(run, trunk, prompt, alone.approach())) {
            boolean formed = run.brief().putsIntoForm();
            boolean streamed = !formed && agent.hasAnswered();
            // Others read it while this thread adds to it.
            Queue<String> soFar = new ConcurrentLinkedQueue<>();
            run.keep(() ->
                    Optional.of(String.join("", soFar).strip())
                            .filter(words -> !words.isEmpty())
                            .map(words -> new Outcome(words, Optional.empty(), true)));
            while (!agent.isDone()) {
                if (run.isForClient()) {
                    return run.suspend(List.of(), List.of(agent.waiting()), 1);
                }
                Run.Told told = run.next();
                if (told.news() instanceof Run.News.Finish) {
                    agent.cancel();
                    run.desk().halt(StopReason.CANCELLED);
                    continue;
                }
                String words = agent.take(told.news());
                if (!words.isEmpty()) {
                    soFar.add(words);
                    if (!formed) {
                        tell(run, words, !streamed);
                        streamed = true;
                    }
                }
            }
            agent.tellFinished();
            return new RunResult.Answered(outcome(run, agent, prompt, streamed));
        }
    }

    private static Agent start(Run run, Trunk trunk, Prompt prompt, Approach approach) {
        if (run.before().isPresent()) {
            return Agent.resumeAll(run, run.before().get().waiting(), trunk, prompt).getFirst();
        }
        if (run.account().admit(1) == 0) {
            throw Stops.spent(run);
        }
        Seat seat = new Seat(0, 0, approach);
        Agent.Start start = new Agent.Start(List.of(seat), 1, run.brief()::options);
        return Agent.startAll(run, start, trunk, prompt).getFirst();
    }

    private static void tell(Run run, String words, boolean first) {
        if (first) {
            run.tell(new Event.JoinStarted(Event.Method.ONLY));
        }
        run.tell(new Event.AnswerDelta(words));
    }

    private static Outcome outcome(Run run, Agent agent, Prompt prompt, boolean streamed) {
        if (agent.failure().isPresent()) {
            throw agent.failure().get();
        }
        boolean asked = run.isFinishing() && Stops.isCancelled(agent);
        if (asked) {
            run.tell(Stops.asked());
        } else {
            Stops.checkCancelled(run, agent);
        }
        String text = agent.text();
        boolean spent = agent.reason().filter(Stops::isBudget).isPresent();
        if (spent) {
            run.tell(new Event.StoppedEarly(Event.Rule.BUDGET, Stops.words(run)));
        }
        boolean partial = spent || asked;
        if (text.isEmpty() && agent.gaveUp().isPresent()) {
            throw agent.gaveUp().get();
        }
        if (text.isEmpty()) {
            throw partial ? Stops.nothing(run) : Stops.wordless();
        }
        boolean cut = agent.reason().filter(reason -> reason == StopReason.LENGTH).isPresent();
        partial |= cut || agent.gaveUp().isPresent();
        if (run.brief().putsIntoForm() && !partial) {
            Optional<String> form = Form.of(run, prompt, text, new Panel.Place(1, 2));
            partial = form.isEmpty();
            text = form.orElse(text);
        }
        if (!streamed) {
            tell(run, text, true);
        }
        return new Outcome(text, agent.shortAnswer(), partial);
    }
}
