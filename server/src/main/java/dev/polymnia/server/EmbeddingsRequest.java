package dev.polymnia.server;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Embedder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// A request for embeddings, read and checked.
///
/// @param tokens of all texts together
/// @param base64 whether vectors are packed
/// @param ignored the fields that were passed over
record EmbeddingsRequest(List<String> texts, long tokens, boolean base64, List<String> ignored) {
    private static final String INPUT = "input";
    private static final int MOST_TEXTS = 2048;

    /// Reads a body.
    ///
    /// @param embedder what will be asked
    /// @throws ApiError if a field is wrong
    /// @throws Fault `NOT_FOUND` if another model is meant
    static EmbeddingsRequest of(JsonNode body, Embedder embedder) {
        Fields fields = new Fields(body, "");
        String model = fields.required("model");
        if (!model.equals(embedder.name())) {
            throw new Fault(
                    Fault.Code.NOT_FOUND,
                    "There is no model '%s' for embeddings; there is: %s."
                            .formatted(model, embedder.name()));
        }
        List<String> texts = texts(fields);
        boolean base64 = base64(fields);
        checkDimensions(fields, embedder);
        List<String> ignored = fields.ignored(Set.of("user"));
        return new EmbeddingsRequest(texts, tokens(texts, embedder), base64, ignored);
    }

    private static List<String> texts(Fields fields) {
        JsonNode input =
                fields.any(INPUT)
                        .orElseThrow(() ->
                                ApiError.field(
                                        INPUT,
                                        "'input' is missing; send a string or an array of them."));
        if (!input.isArray()) {
            return List.of(text(input, INPUT));
        }
        if (input.isEmpty() || input.size() > MOST_TEXTS) {
            throw ApiError.field(
                    INPUT,
                    "'input' has %d texts; send 1 to %d.".formatted(input.size(), MOST_TEXTS));
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode each : input) {
            texts.add(text(each, path(texts.size())));
        }
        return texts;
    }

    private static String path(int index) {
        return "%s[%d]".formatted(INPUT, index);
    }

    private static String text(JsonNode node, String path) {
        if (node.isNumber() || node.isArray()) {
            throw ApiError.unsupported(
                    path,
                    "'%s' holds token ids, which are those of another tokenizer; send the text."
                            .formatted(path));
        }
        if (!node.isString() || node.asString().isEmpty()) {
            throw ApiError.field(
                    path,
                    "'%s' is %s; send a text that is not empty."
                            .formatted(path, node.isString() ? "empty" : "no string"));
        }
        return node.asString();
    }

    private static boolean base64(Fields fields) {
        String format = fields.text("encoding_format").orElse("float");
        return switch (format) {
            case "float" -> false;
            case "base64" -> true;
            default ->
                    throw ApiError.field(
                            "encoding_format",
                            "'encoding_format' is '%s'; send float or base64.".formatted(format));
        };
    }

    /// The first numbers of a vector mean something by themselves only if a model was trained for
    /// that.
    private static void checkDimensions(Fields fields, Embedder embedder) {
        fields.whole("dimensions", 1, Integer.MAX_VALUE)
                .filter(dimensions -> dimensions != embedder.dimensions())
                .ifPresent(dimensions -> {
                    throw ApiError.unsupported(
                            "dimensions",
                            "'dimensions' is %d, but vectors of %s have %d and cannot be shortened; leave it out."
                                    .formatted(dimensions, embedder.name(), embedder.dimensions()));
                });
    }

    private static long tokens(List<String> texts, Embedder embedder) {
        long tokens = 0;
        for (int i = 0; i < texts.size(); i++) {
            int each = embedder.tokens(texts.get(i));
            if (each > embedder.mostTokens()) {
                throw ApiError.field(
                        path(i),
                        "'%s' has %d tokens, but %s reads %d at the most; split the text."
                                .formatted(path(i), each, embedder.name(), embedder.mostTokens()));
            }
            tokens += each;
        }
        return tokens;
    }
}
