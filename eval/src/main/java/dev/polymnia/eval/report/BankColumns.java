package dev.polymnia.eval.report;

import dev.polymnia.eval.bank.Coverage;
import dev.polymnia.eval.bank.EqualTokens;
import dev.polymnia.eval.bank.Measure;
import dev.polymnia.eval.bank.Policy;
import dev.polymnia.eval.bank.Replay;
import dev.polymnia.eval.report.Columns.Column;
import dev.polymnia.eval.stats.Bootstrap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What the tables of [BankSection] show, as plain text.
final class BankColumns {
    /// The table of replayed votes.
    static final List<Column<Replay>> REPLAYS =
            List.of(
                    new Column<>("Chains", false, replay -> mix(replay.policy())),
                    new Column<>("Weights", false, replay -> replay.policy().weighting()),
                    new Column<>(
                            "Stop",
                            false,
                            replay -> replay.policy().stop().name().toLowerCase(Locale.ROOT)),
                    new Column<>("n", true, replay -> Integer.toString(replay.questions())),
                    new Column<>(
                            "Accuracy (95 %)",
                            true,
                            replay ->
                                    replay.accuracy()
                                            .map(BankColumns::accuracy)
                                            .orElse(Columns.NONE)),
                    new Column<>(
                            "Minus the first chain (95 %)",
                            true,
                            replay ->
                                    replay.minusFirst()
                                            .map(BankColumns::difference)
                                            .orElse(Columns.NONE)),
                    new Column<>("Prompt tokens", true, replay -> whole(replay.promptTokens())),
                    new Column<>(
                            "Tokens generated", true, replay -> whole(replay.generatedTokens())),
                    new Column<>("Steps", true, replay -> whole(replay.steps())),
                    new Column<>(
                            "Stopped early", true, replay -> Columns.percent(replay.stopped())));

    /// The table of what choosing one chain would reach.
    static final List<Column<Coverage>> COVERAGE =
            List.of(
                    new Column<>("Chains", false, Coverage::chains),
                    new Column<>("k", true, each -> Integer.toString(each.k())),
                    new Column<>("Of", true, each -> Integer.toString(each.of())),
                    new Column<>("Any of k is right", true, each -> Columns.percent(each.value())),
                    new Column<>(
                            "The surest of k is right",
                            true,
                            each -> Columns.percent(each.surest())));

    /// The table of baselines.
    static final List<Column<EqualTokens>> BASELINES =
            List.of(
                    new Column<>("Baseline", false, each -> words(each.method())),
                    new Column<>("Chains of", false, EqualTokens::run),
                    new Column<>("Tokens of", false, EqualTokens::contemplating),
                    new Column<>("n", true, each -> Integer.toString(each.questions())),
                    new Column<>("Accuracy (95 %)", true, each -> accuracy(each.accuracy())),
                    new Column<>(
                            "Minus Contemplating (95 %)",
                            true, each -> difference(each.minusContemplating())),
                    new Column<>("Tokens generated", true, each -> whole(each.tokens())),
                    new Column<>("Tokens allowed", true, each -> whole(each.budget())),
                    new Column<>(
                            "Bank ran dry",
                            true,
                            each ->
                                    each.dry().isPresent()
                                            ? Integer.toString(each.dry().getAsInt())
                                            : Columns.NONE));

    private BankColumns() {}

    private static String mix(Policy policy) {
        List<String> parts = new ArrayList<>();
        if (policy.thinking() == 1) {
            parts.add("Thinking");
        } else if (policy.thinking() > 0) {
            parts.add("Thinking × " + Columns.format("%.1f", policy.thinking()));
        }
        if (policy.words() > 0) {
            parts.add(policy.words() + " words");
        }
        if (policy.programs() > 0) {
            parts.add(policy.programs() + " programs");
        }
        return String.join(", ", parts);
    }

    static String words(EqualTokens.Method method) {
        return switch (method) {
            case WORD_VOTING -> "plain word voting";
            case BUDGET_FORCING -> "one agent, budget forcing";
        };
    }

    private static String accuracy(Measure measure) {
        return Columns.percent(measure.value())
                + " ("
                + Columns.ends(measure.interval(), "%.1f")
                + ")";
    }

    private static String difference(Bootstrap.Estimate difference) {
        return Columns.signed(difference.value())
                + " ("
                + Columns.ends(difference.interval(), "%+.1f")
                + "), n = "
                + difference.questions();
    }

    private static String whole(double number) {
        return Columns.format("%.0f", number);
    }
}
