package dev.polymnia.core.model;

import dev.polymnia.core.Fault;
import java.util.ArrayList;
import java.util.List;

/// [Probes][BranchingModel#probe] of a model that tells the most probable tokens only: each prompt
/// is answered with one token, all at once, and the words are looked for among its alternatives.
final class AlternativeProbes {
    private static final Detail DETAIL =
            Detail.LOG_PROBABILITIES.withAlternatives(Detail.REMOTE_MOST);

    private AlternativeProbes() {}

    static List<Probe.Result> run(BranchingModel model, List<Probe> probes) {
        if (!model.info().can(Capability.ALTERNATIVES)) {
            throw new Fault(
                    Fault.Code.UNSUPPORTED,
                    model.info().name()
                            + " does not tell the alternatives of a token, so nothing can be"
                            + " probed; use a weighting that needs none, or another backend.");
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
    private record Running(Probe probe, Trunk trunk, Branch branch, FirstToken first) {
        static Running start(BranchingModel model, Probe probe) {
            FirstToken first = new FirstToken();
            GenerationOptions options =
                    GenerationOptions.DEFAULT
                            .withMaxTokens(1)
                            .withDetail(DETAIL)
                            .withMeter(probe.options().meter())
                            .withCancellation(probe.options().cancellation())
                            .withPriority(probe.options().priority());
            Trunk trunk = model.open(probe.prompt());
            try {
                return new Running(
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
            return new Probe.Result(
                    probe.words().stream().map(first::probability).toList(), result.usage());
        }

        void close() {
            trunk.close();
        }
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

        synchronized double probability(String word) {
            return alternatives.stream()
                    .filter(each -> begins(word, each.text()))
                    .mapToDouble(each -> Math.exp(each.logProbability()))
                    .sum();
        }

        /// Whether a token is the word, with or without a space before it. Endpoints do not say how
        /// they would cut a longer word, so only whole ones are found.
        private static boolean begins(String word, String token) {
            return token.stripLeading().equals(word);
        }
    }
}
