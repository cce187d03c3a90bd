package dev.polymnia.eval.report;

import dev.polymnia.eval.report.Plots.Point;
import dev.polymnia.eval.report.Row.Cost;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/// A plot of a suite.
///
/// @param file its name within the report's folder
/// @param description what it shows, in words
/// @param svg an SVG document
record Figure(String file, String description, String svg) {
    /// Draws what there is to draw: nothing for suites without a finished sample.
    static List<Figure> of(List<Suite> suites) {
        List<Figure> figures = new ArrayList<>();
        for (int i = 0; i < suites.size(); i++) {
            add(figures, i + 1, suites.get(i), "tokens", "Tokens of a sample, mean", Cost::tokens);
            add(
                    figures,
                    i + 1,
                    suites.get(i),
                    "seconds",
                    "Seconds of a sample, median",
                    Cost::median);
        }
        return figures;
    }

    private static void add(
            List<Figure> figures,
            int number,
            Suite suite,
            String word,
            String axis,
            ToDoubleFunction<Cost> cost) {
        List<Point> points = points(suite, cost);
        if (points.isEmpty()) {
            return;
        }
        String title = suite.name() + ": accuracy and " + word;
        StringBuilder description = new StringBuilder(title).append(", with 95 % intervals.");
        for (Point point : points) {
            description.append(
                    String.format(
                            Locale.ROOT,
                            " %s: %.1f %% at %.1f %s.",
                            point.name(),
                            100 * point.y(),
                            point.x(),
                            word));
        }
        figures.add(
                new Figure(
                        word + "-" + number + ".svg",
                        description.toString(),
                        Plots.svg(title, axis, points)));
    }

    private static List<Point> points(Suite suite, ToDoubleFunction<Cost> cost) {
        List<Point> points = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Row row : suite.rows()) {
            row.accuracy()
                    .ifPresent(accuracy ->
                            points.add(
                                    new Point(
                                            name(row, names),
                                            row.run().setup().mode(),
                                            row.cost().map(cost::applyAsDouble).orElse(0.0),
                                            accuracy.value(),
                                            accuracy.interval().low(),
                                            accuracy.interval().high())));
        }
        return points;
    }

    private static String name(Row row, Set<String> taken) {
        String label = Columns.label(row);
        String name = taken.contains(label) ? label + ", " + row.run().id() : label;
        taken.add(name);
        return name;
    }
}
