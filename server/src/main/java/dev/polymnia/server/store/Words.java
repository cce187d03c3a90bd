package dev.polymnia.server.store;

import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.TokenDetail;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.RunEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Joins words that come close together: those of one branch and channel, and those of the answer,
/// up to the next event of another kind. No view can tell the difference; the log is shorter. What
/// was joined has the sequence number and the time of its last part. Confined to one thread.
final class Words {
    private static final int ANSWER = RunEvent.WHOLE - 1;

    private final Map<Integer, RunEvent> open = new HashMap<>();

    /// Takes the next event of a run.
    ///
    /// @return what is to be written before more is taken
    List<RunEvent> add(RunEvent event) {
        Optional<Integer> voice = voice(event);
        if (voice.isEmpty()) {
            List<RunEvent> all = new ArrayList<>(rest());
            all.add(event);
            return all;
        }
        RunEvent before = open.get(voice.get());
        if (before == null) {
            open.put(voice.get(), event);
            return List.of();
        }
        Optional<Event> joined = join(before.event(), event.event());
        if (joined.isPresent()) {
            open.put(
                    voice.get(),
                    new RunEvent(
                            event.run(),
                            event.branch(),
                            event.sequence(),
                            event.at(),
                            joined.get()));
            return List.of();
        }
        List<RunEvent> all = rest();
        open.put(voice.get(), event);
        return all;
    }

    /// Returns what is left, in the order of the sequence.
    List<RunEvent> rest() {
        List<RunEvent> rest =
                open.values().stream()
                        .sorted(Comparator.comparingLong(RunEvent::sequence))
                        .toList();
        open.clear();
        return rest;
    }

    /// Returns whose words an event has; empty if it has none.
    private static Optional<Integer> voice(RunEvent event) {
        return switch (event.event()) {
            case Event.Told(BranchEvent.Delta _) -> Optional.of(event.branch());
            case Event.AnswerDelta _ -> Optional.of(ANSWER);
            default -> Optional.empty();
        };
    }

    private static Optional<Event> join(Event before, Event event) {
        if (before instanceof Event.AnswerDelta(String first)
                && event instanceof Event.AnswerDelta(String second)) {
            return Optional.of(new Event.AnswerDelta(first + second));
        }
        if (before instanceof Event.Told(BranchEvent.Delta first)
                && event instanceof Event.Told(BranchEvent.Delta second)
                && first.channel() == second.channel()) {
            List<TokenDetail> tokens = new ArrayList<>(first.tokens());
            tokens.addAll(second.tokens());
            return Optional.of(
                    new Event.Told(
                            new BranchEvent.Delta(
                                    first.channel(), first.text() + second.text(), tokens)));
        }
        return Optional.empty();
    }
}
