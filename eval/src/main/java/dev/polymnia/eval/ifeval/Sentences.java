package dev.polymnia.eval.ifeval;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Splits English text into sentences as Punkt does (Kiss and Strunk 2006, "Unsupervised
/// Multilingual Sentence Boundary Detection"), in the form nltk gave it.
///
/// The steps are Punkt's. What it has learned from 469,000 words of the Wall Street Journal is
/// [Orthography]: the abbreviations, and instead of the case in which it has seen each of 20,000
/// words, the words that are common.
///
/// Oddities, all Punkt's: a line end ends no sentence, so a heading or a bullet without a full stop
/// belongs to the next sentence; `1.` before a capital letter is a sentence; "e.g." and "i.e." end
/// one, since the newspaper had none; the last of several `!` at the end of the text is one of its
/// own.
final class Sentences {
    private static final String ENDS = ".?!";
    private static final String NOT_IN_WORDS = "?!)\";}]*:@'({[";
    private static final Pattern SPACED = PythonText.pattern("\\S+", 0);
    private static final Pattern CLOSING = PythonText.pattern("[\"')\\]}]+?(?:\\s+|(?=--)|$)", 0);
    private static final Pattern TOKEN = token();
    private static final Pattern NUMBER = PythonText.pattern("-?[.,]?\\d[\\d,.-]*\\.?", 0);
    private static final Pattern INITIAL = PythonText.pattern("[\\p{L}_]\\.", 0);
    private static final Pattern ELLIPSIS = Pattern.compile("\\.{2,}");

    private Sentences() {}

    private record Span(int start, int end) {}

    /// Returns the sentences in order, with the marks that close them, without the white space
    /// between them.
    static List<String> of(String text) {
        List<String> sentences = new ArrayList<>();
        List<Span> spans = spans(text);
        int moved = 0;
        for (int i = 0; i < spans.size(); i++) {
            int start = spans.get(i).start() + moved;
            int end = spans.get(i).end();
            moved = 0;
            if (i + 1 < spans.size()) {
                Span next = spans.get(i + 1);
                Matcher closing = CLOSING.matcher(text).region(next.start(), next.end());
                if (closing.lookingAt()) {
                    end = next.start() + PythonText.strip(closing.group()).length();
                    moved = closing.end() - next.start();
                }
            }
            if (start < end) {
                sentences.add(text.substring(start, end));
            }
        }
        return sentences;
    }

    /// Cuts the text at each mark that ends a sentence. Marks that close one (quotes, brackets)
    /// begin the next span.
    private static List<Span> spans(String text) {
        List<Span> spans = new ArrayList<>();
        List<Span> words =
                SPACED.matcher(text).results().map(w -> new Span(w.start(), w.end())).toList();
        int start = 0;
        for (int i = 0; i < words.size(); i++) {
            Span word = words.get(i);
            boolean last = i + 1 == words.size();
            int mark = lastMark(text, word, last);
            if (mark < 0) {
                continue;
            }
            boolean within = mark + 1 < word.end();
            int contextEnd = within ? mark + 2 : words.get(i + 1).end();
            if (hasEnd(text.substring(word.start(), contextEnd))) {
                spans.add(new Span(start, mark + 1));
                start = within ? mark + 1 : words.get(i + 1).start();
            }
        }
        int end = text.length();
        while (end > start && PythonText.isSpace(text.charAt(end - 1))) {
            end--;
        }
        spans.add(new Span(start, end));
        return spans;
    }

    /// Returns the place of the last mark of a word that may end a sentence, or -1. Only the last
    /// mark of each word is looked at.
    private static int lastMark(String text, Span word, boolean last) {
        for (int i = word.end() - 1; i >= word.start(); i--) {
            boolean followed =
                    i + 1 < word.end() ? NOT_IN_WORDS.indexOf(text.charAt(i + 1)) >= 0 : !last;
            if (followed && ENDS.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private static boolean hasEnd(String context) {
        List<String> tokens = TOKEN.matcher(context).results().map(MatchResult::group).toList();
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (isEnd(tokens.get(i), tokens.get(i + 1))) {
                return true;
            }
        }
        return false;
    }

    /// Sections 3 and 4 of the paper: what the token is by itself, then what the next one makes of
    /// it.
    private static boolean isEnd(String token, String next) {
        if (token.length() == 1 && ENDS.contains(token)) {
            return true;
        }
        boolean ellipsis = ELLIPSIS.matcher(token).matches();
        if (!ellipsis && (!token.endsWith(".") || token.endsWith(".."))) {
            return false;
        }
        boolean abbreviation =
                !ellipsis
                        && Orthography.isAbbreviation(
                                token.substring(0, token.length() - 1).toLowerCase(Locale.ROOT));
        boolean capital = Character.isUpperCase(next.codePointAt(0));
        boolean small = Character.isLowerCase(next.codePointAt(0));
        boolean common = Orthography.isCommon(bare(next));
        boolean initial = INITIAL.matcher(token).matches();
        if (!initial && (abbreviation || ellipsis) && capital && common) {
            return true;
        }
        boolean ordinal = NUMBER.matcher(token).matches();
        if ((initial || ordinal) && (small || ",:;.!?".contains(next))) {
            return false;
        }
        if (initial && capital && !common) {
            return false;
        }
        return !abbreviation && !ellipsis;
    }

    private static String bare(String token) {
        String small = token.toLowerCase(Locale.ROOT);
        return small.length() > 1 ? PythonText.withoutSuffix(small, ".") : small;
    }

    private static Pattern token() {
        String dots = "(?:-{2,}|\\.{2,}|(?:\\.\\s){2,}\\.)";
        String notInWords = "[?!)\";}\\]*:@'({\\[]";
        String wordStart = "(?=[^(\"`{\\[:;&#*@)}\\]\\-,])";
        String wordEnd =
                "(?=\\s|\\z|"
                        + notInWords
                        + "|"
                        + dots
                        + "|,(?=\\z|\\s|"
                        + notInWords
                        + "|"
                        + dots
                        + "))";
        return PythonText.pattern(dots + "|" + wordStart + "\\S+?" + wordEnd + "|\\S", 0);
    }
}
