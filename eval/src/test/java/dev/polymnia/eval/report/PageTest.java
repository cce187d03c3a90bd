package dev.polymnia.eval.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Mode;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.eval.AgentResult;
import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.RunSetup;
import dev.polymnia.eval.SampleResult;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class PageTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String HOSTILE = "</script><img src=x onerror=alert(1)>'\"&\u2028]]>";

    @Test
    void tables_have_captions_and_scopes_and_need_no_script() {
        Document main = main(page(Sketch.results("rw")));

        List<Element> tables = Xml.all(main, "table");
        assertThat(tables).hasSize(2);
        assertThat(Xml.all(main, "caption")).hasSize(2);
        assertThat(Xml.all(main, "th"))
                .allSatisfy(head -> assertThat(head.getAttribute("scope")).isIn("col", "row"));
        assertThat(tables.getFirst().getTextContent()).contains("sums", "thinking", "50.0 %");
        assertThat(Xml.all(main, "script")).isEmpty();
    }

    @Test
    void every_filter_has_a_label() {
        Document main = main(page(Sketch.results("rw")));

        assertThat(Xml.all(main, "label"))
                .extracting(label -> label.getElementsByTagName("*").item(0).getNodeName())
                .containsExactly("select", "input", "input", "input");
    }

    @Test
    void plots_are_images_with_a_description() {
        Document main = main(page(Sketch.results("rw")));

        List<Element> images = Xml.all(main, "img");
        assertThat(images).hasSize(2);
        for (Element image : images) {
            assertThat(image.getAttribute("alt")).contains("sums", "50.0 %");
            String source = image.getAttribute("src");
            assertThat(source).startsWith("data:image/svg+xml;base64,");
            byte[] svg = Base64.getDecoder().decode(source.substring(source.indexOf(',') + 1));
            assertThat(Xml.parse(new String(svg, UTF_8)).getDocumentElement().getTagName())
                    .isEqualTo("svg");
        }
    }

    @Test
    void hostile_text_stays_text_wherever_it_comes_from() {
        String page = hostilePage();

        assertThat(page).doesNotContain("<img src=x", "onerror=alert(1)>'");
        assertThat(Pattern.compile("<script").matcher(page).results().count())
                .isEqualTo(Pattern.compile("</script>").matcher(page).results().count())
                .isEqualTo(3);
        assertThat(Xml.all(main(page), "table").getFirst().getTextContent()).contains(HOSTILE);
        JsonNode sample = data(page, "index").path("samples").path(0);
        assertThat(sample.path("id").stringValue()).isEqualTo(HOSTILE);
        assertThat(sample.path("question").stringValue()).isEqualTo(HOSTILE);
        JsonNode agent = data(page, "sample-0").path(0).path("agents").path(0);
        assertThat(agent.path("text").stringValue()).isEqualTo(HOSTILE);
        assertThat(agent.path("reasoning").stringValue()).isEqualTo(HOSTILE);
    }

    @Test
    void the_policy_allows_the_pages_own_script_and_nothing_else() throws NoSuchAlgorithmException {
        String page = hostilePage();
        String script = between(page, "<script>", "</script>");
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(script.getBytes(UTF_8));

        assertThat(between(page, "Content-Security-Policy\" content=\"", "\""))
                .startsWith("default-src 'none';")
                .contains("script-src 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'")
                .doesNotContain("unsafe");
        assertThat(page).doesNotContain("http://", "https://", "innerHTML", "style=\"");
        assertThat(script).doesNotContain("innerHTML", "eval(", "fetch(");
    }

    @Test
    void samples_are_side_by_side_with_what_each_run_made_of_them() {
        RunLog instant = Sketch.run("i", Mode.INSTANT, Sketch.results("wr"));
        RunLog thinking = Sketch.run("t", Mode.THINKING, Sketch.results("rf"));

        String page = Report.of(List.of(thinking, instant)).html();

        JsonNode index = data(page, "index");
        assertThat(index.path("suites").path(0).stringValue()).isEqualTo("sums");
        assertThat(index.path("runs").path(0).path("label").stringValue())
                .isEqualTo("instant, tiny, seed 7");
        JsonNode first = index.path("samples").path(0);
        assertThat(first.path("target").stringValue()).isEqualTo("4");
        assertThat(first.path("differ").booleanValue()).isTrue();
        assertThat(first.path("results").path(0).path("right").booleanValue()).isFalse();
        assertThat(first.path("results").path(1).path("right").booleanValue()).isTrue();
        assertThat(first.path("results").path(1).path("tokens").intValue()).isEqualTo(36);
        assertThat(first.path("results").path(1).path("seconds").doubleValue()).isEqualTo(1.5);
        JsonNode failed = index.path("samples").path(1).path("results").path(1);
        assertThat(failed.path("failure").stringValue()).isEqualTo("UNAVAILABLE: no sandbox");
    }

    @Test
    void agents_are_told_with_all_they_have_and_without_what_they_have_not() {
        String page = page(Sketch.results("r"));

        JsonNode agent = data(page, "sample-0").path(0).path("agents").path(0);
        assertThat(agent.path("seed").stringValue()).isEqualTo("9223372036854775807");
        assertThat(agent.path("answer").stringValue()).isEqualTo("4");
        assertThat(agent.path("votes").booleanValue()).isTrue();
        assertThat(agent.path("reason").stringValue()).isEqualTo("end");
        assertThat(agent.path("reasoning").stringValue()).isEqualTo("Let me add.");
        assertThat(agent.has("confidence")).isFalse();
        assertThat(between(page, "id=\"sample-0\">", "</script>")).doesNotContain("NaN");
    }

    @Test
    void samples_of_other_data_are_not_mixed_and_unfinished_ones_are_left_out() {
        RunLog one = Sketch.run("a", Mode.INSTANT, Sketch.results("r"));
        RunSetup other = Sketch.setup(Mode.THINKING, "e".repeat(64), 7, 3, 1);
        RunLog two = Sketch.run("b", other, Sketch.samples(3), Sketch.results("w"));

        JsonNode index = data(Report.of(List.of(one, two)).html(), "index");

        assertThat(index.path("suites").path(0).stringValue()).isEqualTo("sums (data dddddddd)");
        assertThat(index.path("suites").path(1).stringValue()).isEqualTo("sums (data eeeeeeee)");
        assertThat(index.path("samples").size()).isEqualTo(2);
        assertThat(index.path("samples").path(0).path("differ").booleanValue()).isFalse();
    }

    private static String page(List<SampleResult> results) {
        return Report.of(List.of(Sketch.run("t", Mode.THINKING, results))).html();
    }

    private static String hostilePage() {
        RunSetup setup =
                new RunSetup(
                        HOSTILE,
                        Mode.CONTEMPLATING,
                        HOSTILE,
                        HOSTILE,
                        HOSTILE,
                        HOSTILE,
                        HOSTILE,
                        HOSTILE,
                        1,
                        2,
                        0,
                        1,
                        1,
                        0,
                        Map.of(HOSTILE, HOSTILE));
        List<AgentResult> agents = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            agents.add(Sketch.agent(i, Optional.of(HOSTILE), HOSTILE, HOSTILE, StopReason.END));
        }
        SampleResult result = Sketch.result(HOSTILE, 1, 'r', HOSTILE, agents);
        RunLog run =
                Sketch.run(
                        HOSTILE, setup, List.of(Sketch.sample(HOSTILE, HOSTILE)), List.of(result));
        return Report.of(List.of(run)).html();
    }

    private static Document main(String page) {
        return Xml.parse("<main>" + between(page, "<main>", "</main>") + "</main>");
    }

    private static JsonNode data(String page, String id) {
        String open = "<script type=\"application/json\" id=\"" + id + "\">";
        return JSON.readTree(between(page, open, "</script>"));
    }

    private static String between(String text, String open, String close) {
        Matcher matcher =
                Pattern.compile(
                                Pattern.quote(open) + "(.*?)" + Pattern.quote(close),
                                Pattern.DOTALL)
                        .matcher(text);
        assertThat(matcher.find()).as(open).isTrue();
        return matcher.group(1);
    }
}
