package dev.polymnia.models.template;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// One conversation, the template that writes it, and what must come out.
///
/// @param name the names of the template and the conversation
/// @param template the parsed template
/// @param variables what the template can read
/// @param expected the prompt; null if the template must fail
/// @param now the time that the template sees
record TemplateCase(
        String name,
        ChatTemplate template,
        Map<String, @Nullable Object> variables,
        @Nullable String expected,
        LocalDateTime now) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, @Nullable Object>> VARIABLES =
            new TypeReference<>() {};

    /// Reads `cases.json` and the templates that lie beside it.
    static List<TemplateCase> read(Path folder) {
        JsonNode root = JSON.readTree(folder.resolve("cases.json"));
        LocalDateTime now = LocalDateTime.parse(root.get("now").asString());
        Map<String, ChatTemplate> templates = new HashMap<>();
        List<TemplateCase> cases = new ArrayList<>();
        for (JsonNode each : root.get("cases")) {
            String template = each.get("template").asString();
            JsonNode expected = each.get("expected");
            cases.add(
                    new TemplateCase(
                            template + " / " + each.get("case").asString(),
                            templates.computeIfAbsent(template, name -> parse(folder, name)),
                            JSON.convertValue(each.get("input"), VARIABLES),
                            expected.isNull() ? null : expected.asString(),
                            now));
        }
        return cases;
    }

    private static ChatTemplate parse(Path folder, String name) {
        try {
            return ChatTemplate.parse(
                    Files.readString(folder.resolve("templates").resolve(name + ".jinja")));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// Returns what is wrong with the rendering, or null if it agrees.
    @Nullable String disagreement() {
        try {
            String actual = template.render(variables, now);
            return actual.equals(expected)
                    ? null
                    : name + "\n--- expected\n" + expected + "\n--- actual\n" + actual;
        } catch (Fault fault) {
            return expected == null ? null : name + " failed: " + fault.getMessage();
        }
    }
}
