package dev.polymnia.eval.report;

import static java.util.stream.Collectors.joining;

import dev.polymnia.eval.report.Columns.Column;
import java.util.List;
import java.util.regex.Pattern;

/// Writes the tables as Markdown, as GitHub has it.
final class Markdown {
    private static final Pattern MARKUP = Pattern.compile("[\\\\`*\\[\\]|<>&~#]");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private Markdown() {}

    /// Returns the whole report.
    ///
    /// @param rows the runs that came to answers
    /// @param all all runs
    /// @param figures the plots, which lie beside the file
    /// @param note why there are none; empty if there are
    static String of(
            List<Row> rows,
            List<Row> all,
            List<Calibration> calibrations,
            BankSection banks,
            List<Figure> figures,
            String note) {
        StringBuilder text = new StringBuilder("# Evaluation\n\n");
        text.append(Words.INTRODUCTION).append("\n\n");
        table(text, Columns.RUNS, rows);
        text.append("\n## Plots\n\n");
        if (!note.isEmpty()) {
            text.append(escaped(note)).append('\n');
        }
        for (Figure figure : figures) {
            text.append("![")
                    .append(escaped(figure.description()))
                    .append("](")
                    .append(figure.file())
                    .append(")\n");
        }
        if (!calibrations.isEmpty()) {
            text.append("\n## Votes\n\n").append(Words.VOTES).append('\n');
        }
        for (Calibration calibration : calibrations) {
            text.append("\n### ").append(escaped(Words.title(calibration))).append("\n\n");
            text.append(Words.errors(calibration)).append("\n\n");
            table(text, Columns.VOTES, calibration.table().bins());
        }
        banks(text, banks);
        text.append("\n## Runs\n\n");
        table(text, Columns.SETUPS, all);
        text.append("\n## How to read this\n\n");
        for (String reading : Words.NOTES) {
            text.append("- ").append(reading).append('\n');
        }
        return text.toString();
    }

    private static void banks(StringBuilder text, BankSection section) {
        if (!section.banks().isEmpty()) {
            text.append("\n## Branch banks\n\n").append(Words.BANKS).append('\n');
        }
        for (BankSection.Part part : section.banks()) {
            text.append("\n### ").append(escaped(Words.title(part))).append("\n\n");
            table(text, BankColumns.REPLAYS, part.replays());
            if (!part.coverage().isEmpty()) {
                text.append('\n').append(Words.COVERAGE).append("\n\n");
                table(text, BankColumns.COVERAGE, part.coverage());
            }
        }
        if (!section.baselines().isEmpty()) {
            text.append("\n## Equal tokens\n\n").append(Words.EQUAL_TOKENS).append("\n\n");
            table(text, BankColumns.BASELINES, section.baselines());
        }
    }

    private static <T> void table(StringBuilder text, List<Column<T>> columns, List<T> rows) {
        line(text, columns.stream().map(Column::title).toList());
        line(text, columns.stream().map(it -> it.number() ? "---:" : "---").toList());
        for (T row : rows) {
            line(text, columns.stream().map(it -> escaped(it.text().apply(row))).toList());
        }
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append(cells.stream().collect(joining(" | ", "| ", " |"))).append('\n');
    }

    /// Returns text that Markdown takes for text, on one line.
    static String escaped(String raw) {
        String line = SPACE.matcher(raw).replaceAll(" ");
        return MARKUP.matcher(line).replaceAll("\\\\$0");
    }
}
