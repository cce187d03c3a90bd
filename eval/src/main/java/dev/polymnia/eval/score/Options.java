package dev.polymnia.eval.score;

import dev.polymnia.eval.score.Statements.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads which option an answer chooses. Immutable.
///
/// First come explicit statements, of which the last counts: `the answer is B`, `Answer: (B)`,
/// `Answer: Paris`, `\boxed{B}`, `I choose B`, `(B) is correct`, a line that is a letter. Without
/// one, in this order: a first or last line that begins with a letter (`B) Paris`) and is not part
/// of a list; a line that is the text of one option; a letter in brackets or bold, if there is only
/// one such letter in all of the answer.
///
/// @param texts of the options, in order
record Options(List<String> texts) {
    private static final Pattern CHOSEN =
            Pattern.compile(
                    "\\b(?:choose|chose|pick|picked|select|selected|go with)\\b[ \\t]*+",
                    Pattern.CASE_INSENSITIVE);
    private static final String GAP =
            "[*_]{0,3}+(?:[.:]?(?: \\([^()\\n]{0,60}+\\)|(?:(?! is )[^\\n.(]){1,40}?))?";
    private static final Pattern CORRECT =
            Pattern.compile(
                    "(?:\\b(?i:option|choice|answer) [*_(\\[]{0,4}+([A-Z])\\b[)\\]]?"
                            + GAP
                            + "|[(\\[]([A-Z])[)\\]]"
                            + GAP
                            + "|(?<![A-Za-z0-9])([A-Z])[*_]{0,3}+) is (?:clearly |therefore |thus"
                            + " )?(?:the )?(?:correct|right)\\b");
    private static final Pattern MENTIONED =
            Pattern.compile("(?:\\(|\\[|\\*\\*)([A-Z])(?:\\)|\\]|[.:]?\\*\\*)");

    /// Copies the texts.
    Options {
        texts = List.copyOf(texts);
    }

    /// Returns the letter of an option.
    ///
    /// @param index from 0
    static String letter(int index) {
        return Character.toString('A' + index);
    }

    /// Returns the chosen option of an answer.
    ///
    /// @return its index from 0, which may be one that does not exist if the answer says so; empty
    ///   if it chooses none
    Optional<Integer> read(String answer) {
        List<String> lines = answer.lines().map(String::strip).filter(x -> !x.isEmpty()).toList();
        return explicit(answer)
                .or(() -> lineWithLetter(lines))
                .or(() -> named(answer))
                .or(() -> lines.isEmpty() ? Optional.empty() : named(lines.getLast()))
                .or(() -> lines.isEmpty() ? Optional.empty() : named(lines.getFirst()))
                .or(() -> onlyMentioned(answer));
    }

    /// An option that is stated somewhere.
    ///
    /// @param at where
    /// @param index which one
    private record Stated(int at, int index) {}

    private Optional<Integer> explicit(String answer) {
        List<Statement> statements = new ArrayList<>(Statements.marked(answer));
        statements.addAll(Statements.boxed(answer));
        List<Stated> found = new ArrayList<>();
        for (Statement statement : statements) {
            stated(statement).ifPresent(i -> found.add(new Stated(statement.at(), i)));
        }
        for (Statement statement : Statements.after(CHOSEN, answer)) {
            Letter.read(statement.text())
                    .ifPresent(letter -> found.add(new Stated(statement.at(), letter.index())));
        }
        Matcher correct = CORRECT.matcher(answer);
        while (correct.find()) {
            int group = correct.start(1) >= 0 ? 1 : correct.start(2) >= 0 ? 2 : 3;
            int index = answer.charAt(correct.start(group)) - 'A';
            found.add(new Stated(correct.start(group), index));
        }
        found.addAll(bare(answer));
        return found.stream().max(Comparator.comparingInt(Stated::at)).map(Stated::index);
    }

    private Optional<Integer> stated(Statement statement) {
        return Letter.read(statement.text())
                .map(Letter::index)
                .or(() -> named(statement.text()))
                .or(() -> named(statement.sentence()));
    }

    /// Returns the lines that are a letter and nothing else.
    private List<Stated> bare(String answer) {
        List<Stated> found = new ArrayList<>();
        int from = 0;
        while (from < answer.length()) {
            int end = answer.indexOf('\n', from);
            int to = end < 0 ? answer.length() : end;
            int at = from;
            if (to - from <= 40) {
                Letter.read(answer.substring(from, to))
                        .filter(letter -> letter.isAlone() && letter.index() < texts.size())
                        .ifPresent(letter -> found.add(new Stated(at, letter.index())));
            }
            from = to + 1;
        }
        return found;
    }

    private Optional<Integer> lineWithLetter(List<String> lines) {
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        Optional<Integer> last = option(lines.getLast());
        if (last.isPresent()
                && (lines.size() == 1 || option(lines.get(lines.size() - 2)).isEmpty())) {
            return last;
        }
        Optional<Integer> first = option(lines.getFirst());
        return lines.size() == 1 || option(lines.get(1)).isEmpty() ? first : Optional.empty();
    }

    /// Returns the option with whose letter a line begins.
    private Optional<Integer> option(String line) {
        return Letter.read(line)
                .filter(letter -> letter.isMarked() && letter.index() < texts.size())
                .map(Letter::index);
    }

    /// Returns the one option whose text the words are.
    private Optional<Integer> named(String words) {
        String form = words.length() > 2000 ? "" : Wording.normal(words);
        List<Integer> same = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            if (!form.isEmpty() && form.equals(Wording.normal(texts.get(i)))) {
                same.add(i);
            }
        }
        return same.size() == 1 ? Optional.of(same.getFirst()) : Optional.empty();
    }

    private Optional<Integer> onlyMentioned(String answer) {
        TreeSet<Integer> mentioned = new TreeSet<>();
        Matcher match = MENTIONED.matcher(answer);
        while (match.find()) {
            int index = match.group(1).charAt(0) - 'A';
            if (index < texts.size()) {
                mentioned.add(index);
            }
        }
        return mentioned.size() == 1 ? Optional.of(mentioned.first()) : Optional.empty();
    }
}
