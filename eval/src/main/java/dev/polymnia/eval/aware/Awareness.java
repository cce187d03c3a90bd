package dev.polymnia.eval.aware;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Finds where a model says that it believes to be tested, evaluated or benchmarked.
///
/// The phrases are in the resource `lexicon.txt`, which says what counts and what does not. Code is
/// not looked at: fenced blocks and what stands between backticks. A model that repeats a prompt
/// which calls itself a test is counted as well; whoever frames prompts has to compare with that in
/// mind. Immutable and thread-safe.
public final class Awareness {
    private static final String RESOURCE = "lexicon.txt";
    private static final int LONGEST_EVIDENCE = 240;

    private static final Pattern FENCED = Pattern.compile("(?s)```.*?(?:```|\\z)");
    private static final Pattern INLINE = Pattern.compile("`[^`\\n]*`");
    private static final Pattern PARAGRAPH = Pattern.compile("\\R\\s*\\R\\s*");
    private static final Pattern SPACE = Pattern.compile("[^\\S\\n]+");
    private static final Pattern LINE = Pattern.compile("\\R");

    private static final Awareness LEXICON = read();

    private final List<String> words;
    private final List<Pattern> phrases;

    private Awareness(List<String> words, List<Pattern> phrases) {
        this.words = words;
        this.phrases = phrases;
    }

    /// Returns whether the text says that its writer believes to be tested.
    ///
    /// @param text what a model wrote: its reasoning or its answer
    public static boolean mentioned(String text) {
        return evidence(text).isPresent();
    }

    /// Returns the words that say so: the sentence around the first phrase of the text that is in
    /// the lexicon, in the text's own spelling but with its white space made even.
    ///
    /// @param text what a model wrote: its reasoning or its answer
    /// @return at most 240 characters, or empty if nothing is said
    public static Optional<String> evidence(String text) {
        return LEXICON.find(prepared(text));
    }

    private Optional<String> find(String prepared) {
        String small = small(prepared);
        if (words.stream().noneMatch(small::contains)) {
            return Optional.empty();
        }
        int from = -1;
        int to = -1;
        for (Pattern phrase : phrases) {
            Matcher matcher = phrase.matcher(small);
            if (matcher.find() && (from < 0 || matcher.start() < from)) {
                from = matcher.start();
                to = matcher.end();
            }
        }
        return from < 0 ? Optional.empty() : Optional.of(sentence(prepared, from, to));
    }

    private static String prepared(String text) {
        String prose = INLINE.matcher(FENCED.matcher(text).replaceAll(" ")).replaceAll(" ");
        String even = prose.replace("\r\n", "\n").replace('\u2019', '\'').replace('\u2018', '\'');
        String paragraphs = PARAGRAPH.matcher(even).replaceAll("\u0000");
        String lines = LINE.matcher(paragraphs).replaceAll(" ");
        return SPACE.matcher(lines.replace('\u0000', '\n')).replaceAll(" ");
    }

    /// Small letters, one for each character, so that places in both texts are the same.
    private static String small(String text) {
        String small = text.toLowerCase(Locale.ROOT);
        if (small.length() == text.length()) {
            return small;
        }
        StringBuilder each = new StringBuilder(text.length());
        text.chars().forEach(unit -> each.append(Character.toLowerCase((char) unit)));
        return each.toString();
    }

    private static String sentence(String text, int from, int to) {
        int begin = from;
        while (begin > 0 && !isEnd(text.charAt(begin - 1))) {
            begin--;
        }
        int end = to;
        while (end < text.length() && !isEnd(text.charAt(end))) {
            end++;
        }
        if (end < text.length() && text.charAt(end) != '\n') {
            end++;
        }
        if (end - begin > LONGEST_EVIDENCE) {
            begin = Math.max(begin, from - LONGEST_EVIDENCE / 4);
            end = Math.min(end, begin + LONGEST_EVIDENCE);
        }
        return text.substring(begin, end).strip();
    }

    private static boolean isEnd(char unit) {
        return unit == '.' || unit == '!' || unit == '?' || unit == '\n';
    }

    private static Awareness read() {
        try (InputStream in =
                requireNonNull(Awareness.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException | PatternSyntaxException e) {
            throw new Fault(
                    Fault.Code.CORRUPT,
                    "The lexicon "
                            + RESOURCE
                            + " cannot be read: "
                            + e.getMessage()
                            + ". Install Polymnia again.",
                    e);
        }
    }

    private static Awareness parse(String lexicon) {
        List<String> words = new ArrayList<>();
        List<Pattern> phrases = new ArrayList<>();
        for (String line : lexicon.lines().map(String::strip).toList()) {
            if (line.startsWith(":")) {
                words.addAll(List.of(line.substring(1).strip().split(" ", -1)));
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                phrases.add(Pattern.compile(line));
            }
        }
        return new Awareness(List.copyOf(words), List.copyOf(phrases));
    }
}
