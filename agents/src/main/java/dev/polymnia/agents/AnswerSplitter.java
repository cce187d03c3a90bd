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
/// answer, whatever they are. Where code is asked for, a block of code begins the answer too, as
/// models that write code seldom write the marker before it.
final class AnswerSplitter {
    /// Some words and their channel.
    record Piece(Channel channel, String text) {}

    /// What may stand around the marker: white space, quotes, bold, italics, headings.
    private static final String DECORATION = " \t>*_#";

    /// A line that begins with more decoration than this is not the answer's line.
    private static final int MOST_HELD = 40;

    private static final String FENCE = "```";

    private final List<String> markers;
    private final boolean code;

    /// Words that are not told yet, as they may belong to the marker.
    private final StringBuilder held = new StringBuilder();

    private boolean lineOpen = true;
    private boolean answering;
    private boolean blankSoFar = true;

    /// How many asterisks stood around the marker; two of four are an open bold.
    private int stars;

    /// Creates a splitter.
    ///
    /// @param marker what the answer's line starts with, for example `Answer:`
    /// @param code whether a block of code begins the answer, too
    AnswerSplitter(String marker, boolean code) {
        this.code = code;
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
            String rest = held + text.substring(from);
            held.setLength(0);
            answer(rest).ifPresent(pieces::add);
        }
        return pieces;
    }

    /// Ends the words.
    ///
    /// @return what was held back
    List<Piece> finish() {
        if (held.isEmpty()) {
            return List.of();
        }
        Piece rest = new Piece(answering ? Channel.ANSWER : Channel.REASONING, held.toString());
        held.setLength(0);
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
        held.append(part);
        int end = markerEnd();
        if (end >= 0) {
            stars = (int) held.chars().limit(end).filter(c -> c == '*').count();
            held.delete(0, end);
            answering = true;
            return Optional.empty();
        }
        if (code && held.toString().stripLeading().startsWith(FENCE)) {
            answering = true;
            blankSoFar = false;
            return Optional.empty();
        }
        String bare = bare(held.toString());
        boolean mayBecome =
                markers.stream().anyMatch(marker -> marker.startsWith(bare))
                        || (code && FENCE.startsWith(bare));
        if (mayBecome && !whole && held.length() < MOST_HELD) {
            return Optional.empty();
        }
        lineOpen = whole;
        Piece piece = new Piece(Channel.REASONING, held.toString());
        held.setLength(0);
        return Optional.of(piece);
    }

    /// Returns where the marker at the line's start ends; -1 if there is none.
    private int markerEnd() {
        StringBuilder bare = new StringBuilder();
        for (int i = 0; i < Math.min(held.length(), MOST_HELD); i++) {
            bare.append(bare(held.substring(i, i + 1)));
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
        told = withoutEndOfBold(told);
        return told.isEmpty() ? Optional.empty() : Optional.of(new Piece(Channel.ANSWER, told));
    }

    /// Takes white space and the marker's own decoration away.
    private String withoutLead(String text) {
        int start = 0;
        while (start < text.length()
                && (Character.isWhitespace(text.charAt(start)) || text.charAt(start) == '*')) {
            stars += text.charAt(start) == '*' ? 1 : 0;
            start++;
        }
        return text.substring(start);
    }

    /// Takes away the end of bold words that began before the marker: `**Answer: 31**`.
    private String withoutEndOfBold(String text) {
        if (stars % 4 != 2) {
            return text;
        }
        int end = text.indexOf("**");
        if (end >= 0) {
            stars += 2;
            return text.substring(0, end) + text.substring(end + 2);
        }
        if (text.endsWith("*")) {
            held.append('*');
            return text.substring(0, text.length() - 1);
        }
        return text;
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
