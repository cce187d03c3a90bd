package dev.polymnia.eval.score;

import dev.polymnia.core.Fault;
import dev.polymnia.eval.Sample;
import dev.polymnia.eval.Scorer;
import dev.polymnia.eval.Target;
import dev.polymnia.sandbox.Sandbox;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The scorers by name, as task definitions have them.
///
/// - `number`: the last number the answer states equals the target; `number:0.01` allows so much
///   difference;
/// - `choice`: the answer states the letter or the text of the right option;
/// - `match`: the answer states the words of the target, in whatever case and punctuation;
/// - `exact`: the same, letter by letter;
/// - `grid`: the last grid of the answer has the shape of the target and every cell of it;
/// - `code`: the program in the answer passes its tests in the sandbox;
/// - `instructions`: the answer does what it was told, checked without a person (IFEval).
public final class Scorers {
    private static final List<String> NAMES =
            List.of("number", "choice", "match", "exact", "grid", "code", "instructions");

    private static final String TOLERANT = "number:";

    private Scorers() {}

    /// Returns the names that there are, without tolerances.
    public static List<String> names() {
        return NAMES;
    }

    /// Returns whether a scorer runs programs.
    ///
    /// @param name of the scorer, known or not
    public static boolean needsSandbox(String name) {
        return name.equals("code");
    }

    /// Returns whether a scorer compares short results, such as a number, an option or a few words,
    /// and not programs, whole texts or grids.
    ///
    /// @param name of the scorer, known or not
    public static boolean takesShortAnswers(String name) {
        return !Set.of("code", "instructions", "grid").contains(name);
    }

    /// Returns a scorer.
    ///
    /// @param name one of the names above
    /// @param sandbox where `code` runs programs, which stays the caller's to close; null if there
    ///   is none, which is enough for the others
    /// @throws Fault `INVALID` if no scorer has this name; `UNAVAILABLE` if it needs a sandbox and
    ///   there is none
    public static Scorer named(String name, @Nullable Sandbox sandbox) {
        return switch (name) {
            case "number" -> new NumberScorer(name, BigDecimal.ZERO);
            case "choice" -> new ChoiceScorer();
            case "match" -> new WordsScorer(name, true);
            case "exact" -> new WordsScorer(name, false);
            case "grid" -> new GridScorer();
            case "code" -> code(sandbox);
            case "instructions" -> new InstructionsScorer();
            default ->
                    tolerance(name)
                            .map(tolerance -> new NumberScorer(name, tolerance))
                            .orElseThrow(() -> unknown(name));
        };
    }

    private static Scorer code(@Nullable Sandbox sandbox) {
        if (sandbox == null) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "The scorer code runs programs and there is no sandbox for them; open one, or"
                            + " leave out the tasks that have programs.");
        }
        return new CodeScorer(sandbox);
    }

    private static Optional<BigDecimal> tolerance(String name) {
        return name.startsWith(TOLERANT)
                ? Figure.parse(name.substring(TOLERANT.length()))
                        .filter(figure -> figure.numerator().signum() >= 0)
                        .flatMap(Figure::decimal)
                : Optional.empty();
    }

    private static Fault unknown(String name) {
        return new Fault(
                Fault.Code.INVALID,
                "There is no scorer \"%s\"; known are %s, and number:T with a tolerance T."
                        .formatted(name, String.join(", ", NAMES)));
    }

    /// Returns the right answers of a sample.
    ///
    /// @throws Fault `INVALID` if it has another kind of target
    static List<String> answers(String scorer, Sample sample) {
        return switch (sample.target()) {
            case Target.Answers(List<String> accepted) -> accepted;
            case Target.Choice _, Target.Tests _, Target.Instructions _ ->
                    throw unfit(scorer, sample, "an answer");
        };
    }

    /// Returns the fault of a target that a scorer cannot use.
    ///
    /// @param wanted what the scorer needs
    static Fault unfit(String scorer, Sample sample, String wanted) {
        return new Fault(
                Fault.Code.INVALID,
                ("The scorer %s needs %s to compare with, and sample %s has %s; give its task"
                                + " another scorer.")
                        .formatted(
                                scorer,
                                wanted,
                                sample.id(),
                                switch (sample.target()) {
                                    case Target.Answers _ -> "words";
                                    case Target.Choice _ -> "options";
                                    case Target.Tests _ -> "tests";
                                    case Target.Instructions _ -> "instructions";
                                }));
    }
}
