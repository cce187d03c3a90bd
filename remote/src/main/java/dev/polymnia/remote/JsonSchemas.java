package dev.polymnia.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.openai.core.JsonValue;
import com.openai.core.ObjectMappers;
import dev.polymnia.core.Fault;
import java.util.Map;

/// Reads JSON Schemas that callers give as text.
final class JsonSchemas {
    private static final ObjectReader READER =
            ObjectMappers.jsonMapper()
                    .readerFor(new TypeReference<Map<String, JsonValue>>() {})
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JsonSchemas() {}

    /// Returns the schema of an answer.
    ///
    /// @throws Fault with `INVALID` if it is no JSON object
    static Map<String, JsonValue> parse(String schema) {
        return parse("The schema of the answer", schema);
    }

    /// Returns a schema.
    ///
    /// @param what what it is the schema of, for a person: the beginning of a sentence
    /// @throws Fault with `INVALID` if it is no JSON object
    static Map<String, JsonValue> parse(String what, String schema) {
        try {
            Map<String, JsonValue> read = READER.readValue(schema);
            if (read != null) {
                return read;
            }
        } catch (JsonProcessingException e) {
            throw new Fault(
                    Fault.Code.INVALID,
                    what + " must be a JSON object: " + e.getOriginalMessage() + ".",
                    e);
        }
        throw new Fault(Fault.Code.INVALID, what + " must be a JSON object, not null.");
    }
}
