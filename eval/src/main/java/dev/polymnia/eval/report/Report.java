package dev.polymnia.eval.report;

import dev.polymnia.core.Fault;
import dev.polymnia.eval.Judgements;
import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.RunSetup;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What runs came to: tables, plots, vote calibration and the samples side by side, as one page for
/// people, as Markdown and as JSON. Equal runs give equal reports, in whatever order they are and
/// whenever the report is made; plots may differ between machines with different fonts.
///
/// Statistics are made on demand and take seconds for thousands of samples. Immutable and
/// thread-safe.
public final class Report {
    private final List<RunLog> runs;
    private final Map<String, String> logs;
    private final Map<String, Judgements> judgements;

    private Report(
            List<RunLog> runs, Map<String, String> logs, Map<String, Judgements> judgements) {
        this.runs = runs;
        this.logs = logs;
        this.judgements = judgements;
    }

    /// Returns the report of runs, finished or not.
    ///
    /// @param runs at least one, in any order
    /// @throws Fault `INVALID` if there is none, or if two have the same id
    public static Report of(List<RunLog> runs) {
        if (runs.isEmpty()) {
            throw new Fault(
                    Fault.Code.INVALID, "No runs to report; give a folder that holds one or more.");
        }
        Set<String> ids = new HashSet<>();
        for (RunLog run : runs) {
            if (!ids.add(run.id())) {
                throw new Fault(
                        Fault.Code.INVALID,
                        "The run " + run.id() + " is there twice; remove one of them.");
            }
        }
        return new Report(List.copyOf(runs), Map.of(), Map.of());
    }

    /// Returns this report with links from its page to the logs of its runs.
    ///
    /// @param paths where the log of each run is, by the run's id: relative to the folder the
    ///   report is written to, with `/` between the parts; runs without one get no link
    /// @throws Fault `INVALID` if a path is not relative
    public Report linked(Map<String, String> paths) {
        Map<String, String> addresses = new TreeMap<>();
        paths.forEach((id, path) -> addresses.put(id, address(path)));
        return new Report(runs, addresses, judgements);
    }

    /// Returns this report with what a judge says of its runs.
    ///
    /// @param all by the id of the run; runs without any were not judged
    public Report judged(Map<String, Judgements> all) {
        return new Report(runs, logs, Map.copyOf(all));
    }

    private static String address(String path) {
        if (path.isBlank() || path.startsWith("/") || path.startsWith("\\")) {
            throw new Fault(Fault.Code.INVALID, notRelative(path));
        }
        try {
            // The dot keeps a part with a colon from being a scheme.
            return new URI(null, null, "./" + path, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new Fault(Fault.Code.INVALID, notRelative(path), e);
        }
    }

    private static String notRelative(String path) {
        return "'" + path + "' is no relative path to a log; give one from the report's folder.";
    }

    /// Writes `index.html`, `report.md`, `report.json` and the plots as SVG files into a folder,
    /// which is made if it is not there. Files of these names are replaced.
    ///
    /// @return the Markdown
    /// @throws Fault `UNAVAILABLE` if the folder or a file cannot be written
    public String write(Path folder) {
        Parts parts = parts();
        String markdown = parts.markdown();
        try {
            Files.createDirectories(folder);
            for (Figure figure : parts.figures()) {
                write(folder.resolve(figure.file()), figure.svg());
            }
            write(folder.resolve("report.json"), parts.json());
            write(folder.resolve("report.md"), markdown);
            write(folder.resolve("index.html"), parts.page(logs));
            return markdown;
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "The report cannot be written to "
                            + folder
                            + ": "
                            + e.getMessage()
                            + ". Choose a folder that can be written to.",
                    e);
        }
    }

    /// What models wrote may hold halves of characters, which `Files.writeString` refuses.
    private static void write(Path file, String text) throws IOException {
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /// Returns the tables as Markdown; plots are named as if they lay beside it.
    String markdown() {
        return parts().markdown();
    }

    /// Returns the numbers as JSON: an object with `polymnia-report` (the version of its form, 1),
    /// `runs` and `calibration`; with branch banks also `banks` and `equal_tokens`.
    String json() {
        return parts().json();
    }

    /// Returns the page: one HTML file with all that it needs.
    String html() {
        return parts().page(logs);
    }

    private Parts parts() {
        List<Row> rows = Rows.of(runs, judgements);
        List<Row> answers =
                rows.stream()
                        .filter(row -> !row.run().setup().way().equals(RunSetup.BANK))
                        .toList();
        Optional<String> obstacle = Plots.obstacle();
        List<Figure> figures = obstacle.isPresent() ? List.of() : Figure.of(Suite.of(answers));
        return new Parts(
                rows,
                answers,
                Suite.of(rows),
                votes(answers),
                BankSection.of(rows),
                figures,
                obstacle.orElse(""));
    }

    private static List<Calibration> votes(List<Row> rows) {
        return rows.stream()
                .map(row -> Calibration.of(row.run()))
                .flatMap(Optional::stream)
                .toList();
    }

    /// @param rows all runs
    /// @param answers those that came to answers; the others are branch banks
    private record Parts(
            List<Row> rows,
            List<Row> answers,
            List<Suite> suites,
            List<Calibration> votes,
            BankSection banks,
            List<Figure> figures,
            String note) {
        String markdown() {
            return Markdown.of(answers, rows, votes, banks, figures, note);
        }

        String json() {
            return ReportJson.of(answers, votes, banks);
        }

        String page(Map<String, String> logs) {
            return Page.of(answers, rows, votes, banks, figures, note, SideBySide.of(suites, logs));
        }
    }
}
