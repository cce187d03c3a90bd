package dev.polymnia.eval.report;

import dev.polymnia.eval.bank.Coverage;
import dev.polymnia.eval.bank.EqualTokens;
import dev.polymnia.eval.bank.Measure;
import dev.polymnia.eval.bank.Replay;
import dev.polymnia.eval.stats.Bootstrap;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes what a report says of branch banks as JSON: `banks` and `equal_tokens`.
final class BankJson {
    private BankJson() {}

    /// Puts both into a report; nothing if there is nothing to tell.
    static void put(ObjectNode root, BankSection section) {
        if (section.isEmpty()) {
            return;
        }
        ArrayNode banks = root.putArray("banks");
        for (BankSection.Part part : section.banks()) {
            ObjectNode node = banks.addObject().put("run", part.run().id());
            part.thinking().ifPresent(run -> node.put("thinking", run.id()));
            ArrayNode replays = node.putArray("replays");
            part.replays().forEach(replay -> write(replays.addObject(), replay));
            ArrayNode coverage = node.putArray("any_of_k_right");
            part.coverage().forEach(each -> write(coverage.addObject(), each));
        }
        ArrayNode baselines = root.putArray("equal_tokens");
        section.baselines().forEach(each -> write(baselines.addObject(), each));
    }

    private static void write(ObjectNode node, Replay replay) {
        node.put("words", replay.policy().words());
        node.put("programs", replay.policy().programs());
        node.put("thinking", replay.policy().thinking());
        node.put("beta", replay.policy().weights().beta());
        node.put("stop", replay.policy().stop().name().toLowerCase(Locale.ROOT));
        node.put("n", replay.questions());
        replay.accuracy().ifPresent(accuracy -> write(node.putObject("accuracy"), accuracy));
        replay.minusFirst()
                .ifPresent(difference -> write(node.putObject("minus_first"), difference));
        node.put("prompt_tokens", replay.promptTokens());
        node.put("generated_tokens", replay.generatedTokens());
        node.put("steps", replay.steps());
        node.put("stopped_early", replay.stopped());
    }

    private static void write(ObjectNode node, Coverage coverage) {
        node.put("chains", coverage.chains());
        node.put("k", coverage.k());
        node.put("of", coverage.of());
        node.put("value", coverage.value());
        node.put("surest", coverage.surest());
    }

    private static void write(ObjectNode node, EqualTokens baseline) {
        node.put("method", baseline.method().name().toLowerCase(Locale.ROOT));
        node.put("run", baseline.run());
        node.put("contemplating", baseline.contemplating());
        node.put("n", baseline.questions());
        write(node.putObject("accuracy"), baseline.accuracy());
        write(node.putObject("minus_contemplating"), baseline.minusContemplating());
        node.put("generated_tokens", baseline.tokens());
        node.put("allowed_tokens", baseline.budget());
        baseline.dry().ifPresent(dry -> node.put("bank_ran_dry", dry));
    }

    private static void write(ObjectNode node, Measure measure) {
        node.put("value", measure.value());
        ReportJson.write(node, measure.interval());
    }

    private static void write(ObjectNode node, Bootstrap.Estimate difference) {
        node.put("questions", difference.questions());
        node.put("value", difference.value());
        ReportJson.write(node, difference.interval());
    }
}
