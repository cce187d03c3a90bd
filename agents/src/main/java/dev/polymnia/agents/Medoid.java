package dev.polymnia.agents;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Finds the text that is closest to all the others: the one with the largest sum of similarities,
/// of equals the first. Similarity is the character n-gram F-score of chrF (Popović 2015, "chrF:
/// character n-gram F-score for automatic MT evaluation", section 2) with n = 4 and beta = 1, so
/// that it is symmetric: the risk is minimised over the samples themselves, as in minimum Bayes
/// risk decoding (Kumar and Byrne 2004, section 3).
final class Medoid {
    private static final int GRAM = 4;

    private Medoid() {}

    /// Returns the index of the medoid.
    ///
    /// @param texts at least one
    static int of(List<String> texts) {
        List<Map<String, Integer>> grams = texts.stream().map(Medoid::grams).toList();
        int best = 0;
        double most = -1;
        for (int i = 0; i < texts.size(); i++) {
            double sum = 0;
            for (int j = 0; j < texts.size(); j++) {
                sum += i == j ? 0 : similarity(grams.get(i), grams.get(j));
            }
            if (sum > most) {
                most = sum;
                best = i;
            }
        }
        return best;
    }

    /// Returns how alike two texts are, from 0 (nothing in common) to 1 (the same but for white
    /// space and case).
    static double similarity(String a, String b) {
        return similarity(grams(a), grams(b));
    }

    private static double similarity(Map<String, Integer> a, Map<String, Integer> b) {
        long common = 0;
        for (Map.Entry<String, Integer> gram : a.entrySet()) {
            common += Math.min(gram.getValue(), b.getOrDefault(gram.getKey(), 0));
        }
        long all = size(a) + size(b);
        return all == 0 ? 1 : 2.0 * common / all;
    }

    private static long size(Map<String, Integer> grams) {
        return grams.values().stream().mapToLong(Integer::longValue).sum();
    }

    private static Map<String, Integer> grams(String text) {
        String plain = text.toLowerCase(Locale.ROOT).strip().replaceAll("\\s+", " ");
        Map<String, Integer> grams = new HashMap<>();
        if (!plain.isEmpty() && plain.length() < GRAM) {
            grams.put(plain, 1);
        }
        for (int i = 0; i + GRAM <= plain.length(); i++) {
            grams.merge(plain.substring(i, i + GRAM), 1, Integer::sum);
        }
        return grams;
    }
}
