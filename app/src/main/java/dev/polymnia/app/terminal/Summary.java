package dev.polymnia.app.terminal;

import static java.util.stream.Collectors.joining;

import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Usage;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Ledger;
import dev.polymnia.core.run.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The words for what a run came to: its votes, why it stopped, what it cost.
public final class Summary {
    static final String PARTIAL = "The run was cut short: this is the best answer so far.";

    private Summary() {}

    /// Returns how a run began, in one line.
    static String start(Event.RunStarted started) {
        return "%s · %s · seed %d"
                .formatted(started.mode().word(), started.model(), started.seed());
    }

    /// Returns how an agent stopped.
    static String words(StopReason reason) {
        return switch (reason) {
            case STOP_HOOK -> "stopped on its way";
            case LENGTH -> "cut off at its limit";
            case BUDGET_TOKENS -> "no budget left";
            case BUDGET_TIME -> "no time left";
            case CANCELLED -> "not needed any more";
            case FAILED -> "failed";
            case END, STOP_STRING, TOOL_CALL -> "ended";
        };
    }

    /// Returns what came of a tool's call, as what stands behind the agent or the tool's name.
    static String words(Event.ToolFinished finished) {
        String what = finished.result().failed() ? " failed" : " answered";
        return finished.agents() == 1 ? what : what + ", asked by " + finished.agents();
    }

    /// Returns how an agent goes about the question, as what stands behind its answer; nothing if
    /// it reasons in words.
    static String how(String approach) {
        return approach.equals("words") ? "" : " · " + Printable.line(approach);
    }

    /// Returns what a run came to in one line: its votes if it had any, its time, its tokens, and
    /// what they cost if they did.
    static String brief(Optional<Event.Tally> tally, Ledger ledger) {
        String agreed =
                tally.filter(latest -> !latest.shares().isEmpty())
                        .map(latest -> agreement(latest) + " · ")
                        .orElse("");
        return agreed
                + seconds(ledger.wall())
                + " · "
                + String.format(Locale.ROOT, "%,d tokens", ledger.usage().generated())
                + (ledger.money() == 0 ? "" : " · " + Money.words(ledger.money()) + " in money");
    }

    private static String agreement(Event.Tally tally) {
        int all = tally.silent() + tally.shares().stream().mapToInt(Event.Share::votes).sum();
        return tally.shares().getFirst().votes() + " of " + all + " agreed";
    }

    /// Returns the votes in words that can be read aloud.
    static String spokenVotes(Event.Tally tally) {
        String shares =
                tally.shares().stream()
                        .map(share ->
                                "%d for %s"
                                        .formatted(share.votes(), Printable.line(share.answer())))
                        .collect(joining(", "));
        return shares
                + (tally.silent() == 0 ? "" : ", %d without a vote".formatted(tally.silent()))
                + ".";
    }

    /// Returns the votes in one line.
    static String votes(Event.Tally tally) {
        String shares =
                tally.shares().stream()
                        .map(share ->
                                Printable.line(share.answer())
                                        + " × "
                                        + share.votes()
                                        + weight(share))
                        .collect(joining("   "));
        String silent = tally.silent() == 0 ? "" : "no vote × " + tally.silent();
        return List.of(shares, silent).stream()
                .filter(part -> !part.isEmpty())
                .collect(joining("   "));
    }

    /// Returns what votes weigh if that is something else than how many they are.
    private static String weight(Event.Share share) {
        return Math.abs(share.weight() - share.votes()) < 0.005
                ? ""
                : String.format(Locale.ROOT, " (%.2f)", share.weight());
    }

    /// Returns why a run did not wait for all its agents, in one line.
    static String stop(Event.StoppedEarly stop) {
        return stop.words() + (stop.rule().isGuarantee() ? " (a guarantee)" : "");
    }

    /// Returns the ledger as a table: what each agent spent, and what it came to.
    public static List<String> ledger(Ledger ledger) {
        boolean paid = ledger.money() > 0;
        List<String> lines = new ArrayList<>();
        lines.add(
                "%-8s %13s %11s %10s".formatted("ledger", "prompt cached", "prompt read", "written")
                        + (paid ? "%11s".formatted("cost") : ""));
        if (ledger.entries().size() > 1) {
            for (Ledger.Entry entry : ledger.entries()) {
                if (entry.agent() == Ledger.SHARED) {
                    lines.add(row("trunk", entry.usage(), paid, entry.money()));
                } else {
                    lines.add(
                            row("agent " + (entry.agent() + 1), entry.usage(), paid, entry.money())
                                    + came(ledger, entry.agent()));
                }
            }
        }
        lines.add(
                row("total", ledger.usage(), paid, ledger.money())
                        + (paid ? "   " : "   tokens, ")
                        + seconds(ledger.wall()));
        return lines;
    }

    private static String came(Ledger ledger, int agent) {
        return ledger.agents().stream()
                .filter(report -> report.agent() == agent)
                .findFirst()
                .map(report ->
                        "   %s%s%s"
                                .formatted(
                                        seconds(report.time()),
                                        Double.isNaN(report.confidence())
                                                ? ""
                                                : String.format(
                                                        Locale.ROOT,
                                                        ", sure to %.2f",
                                                        report.confidence()),
                                        how(report.approach())))
                .orElse("");
    }

    /// Returns a duration in seconds with one decimal.
    public static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    private static String row(String name, Usage usage, boolean paid, long money) {
        return "%-8s %13d %11d %10d"
                        .formatted(name, usage.cached(), usage.computed(), usage.generated())
                + (paid ? "%11s".formatted(Money.words(money)) : "");
    }
}
