package dev.polymnia.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.polymnia.core.message.Role;
import dev.polymnia.server.trace.TraceOptions;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// What runs tell a collector, on the wire.
@Timeout(60)
final class TracesTest extends ServerFixture {
    private static final Script SCRIPT = (_, _) -> Reply.of(LEFT).withReasoning("Muffins, then.");
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";
    private static final String THINKING = "{\"model\": \"thinking\", %s}".formatted(ASKED);

    private static final String TOOLS =
            "\"tools\": [{\"type\": \"function\", \"function\": {\"name\": \"look\","
                    + " \"parameters\": {\"type\": \"object\"}}}]";

    private static ServerOptions to(String endpoint, int percent) {
        return new ServerOptions(ServerOptions.USUAL_HOST, 0, Set.of())
                .withTraces(
                        TraceOptions.of(
                                        endpoint,
                                        List.of("Authorization: Bearer of-the-house"),
                                        percent)
                                .withDelay(Duration.ofMillis(50)));
    }

    private PolymniaServer serve(Script script, FakeCollector collector) {
        return serve(script, to(collector.url(), 100), _ -> {});
    }

    private static String parent(boolean sampled) {
        return "00-%s-%s-%s".formatted(TRACE, PARENT, sampled ? "01" : "00");
    }

    private static List<Span> spans(List<FakeCollector.Sent> sent) {
        return sent.stream().flatMap(each -> each.spans().stream()).toList();
    }

    private static Span whole(List<Span> spans) {
        return only(spans, "invoke_workflow").getFirst();
    }

    private static List<Span> only(List<Span> spans, String operation) {
        return spans.stream()
                .filter(span -> words(span, "gen_ai.operation.name").equals(operation))
                .toList();
    }

    private static AnyValue value(Span span, String key) {
        return span.getAttributesList().stream()
                .filter(each -> each.getKey().equals(key))
                .map(KeyValue::getValue)
                .findFirst()
                .orElse(AnyValue.getDefaultInstance());
    }

    private static String words(Span span, String key) {
        return value(span, key).getStringValue();
    }

    private static long number(Span span, String key) {
        assertThat(value(span, key).hasIntValue()).describedAs(key).isTrue();
        return value(span, key).getIntValue();
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    @Test
    void a_run_of_contemplating_is_a_trace_with_a_span_of_each_branch() throws Exception {
        try (FakeCollector collector = new FakeCollector()) {
            PolymniaServer server = serve(SCRIPT, collector);

            JsonNode body =
                    answer(server, "\"model\": \"contemplating\", \"polymnia\": {\"agents\": 4}");
            List<FakeCollector.Sent> sent = collector.next(1);

            List<Span> spans = spans(sent);
            Span whole = whole(spans);
            List<Span> branches = only(spans, "invoke_agent");
            assertThat(spans).hasSize(5);
            assertThat(branches).hasSize(4);
            assertThat(whole.getParentSpanId().isEmpty()).isTrue();
            assertThat(whole.getName()).isEqualTo("invoke_workflow contemplating");
            assertThat(words(whole, "polymnia.run")).isEqualTo(body.get("id").asString());
            assertThat(words(whole, "polymnia.end")).isEqualTo("answered");
            assertThat(words(whole, "polymnia.join")).isEqualTo("vote");
            assertThat(number(whole, "polymnia.agents")).isEqualTo(4);
            assertThat(number(whole, "polymnia.votes.leader")).isPositive();
            assertThat(number(whole, "gen_ai.usage.output_tokens"))
                    .isEqualTo(body.at("/usage/completion_tokens").asLong());
            assertThat(number(whole, "gen_ai.usage.input_tokens"))
                    .isEqualTo(body.at("/usage/prompt_tokens").asLong());
            assertThat(number(whole, "gen_ai.usage.cache_read.input_tokens"))
                    .isEqualTo(body.at("/usage/prompt_tokens_details/cached_tokens").asLong());
            assertThat(branches)
                    .allSatisfy(branch -> {
                        assertThat(branch.getTraceId()).isEqualTo(whole.getTraceId());
                        assertThat(branch.getParentSpanId()).isEqualTo(whole.getSpanId());
                        assertThat(branch.getStartTimeUnixNano())
                                .isBetween(
                                        whole.getStartTimeUnixNano(), whole.getEndTimeUnixNano());
                        assertThat(branch.getEndTimeUnixNano())
                                .isBetween(
                                        branch.getStartTimeUnixNano(), whole.getEndTimeUnixNano());
                        assertThat(words(branch, "gen_ai.agent.name")).isNotBlank();
                    });
            assertThat(branches.stream().map(each -> number(each, "polymnia.agent")))
                    .containsExactlyInAnyOrder(0L, 1L, 2L, 3L);
            assertThat(
                            branches.stream()
                                    .mapToLong(each -> number(each, "gen_ai.usage.output_tokens"))
                                    .sum())
                    .isEqualTo(body.at("/usage/completion_tokens").asLong());
            assertThat(sent)
                    .allSatisfy(each -> {
                        assertThat(each.authorization()).isEqualTo("Bearer of-the-house");
                        assertThat(each.words()).doesNotContain("How many", "36 - 5", "Muffins");
                        assertThat(each.words()).contains("polymnia");
                    });
        }
    }

    @Test
    void a_request_that_belongs_to_a_trace_says_whether_it_is_told_about() throws Exception {
        try (FakeCollector collector = new FakeCollector()) {
            PolymniaServer server = serve(SCRIPT, to(collector.url(), 0), _ -> {});

            chat(server, THINKING);
            chat(server, THINKING, "traceparent", parent(false));
            chat(server, THINKING, "traceparent", "00-nothing-of-the-kind-01");
            chat(server, THINKING, "traceparent", parent(true));
            List<Span> spans = spans(collector.next(1));

            assertThat(spans).hasSize(2);
            assertThat(spans).allMatch(span -> hex(span.getTraceId()).equals(TRACE));
            assertThat(hex(whole(spans).getParentSpanId())).isEqualTo(PARENT);
            assertThat(words(whole(spans), "polymnia.mode")).isEqualTo("thinking");
            assertThat(collector.isQuiet()).isTrue();
        }
    }

    @Test
    void what_goes_on_in_the_background_belongs_to_the_trace_of_its_request() throws Exception {
        try (FakeCollector collector = new FakeCollector()) {
            PolymniaServer server = serve(SCRIPT, collector);
            String response =
                    "{\"model\": \"thinking\", \"background\": true, \"input\": \"How many?\"}";

            send(server.url() + "/runs", THINKING, "traceparent", parent(true));
            List<Span> run = spans(collector.next(1));
            send(server.url() + "/responses", response, "traceparent", parent(true));
            List<Span> answer = spans(collector.next(1));

            assertThat(hex(whole(run).getTraceId())).isEqualTo(TRACE);
            assertThat(hex(whole(answer).getParentSpanId())).isEqualTo(PARENT);
        }
    }

    @Test
    void a_run_that_fails_says_so_by_its_code() throws Exception {
        try (FakeCollector collector = new FakeCollector()) {
            PolymniaServer server = serve((_, _) -> Reply.of(LEFT).failingAfter(1), collector);

            JsonNode body = answer(server, "\"model\": \"thinking\"");
            List<Span> spans = spans(collector.next(1));

            assertThat(body.has("error")).isTrue();
            assertThat(spans).hasSize(2);
            assertThat(spans)
                    .allSatisfy(span -> {
                        assertThat(span.getStatus().getCode())
                                .isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
                        assertThat(span.getStatus().getMessage()).isEqualTo("internal");
                        assertThat(words(span, "error.type")).isEqualTo("internal");
                    });
            assertThat(words(whole(spans), "polymnia.end")).isEqualTo("failed");
        }
    }

    @Test
    void a_run_that_cannot_begin_says_so() throws Exception {
        try (FakeCollector collector = new FakeCollector()) {
            PolymniaServer server = serve(SCRIPT, collector);
            String long_ = "word ".repeat(300_000);

            int status =
                    chat(
                                    server,
                                    "{\"model\": \"instant\", \"messages\": [{\"role\": \"user\", \"content\": \"%s\"}]}"
                                            .formatted(long_))
                            .statusCode();
            Span whole = whole(spans(collector.next(1)));

            assertThat(status).isEqualTo(400);
            assertThat(whole.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
            assertThat(words(whole, "error.type")).isNotEqualTo("broken").isNotBlank();
        }
    }

    @Test
    void a_call_of_a_tool_is_a_span_of_its_branch() throws Exception {
        String question = "{\"role\": \"user\", \"content\": \"How many are left?\"}";
        Script looking =
                (request, _) ->
                        request.prompt().messages().getLast().role() == Role.TOOL
                                ? Reply.of(LEFT)
                                : Reply.of("So.").calling("look", "{\"at\": \"muffins\"}");
        try (FakeCollector collector = new FakeCollector()) {
            PolymniaServer server = serve(looking, collector);

            String ask = "{\"model\": \"thinking\", \"messages\": [%s], %s}";
            JsonNode message =
                    json(chat(server, ask.formatted(question, TOOLS)).body())
                            .at("/choices/0/message");
            List<FakeCollector.Sent> first = collector.next(1);
            String result =
                    "{\"role\": \"tool\", \"tool_call_id\": %s, \"content\": \"31 muffins\"}"
                            .formatted(message.at("/tool_calls/0/id"));
            chat(server, ask.formatted("%s, %s, %s".formatted(question, message, result), TOOLS));
            List<FakeCollector.Sent> second = collector.next(1);

            List<Span> spans = spans(first);
            Span tool = only(spans, "execute_tool").getFirst();
            assertThat(tool.getName()).isEqualTo("execute_tool look");
            assertThat(tool.getParentSpanId())
                    .isEqualTo(only(spans, "invoke_agent").getFirst().getSpanId());
            assertThat(words(whole(spans), "polymnia.end")).isEqualTo("suspended");
            assertThat(words(whole(spans(second)), "polymnia.end")).isEqualTo("answered");
            assertThat(words(whole(spans(second)), "polymnia.run"))
                    .isEqualTo(words(whole(spans), "polymnia.run"));
            assertThat(only(spans(second), "invoke_agent")).hasSize(1);
            assertThat(first).noneMatch(each -> each.words().contains("muffins"));
            assertThat(second).noneMatch(each -> each.words().contains("muffins"));
        }
    }

    @Test
    void a_name_that_a_model_made_up_is_not_told() throws Exception {
        Script inventing =
                (request, _) ->
                        request.prompt().messages().getLast().role() == Role.TOOL
                                ? Reply.of(LEFT)
                                : Reply.of("So.").calling("muffins", "{}");
        try (FakeCollector collector = new FakeCollector()) {
            PolymniaServer server = serve(inventing, collector);

            answer(server, "\"model\": \"thinking\", " + TOOLS);
            List<FakeCollector.Sent> sent = collector.next(1);

            Span tool = only(spans(sent), "execute_tool").getFirst();
            assertThat(tool.getName()).isEqualTo("execute_tool unknown");
            assertThat(value(tool, "polymnia.tool.failed").getBoolValue()).isTrue();
            assertThat(sent).noneMatch(each -> each.words().contains("muffins"));
        }
    }

    @Test
    void a_collector_that_refuses_disturbs_no_run_and_is_told_of_once() throws Exception {
        Warnings warnings = new Warnings();
        Logger log = Logger.getLogger("polymnia");
        log.addHandler(warnings);
        try (FakeCollector collector = new FakeCollector(403, 403)) {
            PolymniaServer server = serve(SCRIPT, collector);

            for (int asked = 0; asked < 3; asked++) {
                assertThat(chat(server, THINKING).statusCode()).isEqualTo(200);
                collector.next(1);
            }

            assertThat(warnings.all)
                    .singleElement()
                    .asString()
                    .contains(collector.url(), "403")
                    .doesNotContain("How many", "of-the-house");
        } finally {
            log.removeHandler(warnings);
        }
    }

    @Test
    void a_collector_that_is_not_there_disturbs_no_run() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        PolymniaServer server = serve(SCRIPT, to("http://127.0.0.1:" + free, 100), _ -> {});

        assertThat(chat(server, THINKING).statusCode()).isEqualTo(200);
        server.close();
    }

    private static final class Warnings extends Handler {
        private final Queue<String> all = new ConcurrentLinkedQueue<>();

        @Override
        public void publish(@Nullable LogRecord record) {
            if (record != null) {
                all.add(record.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
