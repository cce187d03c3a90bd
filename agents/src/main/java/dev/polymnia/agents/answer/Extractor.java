package dev.polymnia.agents.answer;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds where an answer stands in words.
final class Extractor {
    /// Only the end of long words is searched: an answer comes last, and a search stays quick.
    private static final int SEARCHED = 20_000;

    private static final int DEEPEST = 4;

    /// What announces an answer, up to where it begins. Of several the last one counts.
    private static final Pattern ANNOUNCED =
            Pattern.compile(
                    "(?:^|\\n)[\\s>*_#]{0,12}(?:the )?(?:final |correct )?(?:answer|result)"
                            + "(?: is)?\\s?\\**\\s?:\\s?\\**"
                            + "|####"
                            + "|\\b(?:the|my) (?:final |correct )?answer is:?",
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern TAGGED =
            Pattern.compile(
                    "<(answer|result|final_answer)>(.{0,200}?)</\\1>",
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern FIELD =
            Pattern.compile(
                    "\"(?:answer|final_answer|result)\"\\s*:\\s*(\"[^\"]{0,200}\"|[^,}\\s]{1,40})",
                    Pattern.CASE_INSENSITIVE);

    private static final String BOXED = "\\boxed{";

    private Extractor() {}

    /// Returns the answer that is marked as one; of several the last.
    static Optional<String> marked(String words) {
        String text =
                words.length() > SEARCHED ? words.substring(words.length() - SEARCHED) : words;
        return marked(text, DEEPEST);
    }

    private static Optional<String> marked(String text, int depth) {
        if (depth == 0) {
            return Optional.empty();
        }
        Found best = announced(text).later(boxed(text)).later(last(TAGGED, 2, text));
        best = best.later(last(FIELD, 1, text));
        if (best.at() < 0) {
            return Optional.empty();
        }
        String inner = best.text();
        return marked(inner, depth - 1).or(() -> Optional.of(inner).filter(it -> !it.isBlank()));
    }

    /// Returns the first line if it is short enough to be an answer and nothing follows it but an
    /// explanation after an empty line.
    static Optional<String> firstLine(String words) {
        String[] lines = words.strip().split("\\R", 3);
        boolean alone = lines.length == 1 || lines[1].isBlank();
        return Optional.of(lines[0].strip())
                .filter(line -> alone && !line.isEmpty() && line.length() <= 2 * Answers.LONGEST);
    }

    /// A text and where it was found; -1 for nowhere.
    private record Found(int at, String text) {
        static final Found NOTHING = new Found(-1, "");

        Found later(Found other) {
            return other.at > at ? other : this;
        }
    }

    private static Found announced(String text) {
        Matcher matcher = ANNOUNCED.matcher(text);
        Found found = Found.NOTHING;
        while (matcher.find()) {
            String rest = text.substring(matcher.end());
            String line = rest.stripLeading().split("\\R", 2)[0].strip();
            if (!line.isEmpty()) {
                found = new Found(matcher.end(), line);
            }
        }
        return found;
    }

    private static Found last(Pattern pattern, int group, String text) {
        Matcher matcher = pattern.matcher(text);
        Found found = Found.NOTHING;
        while (matcher.find()) {
            found = new Found(matcher.start(group), matcher.group(group).strip());
        }
        return found;
    }

    private static Found boxed(String text) {
        int start = text.lastIndexOf(BOXED);
        if (start < 0) {
            return Found.NOTHING;
        }
        int depth = 1;
        for (int i = start + BOXED.length(); i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0) {
                return new Found(start, text.substring(start + BOXED.length(), i).strip());
            }
        }
        return Found.NOTHING;
    }
}
