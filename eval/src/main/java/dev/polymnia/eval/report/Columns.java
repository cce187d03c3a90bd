package dev.polymnia.eval.report;

import static java.util.stream.Collectors.joining;

import dev.polymnia.eval.RunSetup;
import dev.polymnia.eval.stats.Agreement;
import dev.polymnia.eval.stats.Interval;
import dev.polymnia.eval.stats.Reliability.Bin;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/// What the tables of a report show, as plain text.
final class Columns {
    /// What stands where there is nothing.
    static final String NONE = "\u2013";

    private static final int DIGEST = 12;
    private static final double SMALL_P = 0.001;

    /// The table of runs. The first column of every table is the head of its rows.
    static final List<Column<Row>> RUNS =
            List.of(
                    new Column<>("Suite", false, row -> row.run().setup().task()),
                    new Column<>("Mode", false, row -> row.run().setup().way()),
                    new Column<>("n", true, row -> n(row.counts())),
                    new Column<>("Accuracy (95 %)", true, Columns::accuracy),
                    new Column<>("Minus Thinking (95 %)", true, Columns::difference),
                    new Column<>("McNemar p", true, Columns::p),
                    new Column<>("Prompt tokens cached", true, cost(Row.Cost::cached, "%.0f")),
                    new Column<>("Prompt tokens read", true, cost(Row.Cost::computed, "%.0f")),
                    new Column<>("Tokens generated", true, cost(Row.Cost::generated, "%.0f")),
                    new Column<>("Seconds p50", true, cost(Row.Cost::median, "%.1f")),
                    new Column<>("Seconds p95", true, cost(Row.Cost::p95, "%.1f")),
                    new Column<>("Truncated", true, rate(Row.Counts::truncated)),
                    new Column<>("Refused", true, rate(Row.Counts::refused)),
                    new Column<>("Failed", true, row -> Integer.toString(row.counts().failed())),
                    new Column<>("Partial", true, row -> Integer.toString(row.counts().partial())),
                    new Column<>("Mentions a test (95 %)", true, Columns::aware),
                    new Column<>("By a judge (95 %)", true, Columns::judged),
                    new Column<>("Model", false, Columns::model),
                    new Column<>("Data", false, row -> digest(row.run().setup().dataDigest())),
                    new Column<>("Prompts", false, row -> digest(row.run().setup().promptDigest())),
                    new Column<>("Seed", true, row -> Long.toString(row.run().setup().seed())),
                    new Column<>("Date", false, Columns::date));

    /// The table of how runs were made.
    static final List<Column<Row>> SETUPS =
            List.of(
                    new Column<>("Run", false, row -> row.run().id()),
                    new Column<>("Status", false, row -> word(row.run().status())),
                    new Column<>("Data from", false, row -> row.run().setup().dataName()),
                    new Column<>("Scorer", false, row -> row.run().setup().scorer()),
                    new Column<>(
                            "Left out before",
                            true,
                            row -> Integer.toString(row.run().setup().offset())),
                    new Column<>(
                            "Epochs", true, row -> Integer.toString(row.run().setup().epochs())),
                    new Column<>(
                            "Most agents",
                            true,
                            row -> Integer.toString(row.run().setup().agents())),
                    new Column<>("Tokens per agent", true, row -> limit(row.run().setup())),
                    new Column<>("Options", false, row -> pairs(row.run().setup().options())),
                    new Column<>("Judge", false, Columns::judge),
                    new Column<>("Machine", false, row -> pairs(row.run().machine())));

    /// A table of votes, below the name of its run.
    static final List<Column<Bin>> VOTES =
            List.of(
                    new Column<>(
                            "Vote share",
                            false,
                            bin -> percent(bin.low()) + " to " + percent(bin.high())),
                    new Column<>("n", true, bin -> Integer.toString(bin.count())),
                    new Column<>("Mean share", true, bin -> percent(bin.meanShare())),
                    new Column<>("Accuracy", true, bin -> percent(bin.accuracy())));

    private Columns() {}

    /// A column.
    ///
    /// @param title its head
    /// @param number whether it holds numbers, which are aligned to the right
    /// @param text what a row has there; plain text, not escaped
    /// @param <T> what a row is
    record Column<T>(String title, boolean number, Function<T, String> text) {}

    /// Returns how many samples are finished, `n of N` if that is not all.
    static String n(Row.Counts counts) {
        return counts.complete()
                ? Integer.toString(counts.done())
                : counts.done() + " of " + counts.total();
    }

    /// Returns a share as a percentage with one decimal.
    static String percent(double share) {
        return format("%.1f %%", 100 * share);
    }

    /// Returns a number in the notation of programs, whatever the machine's language.
    static String format(String pattern, double number) {
        String text = String.format(Locale.ROOT, pattern, number);
        return text.matches("-0[.0]*( %)?") ? text.substring(1) : text;
    }

    /// Returns the words that tell a run from others of its suite.
    static String label(Row row) {
        RunSetup setup = row.run().setup();
        return setup.way() + ", " + setup.model() + ", seed " + setup.seed();
    }

    private static String accuracy(Row row) {
        String accuracy =
                row.accuracy()
                        .map(it -> percent(it.value()) + " (" + ends(it.interval(), "%.1f") + ")")
                        .orElse(NONE);
        return row.passAtK().isEmpty()
                ? accuracy
                : "%s; pass@%d %s"
                        .formatted(
                                accuracy, row.passAtK().size(), percent(row.passAtK().getLast()));
    }

    private static String aware(Row row) {
        Row.Counts counts = row.counts();
        return counts.done() == 0
                ? NONE
                : percent(row.rate(counts.aware()))
                        + " ("
                        + ends(Interval.wilson(counts.aware(), counts.done()), "%.1f")
                        + ")";
    }

    private static String judged(Row row) {
        return row.judged()
                .filter(it -> it.judged() > 0)
                .map(it ->
                        "%s (%s), n = %d, %d without a verdict, kappa %s"
                                .formatted(
                                        percent(it.rate()),
                                        ends(it.interval(), "%.1f"),
                                        it.agreement().count(),
                                        it.none(),
                                        kappa(it.agreement())))
                .orElse(NONE);
    }

    private static String kappa(Agreement agreement) {
        OptionalDouble kappa = agreement.kappa();
        return kappa.isPresent() ? format("%.2f", kappa.getAsDouble()) : NONE;
    }

    private static String judge(Row row) {
        return row.judged()
                .map(Judged::judge)
                .map(it ->
                        "%s %s, prompt %s, %d characters at once"
                                .formatted(
                                        it.model(),
                                        digest(it.digest()),
                                        digest(it.prompt()),
                                        it.window()))
                .orElse(NONE);
    }

    private static String difference(Row row) {
        return row.difference()
                .map(it ->
                        signed(it.value())
                                + " ("
                                + ends(it.interval(), "%+.1f")
                                + "), n = "
                                + it.questions())
                .orElse(NONE);
    }

    /// Returns a difference of shares in percentage points, with its sign.
    static String signed(double share) {
        return format("%+.1f", 100 * share);
    }

    /// Returns the ends of an interval of shares, in percent.
    static String ends(Interval interval, String pattern) {
        return format(pattern, 100 * interval.low())
                + " to "
                + format(pattern, 100 * interval.high());
    }

    private static String p(Row row) {
        return row.difference()
                .filter(it -> it.p().isPresent())
                .map(it -> it.p().getAsDouble())
                .map(p -> p < SMALL_P ? "< 0.001" : format("%.3f", p))
                .orElse(NONE);
    }

    private static Function<Row, String> cost(ToDoubleFunction<Row.Cost> part, String pattern) {
        return row -> row.cost().map(it -> format(pattern, part.applyAsDouble(it))).orElse(NONE);
    }

    private static Function<Row, String> rate(ToIntFunction<Row.Counts> count) {
        return row ->
                row.counts().done() == 0 ? NONE : percent(row.rate(count.applyAsInt(row.counts())));
    }

    private static String model(Row row) {
        RunSetup setup = row.run().setup();
        return setup.model()
                + Optional.of(setup.modelDigest())
                        .filter(digest -> !digest.isEmpty())
                        .map(digest -> " " + digest(digest))
                        .orElse("");
    }

    private static String digest(String digest) {
        return digest.isEmpty() ? NONE : digest.substring(0, Math.min(DIGEST, digest.length()));
    }

    private static String date(Row row) {
        return row.run().started().atZone(ZoneOffset.UTC).toLocalDate().toString();
    }

    private static String limit(RunSetup setup) {
        return setup.tokensPerAgent() == 0
                ? "model's own"
                : Integer.toString(setup.tokensPerAgent());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String pairs(Map<String, String> values) {
        String joined =
                new TreeMap<>(values)
                        .entrySet().stream()
                                .map(entry -> entry.getKey() + ": " + entry.getValue())
                                .collect(joining("; "));
        return joined.isEmpty() ? NONE : joined;
    }
}
