package dev.polymnia.llama.grammar;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A schema with instances.
///
/// @param name what it is about
/// @param schema as JSON
/// @param valid texts that meet the schema and that the grammar takes
/// @param invalid texts that do not meet the schema
/// @param refused texts that meet the schema and that the grammar does not take all the same
record SchemaCase(
        String name,
        String schema,
        List<String> valid,
        List<String> invalid,
        List<String> refused) {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    /// Returns the schemas written by hand.
    static List<SchemaCase> written() {
        try (InputStream file = SchemaCase.class.getResourceAsStream("schemas.json")) {
            List<SchemaCase> cases = new ArrayList<>();
            for (JsonNode each : JSON.readTree(Objects.requireNonNull(file, "schemas.json"))) {
                cases.add(
                        new SchemaCase(
                                each.path("name").stringValue(),
                                each.path("schema").toString(),
                                texts(each.path("valid")),
                                texts(each.path("invalid")),
                                texts(each.path("refused"))));
            }
            return cases;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public String toString() {
        return name;
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        node.forEach(each -> texts.add(each.stringValue()));
        return texts;
    }
}
