package dev.polymnia.testkit;

import dev.polymnia.core.model.Detail;
import dev.polymnia.core.model.TokenDetail;
import dev.polymnia.core.model.TokenDetail.Alternative;
import java.util.ArrayList;
import java.util.List;

/// What a scripted model tells of a token. The script's word is the most probable one; each of its
/// alternatives, ` other1`, ` other2` and so on, has half of what is left, and never more than the
/// word. So a model that is sure of its words has high confidences, as a real one.
final class ScriptedToken {
    private static final int VOCABULARY = 50_000;
    private static final double LEAST = 1e-9;

    private ScriptedToken() {}

    static TokenDetail detail(String text, double logProbability, Detail wanted) {
        if (!wanted.logProbabilities()) {
            return new TokenDetail(id(text), text, Double.NaN, Double.NaN, List.of());
        }
        List<Alternative> all =
                most(text, logProbability, Math.max(wanted.confidence(), wanted.alternatives()));
        double confidence =
                -all.stream()
                        .limit(wanted.confidence())
                        .mapToDouble(Alternative::logProbability)
                        .average()
                        .orElse(Double.NaN);
        return new TokenDetail(
                id(text), text, logProbability, confidence, all.subList(0, wanted.alternatives()));
    }

    private static List<Alternative> most(String text, double logProbability, int count) {
        List<Alternative> all = new ArrayList<>();
        double probability = Math.exp(logProbability);
        double left = 1 - probability;
        for (int i = 0; i < count; i++) {
            String word = i == 0 ? text : " other" + i;
            double value = i == 0 ? logProbability : Math.log(Math.max(LEAST, left));
            all.add(new Alternative(id(word), word, Math.min(value, logProbability)));
            left /= 2;
        }
        return all;
    }

    private static int id(String text) {
        return Math.floorMod(text.hashCode(), VOCABULARY);
    }
}
