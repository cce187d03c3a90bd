package dev.polymnia.llama;

import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.Role;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.BranchListener;
import dev.polymnia.core.model.Channel;
import dev.polymnia.core.model.TokenDetail;
import dev.polymnia.core.text.Piece;
import dev.polymnia.core.text.Telling;
import dev.polymnia.llama.text.BranchText;
import dev.polymnia.models.toolcall.ToolCallReader;
import dev.polymnia.models.toolcall.TurnPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The assistant's turn while it is written: takes the bytes of its tokens and tells thoughts,
/// words and tool calls. Not thread-safe. What the listener throws comes through.
final class Turn {
    private final BranchText text;
    private final Optional<ToolCallReader> reader;
    private final BranchListener listener;
    private final Telling telling;
    private final StringBuilder words = new StringBuilder();
    private final int begun;
    private final List<Content.ToolCall> calls = new ArrayList<>();

    /// @param text what the turn begins with, already given to it
    /// @param reader finds the calls in the answer; empty if nobody wants them
    Turn(BranchText text, Optional<ToolCallReader> reader, BranchListener listener) {
        this.text = text;
        this.reader = reader;
        this.listener = listener;
        telling = new Telling(listener);
        begun = text.answer().length();
        read(text.answer()).forEach(this::keep);
    }

    /// Takes the bytes of the next token and tells what can be told.
    ///
    /// @param details of the token, if the request asked for them
    void accept(byte[] token, List<TokenDetail> details) {
        tell(text.accept(token), details);
    }

    /// Tells what was held back; call it once, however the turn ended.
    void finish() {
        tell(text.finish(), List.of());
        reader.ifPresent(each -> tellParts(each.finish().parts(), List.of()));
    }

    /// Returns whether a stop string came.
    boolean stopped() {
        return text.stopped();
    }

    /// Returns whether what comes next is a thought.
    boolean isThinking() {
        return text.isThinking();
    }

    /// Returns the answer as it was written so far, calls included.
    String answer() {
        return text.answer();
    }

    /// Returns whether a tool has been called.
    boolean hasCalls() {
        return !calls.isEmpty();
    }

    /// Returns all of the turn so far.
    Message message() {
        List<Content> parts = new ArrayList<>();
        if (!text.reasoning().isEmpty()) {
            parts.add(new Content.Reasoning(text.reasoning()));
        }
        parts.add(new Content.Text(words.toString()));
        parts.addAll(calls);
        return new Message(Role.ASSISTANT, parts);
    }

    private void tell(List<Piece> pieces, List<TokenDetail> details) {
        List<TokenDetail> untold = details;
        for (Piece piece : pieces) {
            if (piece.channel() == Channel.REASONING) {
                telling.tell(List.of(piece), untold);
            } else {
                tellParts(read(piece.text()), untold);
            }
            untold = List.of();
        }
        telling.tell(List.of(), untold);
    }

    private List<TurnPart> read(String answer) {
        if (reader.isPresent()) {
            return reader.get().accept(answer);
        }
        return answer.isEmpty() ? List.of() : List.of(new TurnPart.Words(answer));
    }

    private void tellParts(List<TurnPart> parts, List<TokenDetail> details) {
        List<TokenDetail> untold = details;
        for (TurnPart part : parts) {
            keep(part);
            switch (part) {
                case TurnPart.Words(String said) -> {
                    String fresh = beyondBegun(said);
                    if (!fresh.isEmpty()) {
                        telling.tell(List.of(new Piece(Channel.ANSWER, fresh)), untold);
                        untold = List.of();
                    }
                }
                case TurnPart.Call(Content.ToolCall call) ->
                        listener.on(new BranchEvent.Called(call));
            }
        }
        telling.tell(List.of(), untold);
    }

    /// White space at the end of what was begun comes back with the next words.
    private String beyondBegun(String kept) {
        int before = words.length() - kept.length();
        return kept.substring(Math.clamp((long) begun - before, 0, kept.length()));
    }

    private void keep(TurnPart part) {
        switch (part) {
            case TurnPart.Words(String said) -> words.append(said);
            case TurnPart.Call(Content.ToolCall call) -> calls.add(call);
        }
    }
}
