package dev.polymnia.server;

import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.Channel;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.TokenDetail;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.RunEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What each agent told in the answer's channel, with its tokens as far as the model tells them,
/// and why it stopped. Confined to one thread.
final class Choices {
    private final SortedMap<Integer, Choice> choices = new TreeMap<>();

    /// The answer of one agent.
    static final class Choice {
        private final StringBuilder words = new StringBuilder();
        private final List<TokenDetail> tokens = new ArrayList<>();
        private StopReason reason = StopReason.END;

        String words() {
            return words.toString().strip();
        }

        List<TokenDetail> tokens() {
            return List.copyOf(tokens);
        }

        StopReason reason() {
            return reason;
        }
    }

    /// Takes an event.
    void on(RunEvent event) {
        switch (event.event()) {
            case Event.Told(BranchEvent.Delta delta) when delta.channel() == Channel.ANSWER -> {
                Choice choice = choice(event);
                choice.words.append(delta.text());
                choice.tokens.addAll(ChatProbabilities.tokens(event));
            }
            case Event.AgentFinished finished -> choice(event).reason = finished.reason();
            default -> {}
        }
    }

    private Choice choice(RunEvent event) {
        return choices.computeIfAbsent(event.branch(), _ -> new Choice());
    }

    /// Returns the answers, in the order of their agents.
    List<Choice> all() {
        return List.copyOf(choices.values());
    }
}
