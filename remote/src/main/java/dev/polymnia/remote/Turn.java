package dev.polymnia.remote;

import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.Role;
import dev.polymnia.core.model.Channel;
import dev.polymnia.core.model.ReasoningSwitch;
import dev.polymnia.core.text.Piece;
import dev.polymnia.core.text.ReasoningSplitter;
import dev.polymnia.core.text.StopStrings;
import java.util.ArrayList;
import java.util.List;

/// The words of one assistant's turn. Thoughts come apart, or between tags in the words, or not at
/// all.
///
/// Stop strings are searched here and not by the endpoint: Chat Completions does not tell an end by
/// a stop string from the model's own end. Not thread-safe.
final class Turn {
    private final StopStrings thoughtStops;
    private final StopStrings wordStops;
    private final ReasoningSplitter splitter;
    private final StringBuilder reasoning = new StringBuilder();
    private final StringBuilder answer = new StringBuilder();
    private final List<Content.ToolCall> calls = new ArrayList<>();

    /// @param begun what stands in the turn already; it is not told
    Turn(ReasoningSwitch reasoning, String begun, List<String> stops) {
        thoughtStops = new StopStrings(stops);
        wordStops = new StopStrings(stops);
        splitter = new ReasoningSplitter(reasoning);
        collect(splitter.accept(begun));
    }

    /// Takes more.
    ///
    /// @return what can be told now, in order
    List<Piece> accept(String thoughts, String words) {
        List<Piece> pieces = new ArrayList<>(thought(thoughtStops.accept(thoughts)));
        if (!stopped()) {
            if (!words.isEmpty()) {
                pieces.addAll(thought(thoughtStops.finish()));
            }
            pieces.addAll(splitter.accept(wordStops.accept(words)));
        }
        return collect(pieces);
    }

    /// Ends the turn; call it once, however it ended.
    ///
    /// @return what was held back
    List<Piece> finish() {
        List<Piece> pieces = new ArrayList<>(thought(thoughtStops.finish()));
        pieces.addAll(splitter.accept(wordStops.finish()));
        pieces.addAll(splitter.finish());
        return collect(pieces);
    }

    void add(Content.ToolCall call) {
        calls.add(call);
    }

    /// Returns whether a stop string came.
    boolean stopped() {
        return thoughtStops.hit() || wordStops.hit();
    }

    Message message() {
        List<Content> parts = new ArrayList<>();
        if (!reasoning.isEmpty()) {
            parts.add(new Content.Reasoning(reasoning.toString()));
        }
        parts.add(new Content.Text(answer.toString()));
        parts.addAll(calls);
        return new Message(Role.ASSISTANT, parts);
    }

    private static List<Piece> thought(String text) {
        return text.isEmpty() ? List.of() : List.of(new Piece(Channel.REASONING, text));
    }

    private List<Piece> collect(List<Piece> pieces) {
        for (Piece piece : pieces) {
            (piece.channel() == Channel.REASONING ? reasoning : answer).append(piece.text());
        }
        return pieces;
    }
}
