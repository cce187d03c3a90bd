package dev.polymnia.agents;

import dev.polymnia.core.model.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Parts the words of a model without a reasoning channel of its own: what comes before the line
/// that starts with the answer marker is reasoning, what comes after the marker is the answer.
/// Works on words as they come; confined to one thread.
///
/// The marker may be bold, a heading or called final, as models like to write it (`**Final
/// Answer:** 31`). What has been told is not taken back: words after the first marker are the
/// answer, whatever they are.
final class AnswerSplitter {
    /// Some words and their channel.
    record Piece(Channel channel, String text) {}

    /// What may stand around the marker: white space, quotes, bold, italics, headings.
    private static final String DECORATION = " \t>*_#";

    /// A line that begins with more decoration than this is not the answer's line.
    private static final int MOST_HELD = 40;

    private final List<String> markers;
    private final StringBuilder line = new StringBuilder();
    private boolean lineOpen = true;
    private boolean answering;
    private boolean blankSoFar = true;

    /// Creates a splitter.
    ///
    /// @param marker what the answer's line starts with, for example `Answer:`
    AnswerSplitter(String marker) {
        String bare = bare(marker);
        markers = List.of(bare, "final" + bare);
    }

    /// Takes more words.
    ///
    /// @return what can be told; the beginning of a line is held back while it may become the
    ///   marker
    List<Piece> accept(String text) {
        List<Piece> pieces = new ArrayList<>();
        int from = 0;
        while (from < text.length() && !answering) {
            int end = text.indexOf('\n', from);
            String part = text.substring(from, end < 0 ? text.length() : end + 1);
            from += part.length();
            reason(part).ifPresent(pieces::add);
        }
        if (answering) {
            String rest = line + text.substring(from);
            line.setLength(0);
            answer(rest).ifPresent(pieces::add);
        }
        return pieces;
    }

    /// Ends the words.
    ///
    /// @return what was held back
    List<Piece> finish() {
        if (line.isEmpty()) {
            return List.of();
        }
        Piece rest = new Piece(Channel.REASONING, line.toString());
        line.setLength(0);
        return List.of(rest);
    }

    /// Returns whether the marker has come.
    boolean isAnswering() {
        return answering;
    }

    /// Takes a part of one line, its end included if it is there.
    private Optional<Piece> reason(String part) {
        boolean whole = part.endsWith("\n");
        if (!lineOpen) {
            lineOpen = whole;
            return Optional.of(new Piece(Channel.REASONING, part));
        }
        line.append(part);
        int end = markerEnd();
        if (end >= 0) {
            line.delete(0, end);
            answering = true;
            return Optional.empty();
        }
        String bare = bare(line.toString());
        boolean mayBecome = markers.stream().anyMatch(marker -> marker.startsWith(bare));
        if (mayBecome && !whole && line.length() < MOST_HELD) {
            return Optional.empty();
        }
        lineOpen = whole;
        Piece piece = new Piece(Channel.REASONING, line.toString());
        line.setLength(0);
        return Optional.of(piece);
    }

    /// Returns where the marker at the line's start ends; -1 if there is none.
    private int markerEnd() {
        StringBuilder bare = new StringBuilder();
        for (int i = 0; i < Math.min(line.length(), MOST_HELD); i++) {
            bare.append(bare(line.substring(i, i + 1)));
            if (markers.contains(bare.toString())) {
                return i + 1;
            }
        }
        return -1;
    }

    private Optional<Piece> answer(String text) {
        String told = blankSoFar ? withoutLead(text) : text;
        if (told.isEmpty()) {
            return Optional.empty();
        }
        blankSoFar = false;
        return Optional.of(new Piece(Channel.ANSWER, told));
    }

    /// Takes the end of the marker's own decoration away, and white space.
    private static String withoutLead(String text) {
        int start = 0;
        while (start < text.length()
                && (Character.isWhitespace(text.charAt(start)) || text.charAt(start) == '*')) {
            start++;
        }
        return text.substring(start);
    }

    private static String bare(String text) {
        StringBuilder bare = new StringBuilder();
        for (char c : text.toLowerCase(Locale.ROOT).toCharArray()) {
            if (DECORATION.indexOf(c) < 0) {
                bare.append(c);
            }
        }
        return bare.toString();
    }
}
