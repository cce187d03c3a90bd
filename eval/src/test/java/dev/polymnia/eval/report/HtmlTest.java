package dev.polymnia.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class HtmlTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void markup_becomes_text() {
        assertThat(Html.text("<a href=\"x\" title='y'>&amp;</a>"))
                .isEqualTo("&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;");
    }

    @Test
    void what_pages_may_not_hold_is_replaced_and_all_else_stays() {
        assertThat(Html.text("a\u0000b\u001bc\ud800d\uffffe\u0085"))
                .isEqualTo("a\ufffdb\ufffdc\ufffdd\ufffde\ufffd");
        assertThat(Html.text("\u00e4\t\n\ud83d\ude00\u4e2d"))
                .isEqualTo("\u00e4\t\n\ud83d\ude00\u4e2d");
    }

    @Test
    void json_in_a_script_cannot_end_it_and_says_the_same() {
        String hostile = "</script><!--<script>&amp;\u2028\"\\";
        ObjectNode node = JSON.createObjectNode().put("text", hostile);

        String script = Html.script(node);

        assertThat(script).doesNotContain("<", ">", "&", "\u2028");
        assertThat(JSON.readTree(script).path("text").stringValue()).isEqualTo(hostile);
    }
}
