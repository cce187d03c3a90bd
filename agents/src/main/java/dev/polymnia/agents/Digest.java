package dev.polymnia.agents;

import dev.polymnia.core.Mode;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.Channel;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.RunEvent;
import java.util.Optional;
import java.util.stream.Collectors;

/// What of a leg of a run ordinary clients show: its answer, and in the reasoning channel the
/// thoughts of a lone agent as they come, or of a team what each agent came to, how the votes stand
/// and why it stopped, as the thoughts of many at once cannot be read. Confined to one thread.
public final class Digest {
    private final Mode mode;

    /// What sets words apart from those of the leg before is not told.
    private boolean begun;

    /// Begins the digest of a leg; nothing has been told.
    public Digest(Leg leg) {
        mode = leg.request().mode();
        begun = !leg.goesOn();
    }

    /// Returns what an event adds to the answer; empty if nothing.
    public Optional<String> words(RunEvent event) {
        if (!(event.event() instanceof Event.AnswerDelta(String words))) {
            return Optional.empty();
        }
        String told = begun ? words : words.stripLeading();
        begun |= !told.isEmpty();
        return Optional.of(told).filter(it -> !it.isEmpty());
    }

    /// Returns what an event adds to the reasoning; empty if nothing.
    public Optional<String> thoughts(RunEvent event) {
        return mode == Mode.CONTEMPLATING ? ofTeam(event) : ofOne(event.event());
    }

    private static Optional<String> ofOne(Event event) {
        return event instanceof Event.Told(BranchEvent.Delta delta)
                        && delta.channel() == Channel.REASONING
                        && !delta.text().isEmpty()
                ? Optional.of(delta.text())
                : Optional.empty();
    }

    private static Optional<String> ofTeam(RunEvent event) {
        return switch (event.event()) {
            case Event.AgentFinished finished ->
                    Optional.of(
                            "Agent %d: %s\n"
                                    .formatted(
                                            event.branch() + 1,
                                            finished.answer()
                                                    .filter(_ -> finished.votes())
                                                    .orElse("no vote")));
            case Event.Tally tally when !tally.shares().isEmpty() ->
                    Optional.of(
                            "Votes: %s\n"
                                    .formatted(
                                            tally.shares().stream()
                                                    .map(share ->
                                                            "%s × %d"
                                                                    .formatted(
                                                                            share.answer(),
                                                                            share.votes()))
                                                    .collect(Collectors.joining(", "))));
            case Event.StoppedEarly stop -> Optional.of("Stopped: %s\n".formatted(stop.words()));
            default -> Optional.empty();
        };
    }
}
