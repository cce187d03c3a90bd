package dev.polymnia.app;

import dev.polymnia.app.chat.PrivateFiles;
import dev.polymnia.core.Fault;
import dev.polymnia.remote.RemoteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The endpoints that owners added, so that they are there after the next start, too: a JSON array
/// of objects with `url`, `model` and, where one is wanted, `key`. As there are keys in it, nobody
/// else may read it. One that cannot be read is left as it is. Confined to one thread.
///
/// @param file need not exist yet
record EndpointFile(Path file) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String URL = "url";
    private static final String MODEL = "model";
    private static final String KEY = "key";

    /// Returns the endpoints, in the order in which they were added.
    ///
    /// @throws Fault `UNAVAILABLE` if the file cannot be read
    List<RemoteOptions> read() {
        if (!Files.exists(file)) {
            return List.of();
        }
        JsonNode all = tree();
        if (!all.isArray()) {
            throw unreadable("it is no JSON array");
        }
        List<RemoteOptions> endpoints = new ArrayList<>();
        for (JsonNode each : all) {
            endpoints.add(endpoint(each, endpoints.size() + 1));
        }
        return endpoints;
    }

    private JsonNode tree() {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (JacksonException e) {
            // What it says may have a key in it.
            throw unreadable("it is no JSON, see its line " + e.getLocation().getLineNr());
        } catch (IOException e) {
            throw unreadable(String.valueOf(e.getMessage()));
        }
    }

    private RemoteOptions endpoint(JsonNode node, int number) {
        String which = "its endpoint " + number;
        JsonNode key = node.path(KEY);
        if (!isText(node.path(URL))
                || !isText(node.path(MODEL))
                || !(key.isMissingNode() || isText(key))) {
            throw unreadable(which + " has no url or model, or a key that is none");
        }
        try {
            RemoteOptions endpoint =
                    RemoteOptions.of(node.path(URL).asString())
                            .withModel(node.path(MODEL).asString());
            return key.isMissingNode() ? endpoint : endpoint.withKey(key.asString());
        } catch (Fault fault) {
            throw unreadable(which + " cannot be: " + fault.getMessage());
        }
    }

    private static boolean isText(JsonNode node) {
        return node.isString() && !node.asString().isBlank();
    }

    private Fault unreadable(String why) {
        return new Fault(
                Fault.Code.UNAVAILABLE,
                "The endpoints that were added on the page cannot be read from %s: %s. Correct the file, or move it away to begin anew."
                        .formatted(file, why));
    }

    /// Adds an endpoint.
    ///
    /// @throws Fault `UNAVAILABLE` if the file cannot be read or written
    void add(RemoteOptions endpoint) {
        write(Stream.concat(read().stream(), Stream.of(endpoint)).toList());
    }

    /// Removes endpoints.
    ///
    /// @throws Fault `UNAVAILABLE` if the file cannot be read or written
    void remove(Predicate<RemoteOptions> which) {
        write(read().stream().filter(which.negate()).toList());
    }

    private void write(List<RemoteOptions> endpoints) {
        ArrayNode all = JSON.createArrayNode();
        for (RemoteOptions each : endpoints) {
            ObjectNode node = all.addObject();
            node.put(URL, each.base().toString()).put(MODEL, each.model());
            String key = each.key();
            if (key != null) {
                node.put(KEY, key);
            }
        }
        try {
            PrivateFiles.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all));
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "The endpoints cannot be written into %s: %s".formatted(file, e.getMessage()),
                    e);
        }
    }
}
