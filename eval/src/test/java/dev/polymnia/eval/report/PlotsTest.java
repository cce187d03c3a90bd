package dev.polymnia.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Mode;
import dev.polymnia.eval.report.Plots.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Needs fontconfig and a font, as every machine that builds Polymnia has.
final class PlotsTest {
    private static final Point INSTANT = new Point("instant", Mode.INSTANT, 40, 0.3, 0.2, 0.45);
    private static final Point THINKING = new Point("thinking", Mode.THINKING, 400, 0.6, 0.5, 0.7);

    @Test
    void nothing_is_in_the_way_here() {
        assertThat(Plots.obstacle()).isEmpty();
    }

    @Test
    void a_plot_is_an_svg_document_without_scripts() {
        String svg = Plots.svg("sums </svg><script>", "Tokens", List.of(INSTANT, THINKING));

        assertThat(Xml.parse(svg).getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(Xml.all(Xml.parse(svg), "script")).isEmpty();
    }

    @Test
    void equal_points_give_equal_plots_and_other_points_others() {
        String one = Plots.svg("sums", "Tokens", List.of(INSTANT, THINKING));
        String same = Plots.svg("sums", "Tokens", List.of(INSTANT, THINKING));
        Point wider = new Point("thinking", Mode.THINKING, 400, 0.6, 0.1, 0.7);

        assertThat(same).isEqualTo(one);
        assertThat(Plots.svg("sums", "Tokens", List.of(INSTANT, wider))).isNotEqualTo(one);
    }

    @Test
    void a_cost_of_nothing_can_be_drawn() {
        Point free = new Point("instant", Mode.INSTANT, 0, 0, 0, 0);

        assertThat(Plots.svg("sums", "Tokens", List.of(free))).contains("<svg");
    }
}
