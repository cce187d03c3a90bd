package dev.polymnia.eval.ifeval;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Tells languages apart as Python's langdetect does (Nakatani 2010, a naive Bayes classifier over
/// n-grams of characters), by the same profiles of Wikipedia: they are resources `languages/…` of
/// the library `com.optimaize.languagedetector:language-detector`, whose classes are not used.
///
/// The classifier draws n-grams by lot until one language is all but certain, seven times. Its seed
/// is fixed, as in the reference; the draws are Java's, so a text between two languages may come
/// out differently. The profiles are read at the first call. Thread-safe.
final class Languages implements LanguageDetector {
    private static final List<String> CODES =
            List.of(
                    "af", "ar", "bg", "bn", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et",
                    "fa", "fi", "fr", "gu", "he", "hi", "hr", "hu", "id", "it", "ja", "kn", "ko",
                    "lt", "lv", "mk", "ml", "mr", "ne", "nl", "no", "pa", "pl", "pt", "ro", "ru",
                    "sk", "sl", "so", "sq", "sv", "sw", "ta", "te", "th", "tl", "tr", "uk", "ur",
                    "vi", "zh-CN", "zh-TW");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int SEED = 0;
    private static final int TRIALS = 7;
    private static final int MOST_DRAWS = 1000;
    private static final int LONGEST = 3;
    private static final double ALPHA = 0.5;
    private static final double ALPHA_WIDTH = 0.05;
    private static final double BASE = 10_000;
    private static final double CERTAIN = 0.99999;
    private static final double LEAST = 0.1;

    private @Nullable Map<String, List<Share>> profiles;

    /// How often an n-gram occurs in a language.
    ///
    /// @param language the index of its code
    /// @param share of all n-grams of its length
    private record Share(int language, double share) {}

    @Override
    public Optional<String> detect(String text) {
        Map<String, List<Share>> known = profiles();
        List<List<Share>> evidence =
                Ngrams.of(text).stream()
                        .map(gram -> known.getOrDefault(gram, List.of()))
                        .filter(shares -> !shares.isEmpty())
                        .toList();
        if (evidence.isEmpty()) {
            return Optional.empty();
        }
        Random random = new Random(SEED);
        double[] mean = new double[CODES.size()];
        for (int trial = 0; trial < TRIALS; trial++) {
            double[] chances = trial(evidence, random);
            for (int i = 0; i < mean.length; i++) {
                mean[i] += chances[i] / TRIALS;
            }
        }
        return Optional.of(best(mean));
    }

    private static double[] trial(List<List<Share>> evidence, Random random) {
        double[] chances = new double[CODES.size()];
        Arrays.fill(chances, 1.0 / chances.length);
        double unseen = (ALPHA + random.nextGaussian() * ALPHA_WIDTH) / BASE;
        for (int draw = 0; ; draw++) {
            // Languages without the n-gram would be multiplied by `unseen`; all are divided by it.
            for (Share share : evidence.get(random.nextInt(evidence.size()))) {
                chances[share.language()] *= 1 + share.share() / unseen;
            }
            if (draw % 5 == 0 && (normalize(chances) > CERTAIN || draw >= MOST_DRAWS)) {
                return chances;
            }
        }
    }

    /// Makes the sum 1 and returns the largest.
    private static double normalize(double[] chances) {
        double sum = Arrays.stream(chances).sum();
        double largest = 0;
        for (int i = 0; i < chances.length; i++) {
            chances[i] /= sum;
            largest = Math.max(largest, chances[i]);
        }
        return largest;
    }

    private static String best(double[] chances) {
        int best = 0;
        for (int i = 1; i < chances.length; i++) {
            best = chances[i] > chances[best] ? i : best;
        }
        return chances[best] > LEAST ? CODES.get(best).toLowerCase(Locale.ROOT) : "unknown";
    }

    private synchronized Map<String, List<Share>> profiles() {
        Map<String, List<Share>> known = profiles;
        if (known == null) {
            known = new HashMap<>();
            for (int language = 0; language < CODES.size(); language++) {
                add(language, known);
            }
            profiles = known;
        }
        return known;
    }

    private static void add(int language, Map<String, List<Share>> profiles) {
        String name = "languages/" + CODES.get(language);
        try (InputStream file = ClassLoader.getSystemResourceAsStream(name)) {
            if (file == null) {
                throw new Fault(
                        Fault.Code.UNAVAILABLE,
                        "The language profile '"
                                + name
                                + "' is not there, so languages cannot be told apart; put"
                                + " com.optimaize.languagedetector:language-detector on the class"
                                + " path.");
            }
            add(language, JSON.readTree(file), profiles);
        } catch (IOException | JacksonException broken) {
            throw new Fault(
                    Fault.Code.CORRUPT,
                    "The language profile '" + name + "' cannot be read: " + broken.getMessage(),
                    broken);
        }
    }

    private static void add(int language, JsonNode profile, Map<String, List<Share>> profiles) {
        for (Map.Entry<String, JsonNode> gram : profile.path("freq").properties()) {
            int length = gram.getKey().length();
            if (length >= 1 && length <= LONGEST) {
                double all = profile.path("n_words").path(length - 1).asDouble();
                profiles.computeIfAbsent(gram.getKey(), _ -> new ArrayList<>())
                        .add(new Share(language, gram.getValue().asDouble() / all));
            }
        }
    }
}
