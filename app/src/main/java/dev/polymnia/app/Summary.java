package dev.polymnia.app;

import static java.util.stream.Collectors.joining;

import dev.polymnia.core.model.Usage;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Ledger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The words for what a run came to: its votes, why it stopped, what it cost.
final class Summary {
    private Summary() {}

    /// Returns the votes in one line.
    static String votes(Event.Tally tally) {
        String shares =
                tally.shares().stream()
                        .map(share -> share.answer() + " × " + share.votes())
                        .collect(joining("   "));
        String silent = tally.silent() == 0 ? "" : "no vote × " + tally.silent();
        return List.of(shares, silent).stream()
                .filter(part -> !part.isEmpty())
                .collect(joining("   "));
    }

    /// Returns why a run did not wait for all its agents, in one line.
    static String stop(Event.StoppedEarly stop) {
        return stop.words() + (stop.rule().isGuarantee() ? " (a guarantee)" : "");
    }

    /// Returns the ledger as a table.
    static List<String> ledger(Ledger ledger) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "%-8s %13s %11s %10s"
                        .formatted("ledger", "prompt cached", "prompt read", "written"));
        if (ledger.entries().size() > 1) {
            for (Ledger.Entry entry : ledger.entries()) {
                lines.add(
                        row(
                                entry.agent() == Ledger.SHARED
                                        ? "trunk"
                                        : "agent " + (entry.agent() + 1),
                                entry.usage()));
            }
        }
        lines.add(row("total", ledger.usage()) + "   tokens, " + seconds(ledger.wall()));
        return lines;
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    private static String row(String name, Usage usage) {
        return "%-8s %13d %11d %10d"
                .formatted(name, usage.cached(), usage.computed(), usage.generated());
    }
}
