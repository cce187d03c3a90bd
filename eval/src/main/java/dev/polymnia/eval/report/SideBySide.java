package dev.polymnia.eval.report;

import static java.util.stream.Collectors.joining;

import dev.polymnia.eval.AgentResult;
import dev.polymnia.eval.Sample;
import dev.polymnia.eval.SampleResult;
import dev.polymnia.eval.Score;
import dev.polymnia.eval.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The samples of a report as its page has them: what each run answered to each question. The index
/// is read when the page opens; the branches of a sample are apart from it and are read when
/// somebody unfolds it.
///
/// @param index `suites` (names), `runs` (`suite`, `label`, `log` if known) and `samples` (`suite`,
///   `id`, `question`, `target`, `differ`, `wrong`, `results` by run and epoch)
/// @param details for each sample of the index, for each of its results, the text and the agents
record SideBySide(ObjectNode index, List<ArrayNode> details) {
    private static final JsonMapper JSON = new JsonMapper();

    /// Collects the samples that at least one run has finished.
    ///
    /// @param logs where the log of a run is, by the run's id; a relative address
    static SideBySide of(List<Suite> suites, Map<String, String> logs) {
        SideBySide all = new SideBySide(JSON.createObjectNode(), new ArrayList<>());
        ArrayNode names = all.index.putArray("suites");
        ArrayNode runs = all.index.putArray("runs");
        ArrayNode samples = all.index.putArray("samples");
        for (Suite suite : suites) {
            int number = names.size();
            names.add(suite.name());
            all.add(suite, number, runs.size(), samples);
            for (Row row : suite.rows()) {
                ObjectNode run = runs.addObject().put("suite", number);
                run.put("label", Columns.label(row));
                String log = logs.get(row.run().id());
                if (log != null) {
                    run.put("log", log);
                }
            }
        }
        return all;
    }

    private void add(Suite suite, int number, int firstRun, ArrayNode samples) {
        Map<String, Sample> questions = new LinkedHashMap<>();
        Map<String, List<Answer>> answers = new LinkedHashMap<>();
        for (int i = 0; i < suite.rows().size(); i++) {
            Row row = suite.rows().get(i);
            row.run().samples().forEach(sample -> questions.putIfAbsent(sample.id(), sample));
            for (SampleResult result : row.run().results()) {
                answers.computeIfAbsent(result.id(), _ -> new ArrayList<>())
                        .add(new Answer(firstRun + i, result));
            }
        }
        for (Sample sample : questions.values()) {
            List<Answer> given = new ArrayList<>(answers.getOrDefault(sample.id(), List.of()));
            if (!given.isEmpty()) {
                given.sort(Answer.ORDER);
                write(samples.addObject(), number, sample, given);
                ArrayNode detail = JSON.createArrayNode();
                given.forEach(answer -> detail(detail.addObject(), answer.result()));
                details.add(detail);
            }
        }
    }

    private record Answer(int run, SampleResult result) {
        static final Comparator<Answer> ORDER =
                Comparator.comparingInt(Answer::run)
                        .thenComparingInt(answer -> answer.result().epoch());

        boolean right() {
            return result.score().filter(Score::right).isPresent();
        }
    }

    private static void write(ObjectNode node, int suite, Sample sample, List<Answer> given) {
        long right = given.stream().filter(Answer::right).count();
        node.put("suite", suite);
        node.put("id", sample.id());
        node.put("question", sample.question());
        node.put("target", target(sample.target()));
        node.put("differ", right > 0 && right < given.size());
        node.put("wrong", right < given.size());
        ArrayNode results = node.putArray("results");
        for (Answer answer : given) {
            SampleResult result = answer.result();
            ObjectNode part = results.addObject();
            part.put("run", answer.run());
            part.put("epoch", result.epoch());
            part.put("answer", answer(result));
            part.put("value", result.value());
            part.put("right", answer.right());
            part.put("partial", result.partial());
            part.put("tokens", result.usage().prompt() + result.usage().generated());
            part.put("seconds", result.wall().toMillis() / 1e3);
            result.failure().ifPresent(it -> part.put("failure", it.code() + ": " + it.message()));
        }
    }

    /// What was scored, or what the run decided for where nothing was.
    private static String answer(SampleResult result) {
        return result.score()
                .map(Score::answer)
                .filter(answer -> !answer.isEmpty())
                .or(result::answer)
                .orElse("");
    }

    private static void detail(ObjectNode node, SampleResult result) {
        node.put("text", result.text());
        result.score().ifPresent(score -> node.put("explanation", score.explanation()));
        result.stop().ifPresent(stop -> node.put("stop", stop));
        ArrayNode agents = node.putArray("agents");
        result.agents().forEach(agent -> write(agents.addObject(), agent));
    }

    private static void write(ObjectNode node, AgentResult agent) {
        node.put("agent", agent.index());
        node.put("wave", agent.wave());
        // A seed may be larger than the whole numbers of JavaScript.
        node.put("seed", Long.toString(agent.seed()));
        agent.answer().ifPresent(answer -> node.put("answer", answer));
        node.put("votes", agent.votes());
        if (Double.isFinite(agent.confidence())) {
            node.put("confidence", agent.confidence());
        }
        node.put("reason", agent.reason().name().toLowerCase(Locale.ROOT));
        node.put("tokens", agent.usage().generated());
        agent.banked()
                .ifPresent(banked -> {
                    node.put("kind", banked.kind().name().toLowerCase(Locale.ROOT));
                    node.put("right", banked.score().right());
                    node.put("note", banked.note());
                });
        node.put("text", agent.text());
        node.put("reasoning", agent.reasoning());
    }

    private static String target(Target target) {
        return switch (target) {
            case Target.Answers(List<String> accepted) -> String.join("\n", accepted);
            case Target.Choice choice ->
                    (char) ('A' + choice.right()) + ": " + choice.options().get(choice.right());
            case Target.Tests tests -> String.join("\n", tests.hidden());
            case Target.Instructions(List<Target.Instruction> instructions) ->
                    instructions.stream().map(SideBySide::instruction).collect(joining("\n"));
        };
    }

    private static String instruction(Target.Instruction instruction) {
        return instruction.arguments().isEmpty()
                ? instruction.id()
                : instruction.id() + " " + new TreeMap<>(instruction.arguments());
    }
}
