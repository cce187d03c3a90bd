package dev.polymnia.agents;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.ModelProfile;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Trunk;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Outcome;
import java.util.List;

/// One agent, whose answer is streamed as it comes: the Instant and the Thinking mode.
final class Single implements Strategy {
    @Override
    public RunResult answer(Run run) {
        ModelProfile.Alone alone = run.alone();
        Prompt prompt = run.prompt(alone.instruction());
        try (Trunk trunk = run.model().open(prompt);
                Agent agent = start(run, trunk, prompt, alone.approach())) {
            boolean streamed = agent.hasAnswered();
            while (!agent.isDone()) {
                if (run.isForClient()) {
                    return run.suspend(List.of(), List.of(agent.waiting()), 1);
                }
                String words = agent.take(run.next().news());
                if (!words.isEmpty()) {
                    tell(run, words, !streamed);
                    streamed = true;
                }
            }
            agent.tellFinished();
            return new RunResult.Answered(outcome(run, agent, streamed));
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
        return Agent.startAll(run, List.of(seat), 1, trunk, prompt).getFirst();
    }

    private static void tell(Run run, String words, boolean first) {
        if (first) {
            run.tell(new Event.JoinStarted(Event.Method.ONLY));
        }
        run.tell(new Event.AnswerDelta(words));
    }

    private static Outcome outcome(Run run, Agent agent, boolean streamed) {
        if (agent.failure().isPresent()) {
            throw agent.failure().get();
        }
        Stops.checkCancelled(run, agent);
        String text = agent.text();
        boolean partial = agent.reason().filter(Stops::isBudget).isPresent();
        if (partial) {
            run.tell(new Event.StoppedEarly(Event.Rule.BUDGET, Stops.words(run)));
        }
        if (text.isEmpty() && agent.gaveUp().isPresent()) {
            throw agent.gaveUp().get();
        }
        if (text.isEmpty()) {
            throw partial
                    ? Stops.spent(run)
                    : new Fault(
                            Fault.Code.INTERNAL,
                            "The model ended its answer without a word; ask again, or another"
                                    + " model.");
        }
        if (!streamed) {
            tell(run, text, true);
        }
        boolean cut = agent.reason().filter(reason -> reason == StopReason.LENGTH).isPresent();
        return new Outcome(text, agent.shortAnswer(), partial || cut || agent.gaveUp().isPresent());
    }
}
