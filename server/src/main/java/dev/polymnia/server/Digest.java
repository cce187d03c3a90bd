package dev.polymnia.server;

import dev.polymnia.core.Mode;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.Channel;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.RunEvent;
import java.util.Optional;
import java.util.stream.Collectors;

/// What of a run stands in the reasoning channel that ordinary clients show: the thoughts of a lone
/// agent as they come; of a team what each agent came to, how the votes stand and why it stopped,
/// as the thoughts of many at once cannot be read. Stateless.
///
/// @param mode of the run
record Digest(Mode mode) {
    /// Returns what an event adds; empty if nothing.
    Optional<String> of(RunEvent event) {
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
