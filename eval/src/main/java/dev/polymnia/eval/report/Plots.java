package dev.polymnia.eval.report;

import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.GraphicsEnvironment;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGGraphics2DIOException;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.w3c.dom.Document;

/// Draws accuracy against a cost, as SVG, with XChart and Batik. Whoever shows a plot gives it a
/// description.
///
/// Drawing needs `java.desktop` and a font on the machine. The small runtime of the archive has no
/// `java.desktop`, and a bare server may have no font; [#obstacle] says so and no plot is drawn.
final class Plots {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 420;
    private static final double ROOM = 1.15;
    private static final String DESKTOP = "java.desktop";

    private Plots() {}

    /// A point with its interval.
    ///
    /// @param name names it in the legend; no two points of a plot have the same
    /// @param mode decides its colour and shape
    /// @param x the cost, at least 0
    /// @param y the accuracy, 0 to 1
    /// @param low the lower end of its interval
    /// @param high the upper end
    record Point(String name, Mode mode, double x, double y, double low, double high) {}

    /// Returns why nothing can be drawn here, as a sentence; empty if it can.
    static Optional<String> obstacle() {
        if (ModuleLayer.boot().findModule(DESKTOP).isEmpty()) {
            return Optional.of(
                    "No plots: this Java runtime has no java.desktop. Make the report with a JDK.");
        }
        return Canvas.obstacle();
    }

    /// Draws points. Only if there is no [obstacle][#obstacle].
    ///
    /// @param title of the plot
    /// @param cost the title of the x axis
    /// @param points at least one
    /// @return an SVG document
    static String svg(String title, String cost, List<Point> points) {
        return Canvas.svg(title, cost, points);
    }

    /// What touches `java.desktop`; not loaded where there is none.
    private static final class Canvas {
        private static final Color TEXT = new Color(0x33, 0x33, 0x33);
        private static final Color GRID = new Color(0xE0, 0xE0, 0xE0);
        private static final BasicStroke BAR = new BasicStroke(2);

        /// Of coordinates; words are drawn as shapes, and more decimals nobody sees.
        private static final int DECIMALS = 2;

        private static final String SVG = "http://www.w3.org/2000/svg";

        private Canvas() {}

        static Optional<String> obstacle() {
            if (System.getProperty("java.awt.headless") == null) {
                System.setProperty("java.awt.headless", "true");
            }
            String why;
            try {
                String[] fonts =
                        GraphicsEnvironment.getLocalGraphicsEnvironment()
                                .getAvailableFontFamilyNames(Locale.ROOT);
                if (fonts.length > 0) {
                    return Optional.empty();
                }
                why = "there are none";
            } catch (RuntimeException | InternalError | LinkageError e) {
                // How Java says it differs with what is missing: fontconfig, a font, a library.
                why = String.valueOf(e.getMessage());
            }
            return Optional.of(
                    "No plots: the fonts of this machine cannot be used ("
                            + why
                            + "). Install fontconfig and a font.");
        }

        static String svg(String title, String cost, List<Point> points) {
            XYChart chart = new XYChart(WIDTH, HEIGHT);
            chart.setTitle(title);
            chart.setXAxisTitle(cost);
            chart.setYAxisTitle("Accuracy in %");
            style(chart.getStyler(), points);
            for (Point point : points) {
                add(chart, point);
            }
            StringWriter out = new StringWriter();
            try {
                SVGGeneratorContext context = SVGGeneratorContext.createDefault(document());
                context.setPrecision(DECIMALS);
                SVGGraphics2D graphics = new SVGGraphics2D(context, false);
                graphics.setSVGCanvasSize(new Dimension(WIDTH, HEIGHT));
                chart.paint(graphics, WIDTH, HEIGHT);
                graphics.stream(out, true);
            } catch (SVGGraphics2DIOException | ParserConfigurationException e) {
                throw new Fault(
                        Fault.Code.INTERNAL,
                        "The plot '" + title + "' cannot be drawn: " + e.getMessage() + ".",
                        e);
            }
            return out.toString();
        }

        private static Document document() throws ParserConfigurationException {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(SVG, "svg", null);
        }

        private static void style(XYStyler styler, List<Point> points) {
            double most = points.stream().mapToDouble(Point::x).max().orElse(0);
            styler.setLocale(Locale.ROOT);
            styler.setXAxisMin(0.0);
            styler.setXAxisMax(most > 0 ? most * ROOM : 1.0);
            styler.setYAxisMin(0.0);
            styler.setYAxisMax(100.0);
            styler.setPlotGridLinesColor(GRID);
            styler.setChartBackgroundColor(Color.WHITE);
            styler.setChartFontColor(TEXT);
            styler.setLegendPosition(LegendPosition.OutsideS);
        }

        /// The interval is a line of its own, as the library's error bars reach equally far up and
        /// down and those of shares do not.
        private static void add(XYChart chart, Point point) {
            Color color = color(point.mode());
            XYSeries interval =
                    chart.addSeries(
                            "interval of " + point.name(),
                            new double[] {point.x(), point.x()},
                            new double[] {100 * point.low(), 100 * point.high()});
            interval.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
            interval.setMarker(SeriesMarkers.NONE);
            interval.setLineColor(color);
            interval.setLineStyle(BAR);
            interval.setShowInLegend(false);
            XYSeries dot =
                    chart.addSeries(
                            point.name(), new double[] {point.x()}, new double[] {100 * point.y()});
            dot.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
            dot.setMarker(marker(point.mode()));
            dot.setMarkerColor(color);
        }

        /// Told apart by people who see no red or no green (Okabe and Ito 2008).
        private static Color color(Mode mode) {
            return switch (mode) {
                case INSTANT -> new Color(0xE6, 0x9F, 0x00);
                case THINKING -> new Color(0x00, 0x72, 0xB2);
                case CONTEMPLATING -> new Color(0x00, 0x9E, 0x73);
            };
        }

        private static Marker marker(Mode mode) {
            return switch (mode) {
                case INSTANT -> SeriesMarkers.TRIANGLE_UP;
                case THINKING -> SeriesMarkers.CIRCLE;
                case CONTEMPLATING -> SeriesMarkers.DIAMOND;
            };
        }
    }
}
