package dev.polymnia.models;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Prices;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/// What endpoints take for the tokens of their models: a TOML file that people write, in the
/// currency of their choice per million tokens. A table is named by the endpoint's address and its
/// name of the model; see [#example].
///
/// @param endpoints the prices by address, as it was written, and by model
public record PriceFile(Map<String, Map<String, Prices>> endpoints) {
    private static final TomlMapper TOML = new TomlMapper();
    private static final String PROMPT = "prompt";
    private static final String CACHED = "cached";
    private static final String GENERATED = "generated";

    /// Copies the parts.
    public PriceFile {
        Map<String, Map<String, Prices>> copy = new LinkedHashMap<>();
        endpoints.forEach((url, models) -> copy.put(url, Map.copyOf(models)));
        endpoints = Map.copyOf(copy);
    }

    /// Returns how the prices of a model are written.
    ///
    /// @param url the endpoint's address
    /// @param model its name of the model
    public static String example(String url, String model) {
        return """
        ["%s"."%s"]
        prompt = 0.15
        cached = 0.075   # may be left out: as prompt
        generated = 0.60
        """
                .formatted(url, model);
    }

    /// Reads a file.
    ///
    /// @throws Fault `NOT_FOUND` if it cannot be read, `INVALID` if it is no such file
    public static PriceFile read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The prices %s are not as they should be: %s Mend it; a model's are written like this, per million tokens:%n%s"
                            .formatted(
                                    file,
                                    ProfileFile.firstLine(e),
                                    example("https://api.example.com/v1", "some-model")),
                    e);
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.NOT_FOUND,
                    "The prices %s cannot be read; check the file's rights.".formatted(file),
                    e);
        }
    }

    private static PriceFile read(InputStream in) {
        Map<String, Map<String, Prices>> endpoints = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> endpoint : TOML.readTree(in).properties()) {
            String url = endpoint.getKey();
            Map<String, Prices> models = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> model : table(url, endpoint.getValue()).properties()) {
                models.put(model.getKey(), prices(url, model.getKey(), model.getValue()));
            }
            endpoints.put(url, models);
        }
        return new PriceFile(endpoints);
    }

    private static Prices prices(String url, String model, JsonNode value) {
        JsonNode own = table(model, value);
        String where = "\"%s\".\"%s\"".formatted(url, model);
        for (String name : own.propertyNames()) {
            if (!List.of(PROMPT, CACHED, GENERATED).contains(name)) {
                throw new IllegalArgumentException(
                        "%s has '%s', which is no price; there are prompt, cached and generated, and names with dots stand in quotes"
                                .formatted(where, name));
            }
        }
        long prompt = price(own, PROMPT, where);
        long cached = own.has(CACHED) ? price(own, CACHED, where) : prompt;
        return new Prices(prompt, cached, price(own, GENERATED, where));
    }

    private static long price(JsonNode own, String name, String where) {
        JsonNode value = own.path(name);
        if (!value.isNumber()) {
            throw new IllegalArgumentException(
                    value.isMissingNode()
                            ? "%s has no %s".formatted(where, name)
                            : "%s of %s is %s, which is no number".formatted(name, where, value));
        }
        BigDecimal price = value.decimalValue();
        try {
            return Prices.ofMillion(price);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "%s of %s: %s".formatted(name, where, e.getMessage()), e);
        }
    }

    private static JsonNode table(String name, JsonNode value) {
        if (!value.isObject()) {
            throw new IllegalArgumentException(
                    "\"%s\" is %s, but should be a table".formatted(name, value));
        }
        return value;
    }
}
