package dev.polymnia.core.text;

import dev.polymnia.core.model.Channel;
import dev.polymnia.core.model.ReasoningSwitch;
import java.util.ArrayList;
import java.util.List;

/// Tells thoughts from the answer in the text of one assistant's turn that comes in parts. Not
/// thread-safe.
///
/// With [ReasoningSwitch.Tagged], thoughts stand between the tags if the open tag is the first
/// thing in the turn, white space aside; what follows the close tag is the answer to its end. An
/// open tag later on is a part of the answer: somebody may have asked what the tag means. Tags and
/// the white space right after them are left out. With [ReasoningSwitch.Instructed] everything is
/// the answer.
///
/// A prompt that already ends inside the tags (a template that writes `<think>\n`) is told by
/// giving this text to [#accept] before the model's.
public final class ReasoningSplitter {
    private final String open;
    private final String close;
    private State state;
    private boolean afterTag;
    private String held = "";

    private enum State {
        BEGINNING,
        THINKING,
        ANSWERING
    }

    /// Creates a splitter at the beginning of a turn.
    ///
    /// @param reasoning how the model marks its thoughts
    public ReasoningSplitter(ReasoningSwitch reasoning) {
        switch (reasoning) {
            case ReasoningSwitch.Tagged tagged -> {
                open = tagged.open();
                close = tagged.close();
                state = State.BEGINNING;
                if (open.isBlank() || close.isBlank()) {
                    throw new IllegalArgumentException("a tag of the thoughts is blank");
                }
            }
            case ReasoningSwitch.Instructed _ -> {
                open = "";
                close = "";
                state = State.ANSWERING;
            }
        }
    }

    /// Returns whether what comes next is a thought; false also as long as the turn has not begun.
    public boolean isThinking() {
        return state == State.THINKING;
    }

    /// Takes more text of the turn.
    ///
    /// @return what may be told now, in order: nothing, one piece, or thoughts and an answer
    public List<Piece> accept(String text) {
        List<Piece> pieces = new ArrayList<>(2);
        String rest = held + text;
        held = "";
        if (state == State.BEGINNING) {
            rest = begin(rest);
        }
        if (state == State.THINKING) {
            rest = think(rest, pieces);
        }
        if (state == State.ANSWERING) {
            add(pieces, Channel.ANSWER, withoutSpaceAfterTag(rest));
        }
        return pieces;
    }

    /// Ends the turn.
    ///
    /// @return what was held back; at most one piece
    public List<Piece> finish() {
        List<Piece> pieces = new ArrayList<>(1);
        add(pieces, state == State.THINKING ? Channel.REASONING : Channel.ANSWER, held);
        held = "";
        return pieces;
    }

    /// Returns what follows the open tag, or the whole text if there is none.
    private String begin(String text) {
        String words = text.stripLeading();
        if (words.startsWith(open)) {
            state = State.THINKING;
            afterTag = true;
            return words.substring(open.length());
        }
        if (open.startsWith(words)) {
            held = text;
            return "";
        }
        state = State.ANSWERING;
        return text;
    }

    /// Returns what follows the close tag.
    private String think(String text, List<Piece> pieces) {
        String thoughts = withoutSpaceAfterTag(text);
        int end = thoughts.indexOf(close);
        if (end >= 0) {
            add(pieces, Channel.REASONING, thoughts.substring(0, end));
            state = State.ANSWERING;
            afterTag = true;
            return thoughts.substring(end + close.length());
        }
        int keep = Math.min(close.length() - 1, thoughts.length());
        while (!close.startsWith(thoughts.substring(thoughts.length() - keep))) {
            keep--;
        }
        held = thoughts.substring(thoughts.length() - keep);
        add(pieces, Channel.REASONING, thoughts.substring(0, thoughts.length() - keep));
        return "";
    }

    private String withoutSpaceAfterTag(String text) {
        if (!afterTag) {
            return text;
        }
        String words = text.stripLeading();
        afterTag = words.isEmpty();
        return words;
    }

    private static void add(List<Piece> pieces, Channel channel, String text) {
        if (!text.isEmpty()) {
            pieces.add(new Piece(channel, text));
        }
    }
}
