package dev.polymnia.agents.answer;

import static java.util.Comparator.comparingInt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the places in an agent's words where it states its result. Tolerant, because a lost vote
/// and a wrongly split one cost more than anything that comes later.
///
/// Strong statements are a marker (`Answer:`, `**Final Answer:** `, `### Answer`), `#### 31`,
/// `\boxed{…}`, the tags `<result>` and `<answer>`, and the JSON fields `answer`, `result`,
/// `solution` and `final` (not if they are null or objects); the last one counts. "The answer is …"
/// is weak and counts where no strong one holds a short answer.
final class Extractor {
    private static final int LONGEST = 20_000;

    /// The last marker may have nothing behind it; earlier ones than these are out of date.
    private static final int LAST_MARKERS = 4;

    private static final Pattern HASHES =
            Pattern.compile("(?m)^[ \\t]*####[ \\t]*([^#\\s].{0,100})$");
    private static final Pattern TAG = Pattern.compile("(?i)<(?:result|answer)>");
    private static final Pattern FIELD =
            Pattern.compile(
                    "(?i)[\"'](?:final(?:[_ -]?(?:answer|result))?|answer|result|solution)[\"']["
                            + " \\t]*:\\s{0,8}"
                            + "(?:\"((?:[^\"\\\\\\n]|\\\\.){0,300}+)\"|'([^'\\n]{0,300})'|(\\[)"
                            + "|(?!null\\b|none\\b)([-+\\w.]{1,60}))");
    private static final Pattern ESCAPE = Pattern.compile("\\\\([\"\\\\/])");
    private static final int LONGEST_LIST = 300;
    private static final Pattern WEAK =
            Pattern.compile(
                    "(?i)\\b(?:answer|result|solution)[ \\t]+(?:is|are|would be|will be|must be|=)"
                            + "[ \\t]*(?:therefore|thus)?[ \\t]*:?\\s{0,4}");
    private static final Pattern BOX = Pattern.compile("\\\\f?box(?:ed)?[ \\t]*\\{");
    static final Pattern SENTENCE_END = Pattern.compile("[.!?](?=\\s|$)|\\n");

    private final Pattern marker;
    private final Pattern title;

    /// Creates an extractor.
    ///
    /// @param marker what the model was asked to put before its result, for example `Answer:`
    Extractor(String marker) {
        String asked = marker.strip().replaceFirst(":$", "");
        String word = "(?:answer|solution|" + Pattern.quote(asked) + ")";
        this.marker =
                Pattern.compile(
                        "(?i)(?<![\\w\"'])(?:final[ \\t]+|correct[ \\t]+)?"
                                + word
                                + "[ \\t]*(?:\\([^()\\n]{0,40}\\))?[*_]{0,3}["
                                + " \\t]*[:\\uFF1A=][*_]{0,3}");
        this.title =
                Pattern.compile(
                        "(?im)^[ \\t]*(?:#{1,6}[ \\t]*[*_]{0,3}|[*_]{2,3})(?:the[ \\t]+)?(?:final["
                                + " \\t]+)?"
                                + word
                                + "[*_]{0,3}[ \\t]*$");
    }

    /// A place where a result is stated.
    ///
    /// @param at where it begins in the words
    /// @param text what is stated, wrapped as the model wrote it
    /// @param after how many characters of other words follow it
    /// @param lines how many lines it has
    record Statement(int at, String text, int after, int lines) {}

    /// Returns the last strong statement, or empty if there is none.
    Optional<Statement> strong(String words) {
        String text = bounded(words);
        List<Statement> found = new ArrayList<>();
        addMarked(found, marker, text);
        addMarked(found, title, text);
        addHashes(found, text);
        addBoxes(found, text);
        addTags(found, text);
        addFields(found, text);
        return found.stream()
                .filter(statement -> !Markup.strip(clipped(statement.text())).isEmpty())
                .max(comparingInt(Statement::at));
    }

    /// Returns the last "the answer is …", or empty if there is none.
    Optional<Statement> weak(String words) {
        String text = bounded(words);
        Matcher match = WEAK.matcher(text);
        Optional<Statement> last = Optional.empty();
        while (match.find()) {
            Matcher end = SENTENCE_END.matcher(text).region(match.end(), text.length());
            int stop = end.find() ? end.start() : text.length();
            String stated = text.substring(match.end(), stop).strip();
            if (!stated.isEmpty()) {
                last = Optional.of(new Statement(match.end(), stated, text.length() - stop, 1));
            }
        }
        return last;
    }

    private static void addMarked(List<Statement> found, Pattern pattern, String text) {
        Matcher match = pattern.matcher(text);
        List<Integer> ends = new ArrayList<>();
        while (match.find()) {
            ends.add(match.end());
        }
        ends.subList(Math.max(0, ends.size() - LAST_MARKERS), ends.size())
                .forEach(end -> found.add(Paragraph.after(text, end)));
    }

    /// `####` is also a heading, so what follows it must be a number or the like.
    private static void addHashes(List<Statement> found, String text) {
        Matcher match = HASHES.matcher(text);
        while (match.find()) {
            String stated = match.group(1).strip();
            if (Canonical.isExact(Canonical.of(stated))) {
                found.add(statement(text, match.start(1), match.end(), stated));
            }
        }
    }

    private static void addBoxes(List<Statement> found, String text) {
        Matcher match = BOX.matcher(text);
        int previous = -1;
        while (match.find()) {
            if (match.start() < previous) {
                continue;
            }
            int end = closing(text, match.end());
            boolean sameLine =
                    previous >= 0 && text.substring(previous, match.start()).indexOf('\n') < 0;
            if (sameLine) {
                // Several boxes in a line are one answer of several parts.
                found.add(lineAround(text, match.start()));
            } else {
                found.add(statement(text, match.start(), end, text.substring(match.end(), end)));
            }
            previous = end;
        }
    }

    private static Statement lineAround(String text, int at) {
        int start = text.lastIndexOf('\n', at) + 1;
        int newline = text.indexOf('\n', at);
        int end = newline < 0 ? text.length() : newline;
        int first = text.indexOf("\\", start);
        return statement(text, at, end, text.substring(Math.min(first, at), end));
    }

    private static void addTags(List<Statement> found, String text) {
        Matcher match = TAG.matcher(text);
        while (match.find()) {
            int close = text.indexOf("</", match.end());
            int newline = text.indexOf('\n', match.end());
            int open = newline < 0 ? text.length() : newline;
            int end = close < 0 ? open : close;
            found.add(statement(text, match.end(), end, text.substring(match.end(), end)));
        }
    }

    private static void addFields(List<Statement> found, String text) {
        Matcher match = FIELD.matcher(text);
        while (match.find()) {
            int end = match.group(3) == null ? match.end() : listEnd(text, match.end());
            for (int group = 1; group <= match.groupCount(); group++) {
                int from = match.start(group);
                if (from >= 0) {
                    int to = match.group(3) == null ? match.end(group) : end;
                    String value = text.substring(from, to).replace('\n', ' ');
                    found.add(statement(text, from, end, ESCAPE.matcher(value).replaceAll("$1")));
                }
            }
        }
    }

    /// Returns the place behind the bracket that closes the one before `from`; the words of a list
    /// that goes on too long, or breaks off, end there.
    private static int listEnd(String text, int from) {
        int last = Math.min(text.length(), from + LONGEST_LIST);
        int depth = 1;
        for (int i = from; i < last; i++) {
            char c = text.charAt(i);
            depth += c == '[' ? 1 : c == ']' ? -1 : 0;
            if (depth == 0) {
                return i + 1;
            }
        }
        return last;
    }

    /// Returns the place of the brace that closes the one before `from`; the end of the line if the
    /// words break off.
    private static int closing(String text, int from) {
        int depth = 1;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        int newline = text.indexOf('\n', from);
        return newline < 0 ? text.length() : newline;
    }

    private static Statement statement(String text, int at, int end, String stated) {
        String plain = stated.strip();
        int lines = (int) plain.lines().count();
        return new Statement(at, plain, text.substring(end).strip().length(), lines);
    }

    private static String clipped(String text) {
        return text.substring(0, Math.min(text.length(), Canonical.LONGEST));
    }

    private static String bounded(String words) {
        return words.substring(Math.max(0, words.length() - LONGEST));
    }
}
