package dev.polymnia.eval.log;

import dev.polymnia.core.model.Usage;
import dev.polymnia.eval.AgentResult;
import dev.polymnia.eval.RunSetup;
import dev.polymnia.eval.Sample;
import dev.polymnia.eval.SampleResult;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A finished sample, in full and in short.
final class EvalSample {
    private static final int SHORT = 5120;
    private static final int SHORTER = 1024;

    private final RunSetup setup;
    private final Sample sample;
    private final SampleResult result;
    private final String scope;

    /// Takes a sample with its result.
    ///
    /// @param run the id of the run
    EvalSample(RunSetup setup, String run, Sample sample, SampleResult result) {
        this.setup = setup;
        this.sample = sample;
        this.result = result;
        this.scope = Parts.id(run, result.id(), Integer.toString(result.epoch()));
    }

    /// Returns the name of its entry in an archive.
    String entry() {
        return "samples/" + result.id() + "_epoch_" + result.epoch() + ".json";
    }

    /// Returns the `EvalSample`.
    ObjectNode whole() {
        ObjectNode asked = asked();
        ObjectNode score = Scores.of(result);
        ObjectNode node = Parts.object().put("id", result.id()).put("epoch", result.epoch());
        for (String name : List.of("input", "choices", "target")) {
            if (asked.has(name)) {
                node.set(name, asked.path(name));
            }
        }
        putAnswer(node, ChatMessages.input(sample.messages(), scope));
        node.putObject("scores").set(setup.scorer(), score);
        node.set("metadata", metadata());
        node.putObject("store");
        node.set("events", new Events(setup, result, scope).of(asked, score));
        putCosts(node);
        result.failure().ifPresent(failure -> node.set("error", Parts.error(Parts.words(failure))));
        node.putObject("attachments");
        Limit.of(setup, result)
                .ifPresent(limit ->
                        node.putObject("limit")
                                .put("type", limit.type())
                                .put("limit", limit.value()));
        return node;
    }

    /// Returns the `EvalSampleSummary`: what a list of samples shows.
    ObjectNode summary() {
        ObjectNode node = Parts.object().put("id", result.id()).put("epoch", result.epoch());
        node.put("input", shorten(sample.messages().getLast().text(), SHORT));
        TargetText.put(node, sample.target());
        if (node.path("target").isString()) {
            node.put("target", shorten(node.path("target").stringValue(), SHORT));
        }
        ObjectNode metadata = Parts.texts(sample.metadata());
        sample.metadata().forEach((name, text) -> metadata.put(name, shorten(text, SHORTER)));
        node.set("metadata", metadata);
        ObjectNode score = Scores.of(result);
        for (String name : List.of("answer", "explanation")) {
            if (score.has(name)) {
                score.put(name, shorten(score.path(name).stringValue(), SHORTER));
            }
        }
        node.putObject("scores").set(setup.scorer(), score);
        putCosts(node);
        result.failure().ifPresent(failure -> node.put("error", Parts.words(failure)));
        Limit.of(setup, result).ifPresent(limit -> node.put("limit", limit.type()));
        int answers = result.failure().isPresent() ? 0 : 1;
        return node.put("completed", true)
                .put(
                        "message_count",
                        ChatMessages.input(sample.messages(), scope).size() + answers);
    }

    /// Returns what Inspect calls a `Sample`: the question before anybody answered.
    private ObjectNode asked() {
        ObjectNode node = Parts.object();
        node.set("input", ChatMessages.input(sample.messages(), scope));
        TargetText.put(node, sample.target());
        node.put("id", result.id());
        return node.set("metadata", Parts.texts(sample.metadata()));
    }

    private void putAnswer(ObjectNode node, ArrayNode messages) {
        String model = Parts.model(setup);
        Usage usage = result.usage();
        ObjectNode output;
        if (result.failure().isPresent()) {
            output = Outputs.none(model, usage);
        } else {
            Optional<AgentResult> speaker = speaker();
            ObjectNode message =
                    ChatMessages.answer(
                            Parts.id(scope, "answer"),
                            model,
                            speaker.map(AgentResult::reasoning).orElse(""),
                            result.text());
            messages.add(message);
            String stop =
                    speaker.map(agent -> Outputs.word(agent.reason()))
                            .orElse(result.partial() ? "unknown" : "stop");
            output = Outputs.of(model, message, result.text(), stop, usage);
        }
        output.put("time", Parts.seconds(result.wall()));
        node.set("messages", messages);
        node.set("output", output);
    }

    /// Returns the agent whose words the answer is: the only one, the one that wrote it, or else
    /// the first that voted for it.
    private Optional<AgentResult> speaker() {
        List<AgentResult> agents = result.agents();
        if (agents.size() == 1) {
            return Optional.of(agents.getFirst());
        }
        return agents.stream()
                .filter(agent -> agent.text().equals(result.text()))
                .findFirst()
                .or(() ->
                        agents.stream()
                                .filter(agent -> agent.votes() && agent.answer().isPresent())
                                .filter(agent -> agent.answer().equals(result.answer()))
                                .findFirst());
    }

    /// Returns what the data tells and, under a name of its own, what the run found out.
    private ObjectNode metadata() {
        ObjectNode node = Parts.texts(sample.metadata());
        ObjectNode own =
                Parts.object()
                        .put("question", sample.question())
                        .put("partial", result.partial())
                        .put("truncated", result.truncated());
        result.answer().ifPresent(answer -> own.put("answer", answer));
        result.stop().ifPresent(stop -> own.put("stop", stop));
        return node.set("polymnia", own);
    }

    private void putCosts(ObjectNode node) {
        Parts.putUsage(node, Parts.model(setup), List.of(result));
        double seconds = Parts.seconds(result.wall());
        node.put("started_at", Parts.time(result.started()))
                .put("completed_at", Parts.time(result.started().plus(result.wall())))
                .put("total_time", seconds)
                .put("working_time", seconds)
                .put("uuid", scope);
    }

    /// Returns a text's beginning, cut between characters.
    private static String shorten(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "...\n(content truncated)";
    }
}
