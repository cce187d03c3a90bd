package dev.polymnia.eval.log;

import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.RunSetup;
import dev.polymnia.eval.Sample;
import dev.polymnia.eval.SampleResult;
import java.lang.module.ModuleDescriptor;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// All of a log but its samples: what was run, how it went, and what that cost. Its fields come in
/// the order of Inspect's own, which reads headers from the front of a file.
final class Header {
    private static final int VERSION = 2;

    private final RunLog log;
    private final RunSetup setup;
    private final Results results;

    Header(RunLog log, Results results) {
        this.log = log;
        this.setup = log.setup();
        this.results = results;
    }

    /// Returns the header.
    ObjectNode whole() {
        ObjectNode node = Parts.object().put("version", VERSION).put("status", status());
        node.set("eval", eval());
        node.set("plan", plan());
        if (!results.isEmpty()) {
            node.set("results", results.metrics());
        }
        node.set("stats", stats());
        if (log.status() == RunLog.Status.ERROR) {
            node.set("error", Parts.error(failure()));
        }
        return node.put("invalidated", false);
    }

    /// Returns what is known when a run begins.
    ObjectNode start() {
        ObjectNode node = Parts.object().put("version", VERSION);
        node.set("eval", eval());
        return node.set("plan", plan());
    }

    private String status() {
        return switch (log.status()) {
            case STARTED -> "started";
            case SUCCESS -> "success";
            case CANCELLED -> "cancelled";
            case ERROR -> "error";
        };
    }

    private ObjectNode eval() {
        ObjectNode node =
                Parts.object()
                        .put("eval_id", Parts.id(log.id(), "eval"))
                        .put("run_id", log.id())
                        .put("created", Parts.time(log.started()))
                        .put("task", setup.task())
                        .put("task_id", Parts.id(log.id(), "task"))
                        .put("task_version", 0);
        node.putObject("task_attribs");
        node.putObject("task_args")
                .put("mode", setup.mode().word())
                .put("scorer", setup.scorer())
                .put("offset", setup.offset())
                .put("samples", setup.samples())
                .put("data_digest", setup.dataDigest())
                .put("prompt_digest", setup.promptDigest());
        node.put("solver", solver());
        node.putArray("tags").add(setup.way());
        node.set("dataset", dataset());
        node.put("model", Parts.model(setup));
        node.putObject("model_generate_config");
        node.set("model_args", modelArguments());
        node.set("config", config());
        node.set("packages", packages());
        node.putObject("metadata").set("machine", Parts.texts(log.machine()));
        node.set("scorers", scorers());
        return node;
    }

    private ObjectNode dataset() {
        ObjectNode node =
                Parts.object().put("name", setup.dataName()).put("samples", log.samples().size());
        ArrayNode ids = node.putArray("sample_ids");
        for (Sample sample : log.samples()) {
            ids.add(sample.id());
        }
        return node.put("shuffled", false);
    }

    private ObjectNode modelArguments() {
        ObjectNode node =
                Parts.object()
                        .put("mode", setup.mode().word())
                        .put("agents", setup.agents())
                        .put("digest", setup.modelDigest())
                        .put("seed", setup.seed())
                        .put("tokens_per_agent", setup.tokensPerAgent());
        return node.set("options", Parts.texts(setup.options()));
    }

    private ObjectNode config() {
        ObjectNode node = Parts.object();
        if (setup.offset() > 0) {
            node.putArray("limit").add(setup.offset()).add(setup.offset() + setup.samples());
        } else {
            node.put("limit", setup.samples());
        }
        node.put("epochs", setup.epochs());
        node.putArray("epochs_reducer").add("mean");
        return node.put("fail_on_error", false).put("log_samples", true);
    }

    private static ObjectNode packages() {
        ObjectNode node = Parts.object();
        Optional.ofNullable(Header.class.getModule().getDescriptor())
                .flatMap(ModuleDescriptor::rawVersion)
                .ifPresent(version -> node.put("polymnia", version));
        return node;
    }

    private ArrayNode scorers() {
        ArrayNode nodes = Parts.array();
        ArrayNode metrics = nodes.addObject().put("name", setup.scorer()).putArray("metrics");
        metrics.addObject().put("name", "accuracy");
        metrics.addObject().put("name", "stderr");
        return nodes;
    }

    private ObjectNode plan() {
        ObjectNode node = Parts.object().put("name", "plan");
        node.putArray("steps")
                .addObject()
                .put("solver", solver())
                .putObject("params")
                .put("agents", setup.agents());
        return node.set("config", Parts.config(setup, setup.seed()));
    }

    private String solver() {
        return "polymnia/" + setup.way();
    }

    private ObjectNode stats() {
        ObjectNode node =
                Parts.object()
                        .put("started_at", Parts.time(log.started()))
                        .put("completed_at", completed());
        Parts.putUsage(node, Parts.model(setup), log.results());
        return node;
    }

    /// Returns when the last sample ended; nothing for a run that may still go on.
    private String completed() {
        if (log.status() == RunLog.Status.STARTED) {
            return "";
        }
        Instant last =
                log.results().stream()
                        .map(result -> result.started().plus(result.wall()))
                        .max(Comparator.naturalOrder())
                        .orElse(log.started());
        return Parts.time(last);
    }

    private String failure() {
        List<SampleResult.Failure> failures =
                log.results().stream().flatMap(result -> result.failure().stream()).toList();
        return failures.isEmpty()
                ? "The run cannot go on."
                : "The run cannot go on. The last failure: " + Parts.words(failures.getLast());
    }
}
