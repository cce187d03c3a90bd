package dev.polymnia.embed;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Texts fall into the tokens that the model was trained with.
final class WordPiecesTest {
    private static final WordPieces PIECES = read();

    private static WordPieces read() {
        try (InputStream in =
                requireNonNull(
                        ClassLoader.getSystemResourceAsStream(
                                "all-minilm-l6-v2-q-tokenizer.json"))) {
            return WordPieces.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What Hugging Face's tokenizers 0.21 say of texts of all kinds (through DJL 0.36).
    static Stream<Arguments> texts() throws IOException {
        try (InputStream in =
                requireNonNull(WordPiecesTest.class.getResourceAsStream("pieces.json"))) {
            return JsonMapper.shared()
                    .readTree(in)
                    .valueStream()
                    .map(each ->
                            Arguments.of(
                                    each.get("text").asString(),
                                    each.get("tokens")
                                            .valueStream()
                                            .mapToLong(JsonNode::asLong)
                                            .toArray()));
        }
    }

    @ParameterizedTest
    @MethodSource("texts")
    void a_text_has_the_tokens_that_the_original_makes(String text, long[] tokens) {
        assertThat(PIECES.tokens(text)).containsExactly(tokens);
    }

    @Test
    void the_name_of_a_special_token_is_text() {
        assertThat(PIECES.tokens("[SEP]")).hasSize(5).containsOnlyOnce(102);
    }

    @Test
    void an_empty_text_has_a_beginning_and_an_end() {
        assertThat(PIECES.tokens("")).containsExactly(101, 102);
        assertThat(PIECES.tokens(" \n\u0000")).containsExactly(101, 102);
    }
}
