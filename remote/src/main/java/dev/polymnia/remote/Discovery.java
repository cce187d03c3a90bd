package dev.polymnia.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.polymnia.core.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Finds out what is at an endpoint: which models, which one is meant, and how much it holds.
final class Discovery {
    /// What servers and hosts call the most tokens of prompt and answer together.
    private static final List<String> CONTEXT =
            List.of("max_model_len", "context_length", "context_window", "max_context_length");

    private final Wire wire;
    private final RemoteOptions options;
    private final Cancellation cancellation;

    Discovery(Wire wire, RemoteOptions options, Cancellation cancellation) {
        this.wire = wire;
        this.options = options;
        this.cancellation = cancellation;
    }

    /// Returns the names of the models; none if the endpoint has no list of them.
    ///
    /// @throws dev.polymnia.core.Fault if the endpoint cannot be asked
    List<String> names() {
        return models().stream().map(Discovery::id).toList();
    }

    private List<JsonNode> models() {
        Optional<JsonNode> answer = wire.models(cancellation);
        List<JsonNode> models = new ArrayList<>();
        answer.ifPresent(all ->
                all.path("data")
                        .forEach(each -> {
                            if (!id(each).isEmpty()) {
                                models.add(each);
                            }
                        }));
        return models;
    }

    /// @throws dev.polymnia.core.Fault if the endpoint cannot be asked, does not have the model, or
    ///   has several and none was chosen
    Endpoint find() {
        List<JsonNode> models = models();
        List<String> names = models.stream().map(Discovery::id).toList();
        JsonNode chosen = chosen(models, names);
        String name = options.model().isEmpty() ? id(chosen) : options.model();
        EndpointKind kind = EndpointKind.of(chosen.path("owned_by").asText(""));
        return new Endpoint(kind, name, contextTokens(kind, chosen), seesImages(chosen), names);
    }

    private JsonNode chosen(List<JsonNode> models, List<String> names) {
        if (options.model().isEmpty()) {
            return switch (models.size()) {
                case 0 -> throw wire.faults().noModels();
                case 1 -> models.getFirst();
                default -> throw wire.faults().severalModels(names);
            };
        }
        if (models.isEmpty()) {
            return MissingNode.getInstance();
        }
        return models.stream()
                .filter(each -> isMeant(each, options.model()))
                .findFirst()
                .orElseThrow(() -> wire.faults().unknownModel(options.model(), names));
    }

    /// Returns whether a name means a model: Ollama adds a tag to each name, some hosts take more
    /// tags than they list, llama.cpp has aliases.
    private static boolean isMeant(JsonNode model, String name) {
        String id = id(model);
        int tag = name.lastIndexOf(':');
        return id.equals(name)
                || id.equals(name + ":latest")
                || (tag > 0 && id.equals(name.substring(0, tag)))
                || texts(model.path("aliases")).anyMatch(name::equals);
    }

    private int contextTokens(EndpointKind kind, JsonNode model) {
        OptionalInt own = positive(model.path("meta").path("n_ctx"));
        if (own.isEmpty() && kind == EndpointKind.LLAMA_CPP) {
            // Older servers tell only here what one slot holds.
            own =
                    positive(
                            wire.properties(cancellation)
                                    .orElse(MissingNode.getInstance())
                                    .path("default_generation_settings")
                                    .path("n_ctx"));
        }
        return Stream.concat(
                        Stream.of(own), CONTEXT.stream().map(name -> positive(model.path(name))))
                .flatMapToInt(OptionalInt::stream)
                .findFirst()
                .orElseGet(() ->
                        positive(model.path("meta").path("n_ctx_train"))
                                .orElse(Endpoint.ASSUMED_CONTEXT));
    }

    /// Returns whether the model takes pictures. Where nobody tells it may be tried: the endpoint
    /// refuses what it cannot see.
    private static boolean seesImages(JsonNode model) {
        JsonNode modalities = model.path("architecture").path("input_modalities");
        return !modalities.isArray() || texts(modalities).anyMatch("image"::equals);
    }

    private static String id(JsonNode model) {
        return model.path("id").asText("");
    }

    private static Stream<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(each -> each.asText(""));
    }

    private static OptionalInt positive(JsonNode number) {
        long value = number.asLong(0);
        return value > 0
                ? OptionalInt.of((int) Math.min(value, Integer.MAX_VALUE))
                : OptionalInt.empty();
    }
}
