package dev.polymnia.agents;

import dev.polymnia.core.Mode;
import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.Channel;
import dev.polymnia.core.run.Event;
import java.util.List;
import java.util.Optional;

/// The words of one agent, in all its turns: tells them on, each in its channel, and keeps them.
/// Confined to the run's thread.
final class Speech {
    private final Run run;
    private final Seat seat;

    /// What the model said aloud, the answer marker included.
    private final StringBuilder said = new StringBuilder();

    private final StringBuilder reasoning = new StringBuilder();
    private final StringBuilder answer = new StringBuilder();
    private Optional<AnswerSplitter> splitter;
    private long reasoningTokens;

    Speech(Run run, Seat seat) {
        this.run = run;
        this.seat = seat;
        splitter = splitter();
    }

    /// Takes over what was said before the run was suspended; it has been told.
    void restore(Suspended.Waiting before) {
        said.append(before.said());
        reasoning.append(before.reasoning());
        answer.append(before.answer());
    }

    private Optional<AnswerSplitter> splitter() {
        return isProgram() ? Optional.empty() : run.brief().splitter(seat.approach());
    }

    private boolean isProgram() {
        return seat.approach().kind() == Approach.Kind.PROGRAM;
    }

    /// Takes words and tells them on.
    ///
    /// @return those of the answer; empty if none
    String say(BranchEvent.Delta delta) {
        if (delta.channel() == Channel.ANSWER) {
            said.append(delta.text());
        }
        if (isProgram()) {
            // What answers is what the program comes to.
            return tell(new BranchEvent.Delta(Channel.REASONING, delta.text(), delta.tokens()));
        }
        if (splitter.isEmpty() || delta.channel() == Channel.REASONING) {
            return tell(delta);
        }
        List<AnswerSplitter.Piece> pieces = splitter.get().accept(delta.text());
        if (pieces.isEmpty()) {
            return tell(new BranchEvent.Delta(channel(), "", delta.tokens()));
        }
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < pieces.size(); i++) {
            AnswerSplitter.Piece piece = pieces.get(i);
            words.append(
                    tell(
                            new BranchEvent.Delta(
                                    piece.channel(),
                                    piece.text(),
                                    i == 0 ? delta.tokens() : List.of())));
        }
        return words.toString();
    }

    private Channel channel() {
        boolean answering = splitter.map(AnswerSplitter::isAnswering).orElse(true);
        return answering ? Channel.ANSWER : Channel.REASONING;
    }

    private String tell(BranchEvent.Delta delta) {
        (delta.channel() == Channel.ANSWER ? answer : reasoning).append(delta.text());
        reasoningTokens += delta.channel() == Channel.REASONING ? delta.tokens().size() : 0;
        run.tell(seat.number(), new Event.Told(delta));
        return delta.channel() == Channel.ANSWER ? delta.text() : "";
    }

    /// Ends a turn: tells what was held back.
    ///
    /// @return the words of the answer; empty if none
    String finish() {
        StringBuilder words = new StringBuilder();
        splitter.map(AnswerSplitter::finish).orElse(List.of()).stream()
                .map(piece -> new BranchEvent.Delta(piece.channel(), piece.text(), List.of()))
                .forEach(delta -> words.append(tell(delta)));
        return words.toString();
    }

    /// Begins a turn after one that called tools, set apart from what was said before. What an
    /// agent of a team said before it called a tool is no part of its answer; that of an agent
    /// alone has been streamed.
    ///
    /// @return the words of the answer; empty if none
    String newTurn() {
        splitter = splitter();
        if (run.request().mode() == Mode.CONTEMPLATING) {
            reasoning.append(answer);
            answer.setLength(0);
        }
        if (said.isEmpty()) {
            return "";
        }
        said.append("\n\n");
        Channel where = answer.isEmpty() ? Channel.REASONING : Channel.ANSWER;
        return tell(new BranchEvent.Delta(where, "\n\n", List.of()));
    }

    String said() {
        return said.toString();
    }

    String reasoning() {
        return reasoning.toString();
    }

    String answer() {
        return answer.toString();
    }

    /// Returns how many tokens of reasoning have come, if the model tells tokens.
    long reasoningTokens() {
        return reasoningTokens;
    }
}
