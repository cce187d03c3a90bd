package dev.polymnia.server;

import dev.polymnia.agents.Digest;
import dev.polymnia.agents.Leg;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.RunEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What a leg has told, for an answer in one piece. Confined to the run's thread until the leg is
/// over.
final class Collected {
    private final Leg leg;
    private final boolean keepsEvents;
    private final Digest digest;
    private final long created;
    private final StringBuilder words = new StringBuilder();
    private final StringBuilder thoughts = new StringBuilder();
    private final Choices choices = new Choices();
    private final List<RunEvent> events = new ArrayList<>();
    private Optional<Event> end = Optional.empty();

    Collected(Leg leg, boolean keepsEvents) {
        this(leg, keepsEvents, Instant.now());
    }

    /// @param created when it was asked for
    Collected(Leg leg, boolean keepsEvents, Instant created) {
        this.leg = leg;
        this.keepsEvents = keepsEvents;
        this.created = created.getEpochSecond();
        digest = new Digest(leg);
    }

    /// Takes an event.
    ///
    /// @return whether the leg ended with it
    boolean on(RunEvent event) {
        digest.words(event).ifPresent(words::append);
        digest.thoughts(event).ifPresent(thoughts::append);
        choices.on(event);
        if (keepsEvents) {
            events.add(event);
        }
        if (event.event() instanceof Event.RunFinished
                || event.event() instanceof Event.Suspended) {
            end = Optional.of(event.event());
        }
        return end.isPresent();
    }

    /// Returns when the leg began, in seconds since 1970.
    long created() {
        return created;
    }

    /// Returns how the leg ended: the run is finished or suspended.
    ///
    /// @throws IllegalStateException if it has not
    Event end() {
        return end.orElseThrow(() -> new IllegalStateException("the leg has not ended"));
    }

    /// Returns the words of the answer.
    String words() {
        return end.filter(_ -> !leg.goesOn())
                .filter(Event.RunFinished.class::isInstance)
                .map(it -> ((Event.RunFinished) it).outcome().text())
                .orElseGet(() -> words.toString().strip());
    }

    /// Returns what each agent answered.
    List<Choices.Choice> choices() {
        return choices.all();
    }

    String thoughts() {
        return thoughts.toString();
    }

    /// Puts what only Polymnia tells.
    void putRun(ObjectNode body) {
        RunJson.put(body, leg, end());
        if (keepsEvents) {
            RunJson.putEvents(body, events);
        }
    }
}
