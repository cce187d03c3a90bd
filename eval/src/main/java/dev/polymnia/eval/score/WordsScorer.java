package dev.polymnia.eval.score;

import dev.polymnia.agents.code.Thoughts;
import dev.polymnia.eval.Sample;
import dev.polymnia.eval.Score;
import dev.polymnia.eval.Scorer;
import dev.polymnia.eval.score.Statements.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Right is an answer with the words of the target, in the way of BIG-Bench-Hard. Immutable.
///
/// What is compared is what the last `the answer is X`, `Answer: X` or `\boxed{X}` states, up to
/// the end of its line or of its first sentence; without one, the last line that is not empty. The
/// reference (task bbh_cot_fewshot of lm-evaluation-harness) takes what follows `the answer is ` up
/// to the last character of its line and compares the characters; that is what `exact` does, but
/// for marks around the whole.
///
/// Loosely, `match`, compares the [normal forms][Wording#normal], and takes a letter for an option
/// (`(B) the owl` for `(B)`) and a decision for its sentence (`No, it does not` for `No`).
///
/// @param name as the task has it
/// @param loose whether normal forms are compared
record WordsScorer(String name, boolean loose) implements Scorer {
    private static final int LONGEST_SHOWN = 200;

    private static final Pattern LETTER = Pattern.compile("[a-z]");
    private static final Pattern DECISION =
            Pattern.compile(
                    "(yes|no|true|false|valid|invalid)[*_\"']*+(?:[,.;:!]|"
                            + " [-\u2013\u2014(]|[\u2013\u2014])");

    @Override
    public Score score(Sample sample, String text) {
        String answer = Thoughts.strip(text);
        Statement statement =
                Statements.last(answer)
                        .orElseGet(() -> new Statement(0, Statements.lastLine(answer)));
        List<String> accepted = Scorers.answers(name, sample);
        boolean right = accepted.stream().anyMatch(target -> isRight(target, statement));
        String shown = Wording.cut(form(statement.text()), LONGEST_SHOWN);
        if (right) {
            return Score.of(true, shown, "");
        }
        return Score.of(
                false,
                shown,
                shown.isEmpty()
                        ? "no answer was found"
                        : "\"%s\" is not \"%s\"".formatted(shown, form(accepted.getFirst())));
    }

    private boolean isRight(String target, Statement statement) {
        String wanted = form(target);
        if (wanted.isEmpty()) {
            return false;
        }
        return wanted.equals(form(statement.text()))
                || wanted.equals(form(statement.sentence()))
                || (loose && leading(wanted, statement.text()).filter(wanted::equals).isPresent());
    }

    private String form(String text) {
        return loose ? Wording.normal(text) : Wording.plain(text);
    }

    /// Returns what a statement begins with, if the target is of the kind that may go on.
    private static Optional<String> leading(String wanted, String statement) {
        if (LETTER.matcher(wanted).matches()) {
            return Letter.read(statement)
                    .map(letter -> Character.toString(letter.value()).toLowerCase(Locale.ROOT));
        }
        Matcher decision = DECISION.matcher(Wording.plain(statement).toLowerCase(Locale.ROOT));
        return decision.lookingAt() ? Optional.of(decision.group(1)) : Optional.empty();
    }
}
