package dev.polymnia.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Embedder;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// What every [Embedder] promises. An implementation extends this class and says which one is
/// tested.
public abstract class EmbedderContract {
    private static final List<String> TEXTS = List.of("A cat sat.", "", "Rain fell on Rome.", "x");

    /// For implementations.
    protected EmbedderContract() {}

    /// Returns what is tested; it stays the implementation's.
    protected abstract Embedder embedder();

    /// Returns one that the test may close.
    protected abstract Embedder another();

    @Test
    void a_vector_has_the_dimensions_and_length_one() {
        for (float[] vector : embedder().embed(TEXTS)) {
            assertThat(vector).hasSize(embedder().dimensions());
            assertThat(likeness(vector, vector)).isCloseTo(1, within(1e-4));
        }
    }

    @Test
    void vectors_do_not_depend_on_the_texts_beside_them() {
        List<float[]> together = embedder().embed(TEXTS);

        assertThat(together).hasSameSizeAs(TEXTS);
        for (int i = 0; i < TEXTS.size(); i++) {
            float[] alone = embedder().embed(List.of(TEXTS.get(i))).getFirst();
            assertThat(together.get(i)).containsExactly(alone, within(1e-4f));
        }
        assertThat(embedder().embed(List.of())).isEmpty();
    }

    @Test
    void threads_do_not_disturb_each_other() throws Exception {
        float[] alone = embedder().embed(List.of(TEXTS.getFirst())).getFirst();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<float[]>>> all =
                    threads.invokeAll(Collections.nCopies(8, () -> embedder().embed(TEXTS)));
            for (Future<List<float[]>> each : all) {
                assertThat(each.get().getFirst()).containsExactly(alone, within(1e-4f));
            }
        }
    }

    @Test
    void a_text_that_is_too_long_is_refused_and_counted() {
        String most = "cat ".repeat(embedder().mostTokens() - embedder().tokens(""));
        String more = most + "cat";

        assertThat(embedder().tokens(most)).isEqualTo(embedder().mostTokens());
        assertThat(embedder().embed(List.of(most))).hasSize(1);
        assertThat(embedder().tokens(more)).isEqualTo(embedder().mostTokens() + 1);
        assertFault(() -> embedder().embed(List.of("x", more)), Fault.Code.CONTEXT_FULL);
    }

    @Test
    void nothing_is_embedded_once_it_is_closed() {
        Embedder other = another();
        other.embed(TEXTS);
        other.close();
        other.close();

        assertFault(() -> other.embed(TEXTS), Fault.Code.UNAVAILABLE);
        assertFault(() -> other.tokens("x"), Fault.Code.UNAVAILABLE);
    }

    private static void assertFault(ThrowingCallable call, Fault.Code code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(code));
    }

    /// Returns the cosine between two vectors of length 1.
    protected static double likeness(float[] one, float[] other) {
        double likeness = 0;
        for (int i = 0; i < one.length; i++) {
            likeness += one[i] * other[i];
        }
        return likeness;
    }
}
