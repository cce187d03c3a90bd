package dev.polymnia.llama.grammar;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Says whether texts meet a schema, with a validator that knows nothing of grammars.
final class Judge {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    // The validator has a list of the top-level domains of mailboxes, which changes with the years.
    private static final Pattern TOP_LEVEL =
            Pattern.compile("(@[a-zA-Z0-9.-]*)\\.[a-zA-Z]{2,24}\"");

    private final com.networknt.schema.Schema schema;

    Judge(String schema) {
        this.schema = REGISTRY.getSchema(schema, InputFormat.JSON);
    }

    /// Returns what is wrong with a text; nothing if it meets the schema.
    List<String> faults(String text) {
        JsonNode node;
        try {
            node = JSON.readTree(TOP_LEVEL.matcher(text).replaceAll("$1.com\""));
        } catch (JacksonException broken) {
            return List.of("not JSON: " + broken.getOriginalMessage());
        }
        if (node.isMissingNode()) {
            return List.of("no JSON");
        }
        return schema
                .validate(
                        node,
                        context ->
                                context.executionConfig(
                                        config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Object::toString)
                .toList();
    }
}
