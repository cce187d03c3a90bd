package dev.polymnia.eval.score;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds where an answer states its result: `Answer: 31`, `**Final answer:** 31`, `The answer is
/// 31.`, a heading `Answer` with 31 below it, `\boxed{31}`.
final class Statements {
    /// No short answer is longer, and copying is bounded by it.
    private static final int LONGEST = 1000;

    private static final String BOX = "\\boxed{";

    private static final Pattern MARKER =
            Pattern.compile(
                    "\\banswer\\b[*_]{0,3}+(?:[ \\t]{0,4}+[:=\\uff1a]|[ \\t]{1,4}+(?:(?:to|for|of)"
                            + " [^\\n.:]{0,80}? )?(?:is|would be)\\b:?)[*_ \\t]{0,8}+",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern HEADING =
            Pattern.compile(
                    "^[#*_ \\t]{1,12}+(?:the )?(?:final |correct )?answer[*_ \\t]{0,8}+$",
                    Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
    private static final Pattern SENTENCE_END = Pattern.compile("[.;!](?=\\s)");

    private Statements() {}

    /// A place where a result is stated.
    ///
    /// @param at where in the text its words begin
    /// @param text the rest of the line, or the next line that is not empty, without space around
    ///   it
    record Statement(int at, String text) {
        /// Returns the words up to the end of their first sentence.
        String sentence() {
            Matcher end = SENTENCE_END.matcher(text);
            return end.find() ? text.substring(0, end.start()) : text;
        }
    }

    /// Returns all places with the word `answer`, in order.
    static List<Statement> marked(String text) {
        List<Statement> found = new ArrayList<>(after(MARKER, text));
        found.addAll(after(HEADING, text));
        found.sort(Comparator.comparingInt(Statement::at));
        return found;
    }

    /// Returns what is in each box of LaTeX, in order; a box that is not closed is left out.
    static List<Statement> boxed(String text) {
        List<Statement> found = new ArrayList<>();
        int box = text.indexOf(BOX);
        while (box >= 0) {
            int from = box + BOX.length();
            int end = closing(text, from);
            if (end >= 0) {
                found.add(new Statement(from, text.substring(from, end).strip()));
            }
            box = text.indexOf(BOX, from);
        }
        return found;
    }

    /// Returns the last place of either kind.
    static Optional<Statement> last(String text) {
        List<Statement> found = new ArrayList<>(marked(text));
        found.addAll(boxed(text));
        return found.stream()
                .filter(statement -> !statement.text().isEmpty())
                .max(Comparator.comparingInt(Statement::at));
    }

    /// Returns the words behind each match of a pattern.
    static List<Statement> after(Pattern marker, String text) {
        List<Statement> found = new ArrayList<>();
        Matcher match = marker.matcher(text);
        while (match.find()) {
            int at = match.end();
            String rest = line(text, at);
            if (rest.isEmpty()) {
                at = skipBlank(text, at);
                rest = line(text, at);
            }
            found.add(new Statement(at, rest));
        }
        return found;
    }

    /// Returns the last line that is not empty; empty if there is none.
    static String lastLine(String text) {
        String all = text.strip();
        String line = all.substring(all.lastIndexOf('\n') + 1).strip();
        return line.length() <= LONGEST ? line : line.substring(line.length() - LONGEST);
    }

    private static String line(String text, int from) {
        int most = Math.min(text.length(), from + LONGEST);
        int end = text.substring(from, most).indexOf('\n');
        return text.substring(from, end < 0 ? most : from + end).strip();
    }

    private static int skipBlank(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int closing(String text, int from) {
        int open = 1;
        int most = Math.min(text.length(), from + LONGEST);
        for (int at = from; at < most; at++) {
            char c = text.charAt(at);
            if (c == '{') {
                open++;
            } else if (c == '}' && --open == 0) {
                return at;
            }
        }
        return -1;
    }
}
