package dev.polymnia.llama.text;

import dev.polymnia.core.model.Channel;
import dev.polymnia.core.model.ReasoningSwitch;
import dev.polymnia.core.text.Piece;
import dev.polymnia.core.text.ReasoningSplitter;
import dev.polymnia.core.text.StopStrings;
import java.util.ArrayList;
import java.util.List;

/// The words of one assistant's turn: takes the bytes of its tokens and gives out what can be told.
/// Not thread-safe.
public final class BranchText {
    private final Utf8Stream decoder = new Utf8Stream();
    private final StopStrings stops;
    private final ReasoningSplitter splitter;
    private final StringBuilder reasoning = new StringBuilder();
    private final StringBuilder answer = new StringBuilder();

    /// Creates the text of a turn.
    ///
    /// @param reasoning how the model marks its thoughts
    /// @param begun what already stands in the assistant's turn, the tags included: what the
    ///   template puts there (`<think>\n`), a forced beginning, the words of the branch that is
    ///   continued; mostly empty. It counts in [#reasoning] and [#answer], is not told as a piece,
    ///   and is not searched for stop strings
    /// @param stops the stop strings; they are searched in all that the model writes, thoughts and
    ///   tags included
    public BranchText(ReasoningSwitch reasoning, String begun, List<String> stops) {
        this.stops = new StopStrings(stops);
        splitter = new ReasoningSplitter(reasoning);
        collect(splitter.accept(begun));
    }

    /// Takes the bytes of the next token; does nothing after a stop string.
    ///
    /// @param tokenBytes may be empty and may end inside a code point; not kept
    /// @return what can be told now, in order; mostly none or one
    public List<Piece> accept(byte[] tokenBytes) {
        return collect(splitter.accept(stops.accept(decoder.accept(tokenBytes))));
    }

    /// Ends the turn; call it once, however the branch ended.
    ///
    /// @return what was held back
    public List<Piece> finish() {
        String rest = stops.accept(decoder.finish()) + stops.finish();
        List<Piece> pieces = new ArrayList<>(splitter.accept(rest));
        pieces.addAll(splitter.finish());
        return collect(pieces);
    }

    /// Returns whether a stop string came: the branch has ended.
    public boolean stopped() {
        return stops.hit();
    }

    /// Returns whether what comes next is a thought.
    public boolean isThinking() {
        return splitter.isThinking();
    }

    /// Returns the thoughts so far, without tags; may be empty.
    public String reasoning() {
        return reasoning.toString();
    }

    /// Returns the answer so far, without thoughts and tags; may be empty.
    public String answer() {
        return answer.toString();
    }

    private List<Piece> collect(List<Piece> pieces) {
        for (Piece piece : pieces) {
            StringBuilder words = piece.channel() == Channel.REASONING ? reasoning : answer;
            words.append(piece.text());
        }
        return pieces;
    }
}
