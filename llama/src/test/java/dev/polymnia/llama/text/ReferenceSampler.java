package dev.polymnia.llama.text;

import dev.polymnia.core.model.Sampling;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

/// What [Sampling] says, written down plainly: sorts everything, computes in doubles. Also says how
/// near a decision was, because a faster sampler may round to the other side.
final class ReferenceSampler {
    private final Sampling sampling;
    private final List<Integer> window = new ArrayList<>();
    private boolean close;

    ReferenceSampler(Sampling sampling) {
        this.sampling = sampling;
    }

    void accept(int token) {
        window.add(token);
        if (window.size() > 64) {
            window.removeFirst();
        }
    }

    /// Returns whether the latest decision was nearer than `margin` to another one.
    boolean wasClose() {
        return close;
    }

    /// Returns the token that a number from 0 to 1 draws.
    int draw(float[] logits, double unit, double margin) {
        close = false;
        float[] scores = penalised(logits);
        List<Integer> left = ordered(scores);
        if (sampling.temperature() == 0) {
            return left.getFirst();
        }
        if (sampling.topK() > 0) {
            left = left.subList(0, Math.min(sampling.topK(), left.size()));
        }
        left = nucleus(scores, left, margin);
        double lowest = scores[left.getFirst()] + Math.log(sampling.minP());
        left = left.stream().filter(token -> scores[token] >= (float) lowest).sorted().toList();
        return inverted(scores, left, unit, margin);
    }

    private float[] penalised(float[] logits) {
        float[] scores = logits.clone();
        float penalty = (float) sampling.repetitionPenalty();
        for (int token : new LinkedHashSet<>(window)) {
            float score = scores[token];
            scores[token] = score > 0 ? score / penalty : score * penalty;
        }
        return scores;
    }

    static List<Integer> ordered(float[] scores) {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] != Float.NEGATIVE_INFINITY) {
                all.add(i);
            }
        }
        all.sort(Comparator.comparingDouble((Integer token) -> -(double) scores[token] + 0.0));
        return all;
    }

    private List<Integer> nucleus(float[] scores, List<Integer> left, double margin) {
        if (sampling.topP() == 1) {
            return left;
        }
        double max = scores[left.getFirst()];
        double total = 0;
        for (int token : left) {
            total += Math.exp(scores[token] - max);
        }
        double sum = 0;
        for (int i = 0; i < left.size(); i++) {
            sum += Math.exp(scores[left.get(i)] - max) / total;
            close |= Math.abs(sum - sampling.topP()) < margin;
            if (sum >= sampling.topP()) {
                return left.subList(0, i + 1);
            }
        }
        return left;
    }

    private int inverted(float[] scores, List<Integer> left, double unit, double margin) {
        double max = Double.NEGATIVE_INFINITY;
        for (int token : left) {
            max = Math.max(max, scores[token]);
        }
        double total = 0;
        for (int token : left) {
            total += Math.exp((scores[token] - max) / sampling.temperature());
        }
        double sum = 0;
        int last = left.getFirst();
        for (int token : left) {
            double weight = Math.exp((scores[token] - max) / sampling.temperature()) / total;
            sum += weight;
            if (weight > 0) {
                last = token;
            }
            close |= weight > 0 && Math.abs(sum - unit) < margin;
            if (sum > unit) {
                return token;
            }
        }
        return last;
    }

    /// Returns the logarithms of the probabilities at temperature 1.
    static double[] logProbabilities(float[] logits) {
        double max = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            max = Math.max(max, logit);
        }
        double total = 0;
        for (float logit : logits) {
            total += Math.exp(logit - max);
        }
        double[] result = new double[logits.length];
        for (int i = 0; i < logits.length; i++) {
            result[i] = logits[i] - max - Math.log(total);
        }
        return result;
    }
}
