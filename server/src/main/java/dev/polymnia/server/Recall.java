package dev.polymnia.server;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Embedder;
import dev.polymnia.server.people.Memory;
import dev.polymnia.server.people.Person;
import dev.polymnia.server.store.MemoryStore;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Chooses what of a person's memory those who answer are given: all of it while it is short, else
/// what is nearest to the question in meaning (the greatest cosines of the embeddings).
/// Thread-safe.
final class Recall {
    /// So much is read in no time, in characters.
    private static final int SHORT = 1500;

    private static final int MOST = 8;
    private static final int MOST_VECTORS = 10_000;

    private static final String WORDS =
            "The person you talk with wants you to know this about them. Use it where it helps; do"
                    + " not mention it otherwise.\n";

    private final MemoryStore store;
    private final Embedder embedder;

    /// By text, those that were used longest ago first. Guarded by itself.
    private final Map<String, float[]> vectors =
            new LinkedHashMap<>(16, 0.75F, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, float[]> eldest) {
                    return size() > MOST_VECTORS;
                }
            };

    /// @param store stays the caller's, and so does the embedder
    Recall(MemoryStore store, Embedder embedder) {
        this.store = store;
        this.embedder = embedder;
    }

    /// Returns what is to be known when a question is answered; nothing if the person has switched
    /// their memory off.
    List<Memory> of(Person person, String question) {
        if (!person.remembers()) {
            return List.of();
        }
        List<Memory> all = store.of(person.id());
        int length = all.stream().mapToInt(memory -> memory.text().length()).sum();
        return length <= SHORT ? all : nearest(all, question);
    }

    private List<Memory> nearest(List<Memory> all, String question) {
        float[] wanted;
        try {
            wanted = vector(question);
        } catch (Fault fault) {
            // Too long a question is about many things; the newest memories are as good as others.
            return all.subList(Math.max(0, all.size() - MOST), all.size());
        }
        return all.stream()
                .sorted(
                        Comparator.comparingDouble(
                                memory -> -product(wanted, vector(memory.text()))))
                .limit(MOST)
                .toList();
    }

    private float[] vector(String text) {
        synchronized (vectors) {
            float[] known = vectors.get(text);
            if (known != null) {
                return known;
            }
        }
        float[] vector = embedder.embed(List.of(text)).getFirst();
        synchronized (vectors) {
            vectors.put(text, vector);
        }
        return vector;
    }

    private static double product(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    /// Returns memories for those who answer.
    static String words(List<Memory> memories) {
        return memories.stream()
                .map(memory -> "- " + memory.text())
                .collect(Collectors.joining("\n", WORDS, ""));
    }
}
