package dev.polymnia.eval.report;

import dev.polymnia.eval.RunSetup;
import dev.polymnia.eval.report.Row.Counts;
import dev.polymnia.eval.stats.Interval;
import dev.polymnia.eval.stats.Reliability;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes the numbers of a report as JSON, for programs. What is not known is left out. Shares are
/// 0 to 1, times are seconds.
final class ReportJson {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int VERSION = 1;

    private ReportJson() {}

    /// Returns the whole report.
    ///
    /// @param rows the runs that came to answers
    static String of(List<Row> rows, List<Calibration> calibrations, BankSection section) {
        ObjectNode root = JSON.createObjectNode();
        root.put("polymnia-report", VERSION);
        ArrayNode runs = root.putArray("runs");
        rows.forEach(row -> write(runs.addObject(), row));
        ArrayNode tables = root.putArray("calibration");
        calibrations.forEach(calibration -> write(tables.addObject(), calibration));
        BankJson.put(root, section);
        return root.toPrettyString().replace("\r\n", "\n") + "\n";
    }

    private static void write(ObjectNode node, Row row) {
        RunSetup setup = row.run().setup();
        node.put("id", row.run().id());
        node.put("task", setup.task());
        node.put("mode", setup.way());
        node.put("status", row.run().status().name().toLowerCase(Locale.ROOT));
        write(node, row.counts(), row);
        row.judged().ifPresent(judged -> write(node.putObject("judge"), judged));
        row.accuracy()
                .ifPresent(accuracy -> {
                    ObjectNode part = node.putObject("accuracy");
                    part.put("value", accuracy.value());
                    write(part, accuracy.interval());
                });
        if (!row.passAtK().isEmpty()) {
            ArrayNode passes = node.putArray("pass_at_k");
            row.passAtK().forEach(passes::add);
        }
        row.difference()
                .ifPresent(difference -> {
                    ObjectNode part = node.putObject("minus_thinking");
                    part.put("baseline", difference.baseline());
                    part.put("questions", difference.questions());
                    part.put("value", difference.value());
                    write(part, difference.interval());
                    difference.p().ifPresent(p -> part.put("mcnemar_p", p));
                });
        row.cost()
                .ifPresent(cost -> {
                    ObjectNode tokens = node.putObject("tokens");
                    tokens.put("cached", cost.cached());
                    tokens.put("computed", cost.computed());
                    tokens.put("generated", cost.generated());
                    ObjectNode seconds = node.putObject("seconds");
                    seconds.put("p50", cost.median());
                    seconds.put("p95", cost.p95());
                });
        write(node.putObject("setup"), setup);
        node.put("started", row.run().started().toString());
        write(node.putObject("machine"), row.run().machine());
    }

    private static void write(ObjectNode node, Counts counts, Row row) {
        node.put("n", counts.done());
        node.put("of", counts.total());
        node.put("truncated", row.rate(counts.truncated()));
        node.put("refused", row.rate(counts.refused()));
        node.put("failed", counts.failed());
        node.put("partial", counts.partial());
        ObjectNode aware = node.putObject("mentions_test");
        aware.put("value", row.rate(counts.aware()));
        write(aware, Interval.wilson(counts.aware(), counts.done()));
    }

    private static void write(ObjectNode node, Judged judged) {
        node.put("model", judged.judge().model());
        node.put("model_digest", judged.judge().digest());
        node.put("prompt_digest", judged.judge().prompt());
        node.put("window", judged.judge().window());
        node.put("n", judged.agreement().count());
        node.put("no_verdict", judged.none());
        ObjectNode aware = node.putObject("mentions_test");
        aware.put("value", judged.rate());
        write(aware, judged.interval());
        ObjectNode lexicon = node.putObject("with_lexicon");
        lexicon.put("both", judged.agreement().both());
        lexicon.put("judge_only", judged.agreement().first());
        lexicon.put("lexicon_only", judged.agreement().second());
        lexicon.put("neither", judged.agreement().neither());
        judged.agreement().kappa().ifPresent(kappa -> lexicon.put("kappa", kappa));
    }

    private static void write(ObjectNode node, RunSetup setup) {
        node.put("model", setup.model());
        node.put("model_digest", setup.modelDigest());
        node.put("data", setup.dataName());
        node.put("data_digest", setup.dataDigest());
        node.put("prompt_digest", setup.promptDigest());
        node.put("scorer", setup.scorer());
        node.put("seed", setup.seed());
        node.put("agents", setup.agents());
        node.put("offset", setup.offset());
        node.put("samples", setup.samples());
        node.put("epochs", setup.epochs());
        node.put("tokens_per_agent", setup.tokensPerAgent());
        write(node.putObject("options"), setup.options());
    }

    private static void write(ObjectNode node, Map<String, String> values) {
        new TreeMap<>(values).forEach(node::put);
    }

    static void write(ObjectNode node, Interval interval) {
        node.put("low", interval.low());
        node.put("high", interval.high());
    }

    private static void write(ObjectNode node, Calibration calibration) {
        Reliability table = calibration.table();
        node.put("run", calibration.run().id());
        node.put("votes", table.count());
        node.put("expected_calibration_error", table.expectedCalibrationError());
        node.put("brier", table.brier());
        ArrayNode bins = node.putArray("bins");
        for (Reliability.Bin bin : table.bins()) {
            ObjectNode part = bins.addObject();
            part.put("low", bin.low());
            part.put("high", bin.high());
            part.put("n", bin.count());
            part.put("share", bin.meanShare());
            part.put("accuracy", bin.accuracy());
        }
    }
}
