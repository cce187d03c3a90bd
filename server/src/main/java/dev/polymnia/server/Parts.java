package dev.polymnia.server;

import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Media;
import dev.polymnia.core.model.Capability;
import dev.polymnia.core.model.ModelInfo;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// The parts of a message, as the APIs send them: a text, or an array of texts and pictures.
/// Stateless.
final class Parts {
    private static final String DATA = "data:";
    private static final String BASE64 = ";base64,";
    private static final Set<String> PICTURES =
            Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

    private Parts() {}

    /// Reads a message's parts.
    ///
    /// @param info of the model that reads them
    /// @throws ApiError for what the model has no place for
    static List<Content> of(Fields fields, String field, ModelInfo info) {
        Optional<JsonNode> sent = fields.any(field);
        if (sent.filter(JsonNode::isString).isPresent()) {
            return List.of(new Content.Text(sent.get().asString()));
        }
        List<Content> parts = new ArrayList<>();
        for (Fields part : fields.objects(field)) {
            parts.add(part(part, info));
        }
        return parts;
    }

    /// Reads one part, all of it.
    static Content part(Fields part, ModelInfo info) {
        Content content = content(part, info);
        part.ignored(Set.of("cache_control", "citations", "annotations", "logprobs"));
        return content;
    }

    private static Content content(Fields part, ModelInfo info) {
        String type = part.text("type").orElse("");
        return switch (type) {
            case "text", "input_text", "output_text" -> new Content.Text(part.required("text"));
            case "refusal" -> new Content.Text(part.required("refusal"));
            case "image_url" -> {
                Fields url = part.requiredObject("image_url");
                Content picture = picture(url, "url", info);
                url.ignored(Set.of("detail"));
                yield picture;
            }
            case "input_image" -> {
                part.text("detail");
                yield picture(part, "image_url", info);
            }
            case "image" -> {
                Fields source = part.requiredObject("source");
                Content picture = source(source, info);
                source.ignored(Set.of());
                yield picture;
            }
            default ->
                    throw ApiError.unsupported(
                            part.path("type"),
                            "Parts of the type '%s' are not supported; send text or pictures."
                                    .formatted(type));
        };
    }

    private static Content source(Fields source, ModelInfo info) {
        if (!source.required("type").equals("base64")) {
            throw ApiError.unsupported(
                    source.path("type"), "Pictures are not fetched; send them as base64.");
        }
        return picture(
                source.required("media_type"), source.required("data"), source.path("data"), info);
    }

    private static Content picture(Fields fields, String field, ModelInfo info) {
        String url = fields.required(field);
        int data = url.indexOf(BASE64);
        if (!url.startsWith(DATA) || data < 0) {
            throw ApiError.unsupported(
                    fields.path(field),
                    "Pictures are not fetched; send them as a URL like data:image/png;base64,….");
        }
        return picture(
                url.substring(DATA.length(), data),
                url.substring(data + BASE64.length()),
                fields.path(field),
                info);
    }

    private static Content picture(String type, String base64, String path, ModelInfo info) {
        String media = type.toLowerCase(Locale.ROOT);
        if (!PICTURES.contains(media)) {
            throw ApiError.field(
                    path,
                    "'%s' has no picture in PNG, JPEG, GIF or WebP; send one.".formatted(path));
        }
        if (!info.can(Capability.IMAGES)) {
            throw ApiError.unsupported(
                    path, info.name() + " cannot see pictures; send text, or ask another model.");
        }
        try {
            return new Content.Image(new Media(media, Base64.getMimeDecoder().decode(base64)));
        } catch (IllegalArgumentException e) {
            throw ApiError.field(
                    path,
                    "The picture in '%s' cannot be read: %s.".formatted(path, e.getMessage()));
        }
    }
}
