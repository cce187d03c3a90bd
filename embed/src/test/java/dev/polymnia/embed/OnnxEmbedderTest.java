package dev.polymnia.embed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.polymnia.core.model.Embedder;
import dev.polymnia.testkit.EmbedderContract;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The model that comes with the program.
final class OnnxEmbedderTest extends EmbedderContract {
    private static final Embedder EMBEDDER = new OnnxEmbedder();

    @AfterAll
    static void close() {
        EMBEDDER.close();
    }

    @Override
    protected Embedder embedder() {
        return EMBEDDER;
    }

    @Override
    protected Embedder another() {
        return new OnnxEmbedder();
    }

    private static double likeness(String one, String other) {
        List<float[]> vectors = EMBEDDER.embed(List.of(one, other));
        return likeness(vectors.getFirst(), vectors.getLast());
    }

    /// What others print for sentence-transformers/all-MiniLM-L6-v2, whose weights are not rounded.
    @Test
    void vectors_are_nearly_those_of_the_model_before_its_weights_were_rounded() {
        float[] vector = EMBEDDER.embed(List.of("This is an example sentence")).getFirst();

        assertThat(Arrays.copyOf(vector, 6))
                .containsExactly(
                        new float[] {
                            0.06765693f,
                            0.06349593f,
                            0.04871314f,
                            0.07930495f,
                            0.03744806f,
                            0.00265273f
                        },
                        within(0.03f));
    }

    @Test
    void what_means_the_same_is_closer_than_what_does_not() {
        String asked = "How do I reset my password?";

        double same = likeness(asked, "I forgot my login credentials, what should I do?");
        double other = likeness(asked, "The recipe needs two cups of flour.");

        assertThat(same).isGreaterThan(0.5);
        assertThat(other).isLessThan(0.2);
    }

    @Test
    void capitals_do_not_matter() {
        assertThat(likeness("Rome is in ITALY", "rome is in italy")).isCloseTo(1, within(1e-4));
    }

    /// Later libraries send what they are used for; see the version in the pom.
    @ParameterizedTest
    @ValueSource(strings = {"linux-x64", "linux-aarch64"})
    void the_library_knows_nobody_to_tell_of_its_use(String platform) throws IOException {
        String name = "ai/onnxruntime/native/" + platform + "/libonnxruntime.so";
        try (InputStream in = requireNonNull(ClassLoader.getSystemResourceAsStream(name), name)) {
            String library = new String(in.readAllBytes(), ISO_8859_1);

            assertThat(library.contains("SessionOptions")).isTrue();
            assertThat(library.contains("data.microsoft.com")).isFalse();
        }
    }
}
