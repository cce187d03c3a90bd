package dev.polymnia.eval.report;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import dev.polymnia.core.platform.MessageDigests;
import dev.polymnia.eval.report.Columns.Column;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// Writes the page: one file that needs nothing else, no server and no network. Tables and plots
/// are there without scripts; the samples need the page's own one.
///
/// A policy in its head lets the browser run the page's own script only, which it knows by its
/// hash, and load nothing. What is between `<main>` and `</main>` is well-formed XML, too.
final class Page {
    private static final String STYLE = resource("page.css");
    private static final String SCRIPT = resource("page.js");

    private final StringBuilder out = new StringBuilder(1 << 16);

    private Page() {}

    /// Returns the whole page.
    ///
    /// @param rows the runs that came to answers
    /// @param all all runs
    /// @param figures the plots
    /// @param note why there are none; empty if there are
    static String of(
            List<Row> rows,
            List<Row> all,
            List<Calibration> calibrations,
            BankSection banks,
            List<Figure> figures,
            String note,
            SideBySide samples) {
        Page page = new Page();
        page.head();
        page.out.append("<main>\n<h1>Evaluation</h1>\n");
        page.paragraph(Words.INTRODUCTION);
        page.table("Results", Columns.RUNS, rows);
        page.plots(figures, note);
        page.votes(calibrations);
        page.banks(banks);
        page.samples();
        page.out.append("<h2>Runs</h2>\n");
        page.table("How the runs were made", Columns.SETUPS, all);
        page.notes();
        page.out.append("</main>\n");
        page.scripts(samples);
        page.out.append("</body>\n</html>\n");
        return page.out.toString();
    }

    private void head() {
        out.append(
                """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                """);
        out.append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';")
                .append(" img-src data:; base-uri 'none'; form-action 'none'; style-src '")
                .append(hash(STYLE))
                .append("'; script-src '")
                .append(hash(SCRIPT))
                .append("'\">\n");
        out.append(
                """
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <meta name="referrer" content="no-referrer">
                <title>Evaluation</title>
                """);
        out.append("<style>").append(STYLE).append("</style>\n</head>\n<body>\n");
    }

    private void paragraph(String text) {
        out.append("<p>").append(Html.text(text)).append("</p>\n");
    }

    private <T> void table(String caption, List<Column<T>> columns, List<T> rows) {
        out.append("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"")
                .append(Html.text(caption))
                .append("\">\n<table>\n<caption>")
                .append(Html.text(caption))
                .append("</caption>\n<thead>\n<tr>");
        columns.forEach(column -> cell("th scope=\"col\"", "th", column, column.title()));
        out.append("</tr>\n</thead>\n<tbody>\n");
        for (T row : rows) {
            out.append("<tr>");
            for (int i = 0; i < columns.size(); i++) {
                String open = i == 0 ? "th scope=\"row\"" : "td";
                String text = columns.get(i).text().apply(row);
                cell(open, i == 0 ? "th" : "td", columns.get(i), text);
            }
            out.append("</tr>\n");
        }
        out.append("</tbody>\n</table>\n</div>\n");
    }

    private void cell(String open, String close, Column<?> column, String text) {
        out.append('<').append(open);
        if (column.number()) {
            out.append(" class=\"number\"");
        }
        out.append('>').append(Html.text(text)).append("</").append(close).append('>');
    }

    private void plots(List<Figure> figures, String note) {
        out.append("<h2>Plots</h2>\n");
        if (!note.isEmpty()) {
            paragraph(note);
        }
        out.append("<div class=\"plots\">\n");
        for (Figure figure : figures) {
            // As an image a drawing can neither run scripts nor share names with another one.
            byte[] svg = figure.svg().getBytes(StandardCharsets.UTF_8);
            out.append("<figure><img alt=\"")
                    .append(Html.text(figure.description()))
                    .append("\" src=\"data:image/svg+xml;base64,")
                    .append(Base64.getEncoder().encodeToString(svg))
                    .append("\"/></figure>\n");
        }
        out.append("</div>\n");
    }

    private void votes(List<Calibration> calibrations) {
        if (calibrations.isEmpty()) {
            return;
        }
        out.append("<h2>Votes</h2>\n");
        paragraph(Words.VOTES);
        for (Calibration calibration : calibrations) {
            table(Words.title(calibration), Columns.VOTES, calibration.table().bins());
            paragraph(Words.errors(calibration));
        }
    }

    private void banks(BankSection section) {
        if (!section.banks().isEmpty()) {
            out.append("<h2>Branch banks</h2>\n");
            paragraph(Words.BANKS);
        }
        for (BankSection.Part part : section.banks()) {
            String title = Words.title(part);
            table("Replayed: " + title, BankColumns.REPLAYS, part.replays());
            if (!part.coverage().isEmpty()) {
                paragraph(Words.COVERAGE);
                table("Any of k: " + title, BankColumns.COVERAGE, part.coverage());
            }
        }
        if (!section.baselines().isEmpty()) {
            out.append("<h2>Equal tokens</h2>\n");
            paragraph(Words.EQUAL_TOKENS);
            table("Baselines with equal tokens", BankColumns.BASELINES, section.baselines());
        }
    }

    private void samples() {
        out.append(
                """
                <h2 id="samples-title">Samples</h2>
                <noscript><p>The samples need JavaScript; the tables do not.</p></noscript>
                <form id="filters" hidden="hidden" aria-labelledby="samples-title">
                <label>Suite <select id="suite"><option value="">all</option></select></label>
                <label><input type="checkbox" id="differ"/> only where runs differ</label>
                <label><input type="checkbox" id="wrong"/> only with a wrong answer</label>
                <label>Search <input type="search" id="search"/></label>
                <output id="count" for="suite differ wrong search" aria-live="polite"></output>
                </form>
                <div id="samples"></div>
                """);
    }

    private void notes() {
        out.append("<h2>How to read this</h2>\n<ul>\n");
        Words.NOTES.forEach(note -> out.append("<li>").append(Html.text(note)).append("</li>\n"));
        out.append("</ul>\n");
    }

    private void scripts(SideBySide samples) {
        data("index", Html.script(samples.index()));
        for (int i = 0; i < samples.details().size(); i++) {
            data("sample-" + i, Html.script(samples.details().get(i)));
        }
        out.append("<script>").append(SCRIPT).append("</script>\n");
    }

    private void data(String id, String json) {
        out.append("<script type=\"application/json\" id=\"")
                .append(id)
                .append("\">")
                .append(json)
                .append("</script>\n");
    }

    private static String hash(String text) {
        byte[] digest = MessageDigests.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(digest);
    }

    private static String resource(String name) {
        try (InputStream in = requireNonNull(Page.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.CORRUPT,
                    "The resource "
                            + name
                            + " of the report cannot be read: "
                            + e.getMessage()
                            + ". Install Polymnia again.",
                    e);
        }
    }
}
