package dev.polymnia.core.model;

import dev.polymnia.core.Fault;
import java.util.ArrayList;
import java.util.List;

/// [Probes][BranchingModel#probe] of a model that tells the most probable tokens only: each prompt
/// is answered with one token, all at once, and the words are looked for among its alternatives. A
/// model that ends its turn there without a word tells no alternatives; its words count as 0.
final class AlternativeProbes {
    private static final Detail DETAIL =
            Detail.LOG_PROBABILITIES.withAlternatives(Detail.REMOTE_MOST);

    private AlternativeProbes() {}

    static List<Probe.Result> run(BranchingModel model, List<Probe> probes) {
        if (!model.info().can(Capability.ALTERNATIVES)) {
            throw untold(model.info().name());
        }
        List<Running> all = new ArrayList<>();
        try {
            for (Probe probe : probes) {
                all.add(Running.start(model, probe));
            }
            return all.stream().map(Running::result).toList();
        } finally {
            all.forEach(Running::close);
        }
    }

    /// A probe under way.
    private record Running(String name, Probe probe, Trunk trunk, Branch branch, FirstToken first) {
        static Running start(BranchingModel model, Probe probe) {
            FirstToken first = new FirstToken();
            GenerationOptions options =
                    GenerationOptions.DEFAULT
                            .withMaxTokens(1)
                            .withDetail(DETAIL)
                            // The words are wanted, also those that could begin a call.
                            .withToolChoice(ToolChoice.NONE)
                            .withMeter(probe.options().meter())
                            .withCancellation(probe.options().cancellation())
                            .withPriority(probe.options().priority());
            Trunk trunk = model.open(probe.prompt());
            try {
                return new Running(
                        model.info().name(),
                        probe,
                        trunk,
                        trunk.fork(new BranchRequest(probe.prompt(), options), first),
                        first);
            } catch (RuntimeException e) {
                trunk.close();
                throw e;
            }
        }

        Probe.Result result() {
            BranchResult result = branch.await();
            if (result.usage().generated() == 0) {
                throw ended(result.reason());
            }
            if (result.reason() != StopReason.END && first.isUntold()) {
                throw untold(name);
            }
            return new Probe.Result(
                    probe.words().stream().map(first::probability).toList(), result.usage());
        }

        void close() {
            trunk.close();
        }
    }

    private static Fault untold(String name) {
        return new Fault(
                Fault.Code.UNSUPPORTED,
                name
                        + " does not tell the alternatives of a token, so nothing can be probed;"
                        + " use a weighting that needs none, or another backend.");
    }

    /// Returns the fault for a probe that ended before it was answered.
    private static Fault ended(StopReason reason) {
        return reason == StopReason.CANCELLED
                ? new Fault(Fault.Code.CANCELLED, "The probe was cancelled.")
                : new Fault(
                        Fault.Code.BUDGET_SPENT,
                        "The budget ended a probe (" + reason + "); raise it or probe less.");
    }

    /// Keeps what is told of the first token.
    private static final class FirstToken implements BranchListener {
        private List<TokenDetail.Alternative> alternatives = List.of();

        @Override
        public synchronized void on(BranchEvent event) {
            if (event instanceof BranchEvent.Delta delta
                    && alternatives.isEmpty()
                    && !delta.tokens().isEmpty()) {
                alternatives = delta.tokens().getFirst().alternatives();
            }
        }

        synchronized boolean isUntold() {
            return alternatives.isEmpty();
        }

        synchronized double probability(String word) {
            double sum =
                    alternatives.stream()
                            .filter(each -> isWord(each.text(), word.stripLeading()))
                            .mapToDouble(each -> Math.exp(each.logProbability()))
                            .sum();
            return Math.min(sum, 1); // endpoints round
        }

        /// Whether a token is a word, with or without a space before it. Endpoints do not say how
        /// they would cut a longer word, so only whole ones are found.
        private static boolean isWord(String token, String word) {
            return token.equals(word) || token.equals(" " + word);
        }
    }
}
