package dev.polymnia.embed;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Embedder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// The sentence model all-MiniLM-L6-v2 with weights of 8 bits, which lies in a jar, on the
/// processor. It is loaded for the first text.
///
/// Each text is computed alone, on one thread: texts that are computed together share the scale to
/// which their numbers are rounded, so a vector would depend on its neighbours. Callers take turns
/// after each text, and no more than a quarter of the processors is used, so that whatever else
/// computes here goes on.
public final class OnnxEmbedder implements Embedder {
    /// What clients call it.
    public static final String NAME = "all-minilm-l6-v2";

    private static final int DIMENSIONS = 384;

    /// The model has no positions for more.
    private static final int MOST_TOKENS = 512;

    private final int places = Math.max(1, Runtime.getRuntime().availableProcessors() / 4);
    private final Semaphore free = new Semaphore(places, true);
    private @Nullable MiniLm model;
    private boolean closed;

    /// Creates an embedder; nothing is read yet.
    public OnnxEmbedder() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int dimensions() {
        return DIMENSIONS;
    }

    @Override
    public int mostTokens() {
        return MOST_TOKENS;
    }

    @Override
    public int tokens(String text) {
        return loaded().pieces().tokens(text).length;
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        List<float[]> vectors = new ArrayList<>();
        for (String text : texts) {
            vectors.add(embed(text));
        }
        return vectors;
    }

    private float[] embed(String text) {
        long[] tokens = loaded().pieces().tokens(text);
        if (tokens.length > MOST_TOKENS) {
            throw new Fault(
                    Fault.Code.CONTEXT_FULL,
                    "The text has %d tokens, but %s reads %d at the most; split it."
                            .formatted(tokens.length, NAME, MOST_TOKENS));
        }
        take();
        try {
            // Anew, as it may have been closed meanwhile.
            return loaded().vector(tokens);
        } finally {
            free.release();
        }
    }

    private void take() {
        try {
            free.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault(Fault.Code.CANCELLED, "Nobody waits for the embedding any more.", e);
        }
    }

    private synchronized MiniLm loaded() {
        if (closed) {
            throw new Fault(Fault.Code.UNAVAILABLE, "Embeddings have ended with the server.");
        }
        MiniLm ready = model == null ? MiniLm.load() : model;
        model = ready;
        return ready;
    }

    @Override
    public void close() {
        free.acquireUninterruptibly(places);
        try {
            end();
        } finally {
            free.release(places);
        }
    }

    private synchronized void end() {
        closed = true;
        MiniLm ended = model;
        model = null;
        if (ended != null) {
            ended.close();
        }
    }
}
