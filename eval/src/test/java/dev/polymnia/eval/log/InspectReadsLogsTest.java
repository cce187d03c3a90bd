package dev.polymnia.eval.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.model.Usage;
import dev.polymnia.eval.AgentResult;
import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.RunLog.Status;
import dev.polymnia.eval.Sample;
import dev.polymnia.eval.SampleResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes a log of every kind, and what it has to say, for `etc/check-inspect-logs.py`, which has
/// Inspect AI itself read them after the build. What is expected is found from the runs, not from
/// the logs.
final class InspectReadsLogsTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Path FOLDER = Path.of("target", "inspect-logs");
    private static final Map<String, String> LIMITS = Map.of("mc", "time", "où", "token");

    @Test
    void a_log_of_every_kind_is_written_for_inspect() throws IOException {
        Files.createDirectories(FOLDER);
        ObjectNode expected = JSON.createObjectNode();
        for (Map.Entry<String, RunLog> run : runs().entrySet()) {
            InspectLog.write(run.getValue(), FOLDER.resolve(run.getKey() + ".json"));
            InspectLog.writeArchive(run.getValue(), FOLDER.resolve(run.getKey() + ".eval"));
            expected.set(run.getKey(), expected(run.getValue()));
        }
        Files.writeString(FOLDER.resolve("expected.json"), expected.toPrettyString());

        for (String name : runs().keySet()) {
            int samples = expected.path(name).path("samples").size();
            assertThat(ForeignLog.read(FOLDER.resolve(name + ".json")).samples()).hasSize(samples);
            assertThat(ForeignLog.read(FOLDER.resolve(name + ".eval")).samples()).hasSize(samples);
        }
    }

    private static Map<String, RunLog> runs() {
        Map<String, RunLog> runs = new LinkedHashMap<>();
        runs.put("success", Runs.run(Status.SUCCESS, Runs.right("sum/1", 1), Runs.half("rules")));
        runs.put(
                "epochs",
                Runs.run(
                        Status.SUCCESS,
                        2,
                        Runs.right("sum/1", 1),
                        Runs.right("sum/1", 2),
                        Runs.half("rules")));
        runs.put("started", Runs.run(Status.STARTED, Runs.right("sum/1", 1), Runs.cut("où")));
        runs.put("cancelled", Runs.run(Status.CANCELLED, Runs.timed("mc"), Runs.right("sum/1", 1)));
        runs.put("error", Runs.mixed(Status.ERROR));
        runs.put("failures", Runs.mixed(Status.SUCCESS));
        runs.put("empty", Runs.run(Status.STARTED));
        return runs;
    }

    private static ObjectNode expected(RunLog run) {
        ObjectNode node =
                JSON.createObjectNode()
                        .put("status", run.status().name().toLowerCase(Locale.ROOT))
                        .put("task", "mixed")
                        .put("model", "polymnia/tiny")
                        .put("mode", "contemplating");
        if (!run.results().isEmpty()) {
            double accuracy =
                    run.samples().stream()
                            .mapToDouble(sample -> mean(run, sample))
                            .filter(mean -> mean >= 0)
                            .average()
                            .orElseThrow();
            node.put("accuracy", accuracy);
        }
        node.set("roles", roles(run.results()));
        ArrayNode samples = node.putArray("samples");
        for (SampleResult result : run.results()) {
            samples.add(expected(result));
        }
        return node;
    }

    /// Returns a sample's mean over its epochs, or -1 if it is not finished.
    private static double mean(RunLog run, Sample sample) {
        return run.results().stream()
                .filter(result -> result.id().equals(sample.id()))
                .mapToDouble(SampleResult::value)
                .average()
                .orElse(-1);
    }

    private static ObjectNode expected(SampleResult result) {
        ObjectNode node =
                JSON.createObjectNode()
                        .put("id", result.id())
                        .put("epoch", result.epoch())
                        .put("text", result.text())
                        .put("seconds", 1.5);
        double value = result.value();
        if (value == 0 || value == 1) {
            node.put("value", value == 1 ? "C" : "I");
        } else {
            node.put("value", value);
        }
        result.failure().ifPresent(failure -> node.put("error", failure.message()));
        if (result.partial()) {
            node.put("limit", LIMITS.get(result.id()));
        }
        node.set("roles", roles(List.of(result)));
        ArrayNode events = node.putArray("events").add("sample_init");
        for (AgentResult agent : result.agents()) {
            events.add("model");
            if (agent.text().equals(result.text())) {
                node.put("reasoning", agent.reasoning());
            }
        }
        if (result.partial()) {
            events.add("sample_limit");
        }
        if (result.failure().isPresent()) {
            events.add("error");
        }
        events.add("score");
        return node;
    }

    private static ObjectNode roles(List<SampleResult> results) {
        Map<String, Usage> usages = new LinkedHashMap<>();
        for (SampleResult result : results) {
            for (AgentResult agent : result.agents()) {
                usages.merge("agent-" + (agent.index() + 1), agent.usage(), Usage::plus);
            }
            if (result.shared().prompt() > 0) {
                usages.merge("shared", result.shared(), Usage::plus);
            }
        }
        ObjectNode node = JSON.createObjectNode();
        usages.forEach((role, usage) ->
                node.putObject(role)
                        .put("read", usage.computed())
                        .put("held", usage.cached())
                        .put("written", usage.generated()));
        return node;
    }
}
