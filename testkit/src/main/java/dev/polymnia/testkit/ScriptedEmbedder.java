package dev.polymnia.testkit;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Embedder;
import java.util.List;
import java.util.Locale;

/// An embedder that counts letters: texts of the same letters have the same direction. A word is a
/// token, and one more stands at either end. Thread-safe.
public final class ScriptedEmbedder implements Embedder {
    private static final int LETTERS = 26;
    private static final int MOST_TOKENS = 8;

    private volatile boolean closed;

    /// Creates an embedder.
    public ScriptedEmbedder() {}

    @Override
    public String name() {
        return "scripted-embedder";
    }

    @Override
    public int dimensions() {
        return LETTERS + 1;
    }

    @Override
    public int mostTokens() {
        return MOST_TOKENS;
    }

    @Override
    public int tokens(String text) {
        if (closed) {
            throw new Fault(Fault.Code.UNAVAILABLE, "The embedder is closed.");
        }
        return text.isBlank() ? 2 : text.strip().split("\\s+", -1).length + 2;
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        return texts.stream().map(this::embed).toList();
    }

    private float[] embed(String text) {
        int tokens = tokens(text);
        if (tokens > MOST_TOKENS) {
            throw new Fault(
                    Fault.Code.CONTEXT_FULL,
                    "The text has %d tokens; %d fit.".formatted(tokens, MOST_TOKENS));
        }
        float[] vector = new float[dimensions()];
        // So that no vector is zero.
        vector[LETTERS] = 1;
        text.toLowerCase(Locale.ROOT)
                .chars()
                .filter(letter -> letter >= 'a' && letter <= 'z')
                .forEach(letter -> vector[letter - 'a']++);
        double square = 0;
        for (float each : vector) {
            square += each * each;
        }
        float length = (float) Math.sqrt(square);
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= length;
        }
        return vector;
    }

    @Override
    public void close() {
        closed = true;
    }
}
