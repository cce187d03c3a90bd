package dev.polymnia.server;

import static java.util.Objects.requireNonNull;

import dev.polymnia.server.store.FileStore;
import dev.polymnia.server.store.StoredFile;
import dev.polymnia.server.store.StoredMessage;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The files that messages are said with, for those who answer: pictures as pictures, text as text
/// with its name. What is kept of a run names them, and only the run itself has what is in them; so
/// a file that is deleted is gone, and a run that is taken up by the next server finds it.
/// Thread-safe.
///
/// @param files keeps them
record Attachments(FileStore files) {
    private static final String PART = "polymnia_file";
    private static final int MOST = 10;

    /// Of a text; some 60,000 tokens.
    private static final int LONGEST_TEXT = 256 << 10;

    private static final Pattern FENCE = Pattern.compile("`{3,}");

    /// Returns the ids of the files that a message is said with.
    ///
    /// @param sent the request's body
    /// @throws ApiError if one is not the conversation's, or nothing that models are given
    List<String> named(Fields sent, String conversation) {
        List<String> ids = new ArrayList<>();
        for (JsonNode id : sent.array("files")) {
            if (!id.isString()) {
                throw ApiError.field("files", "'files' has something other than ids of files.");
            }
            ids.add(id.asString());
        }
        if (ids.size() > MOST) {
            throw ApiError.field(
                    "files",
                    "%d files; say something with %d at the most.".formatted(ids.size(), MOST));
        }
        Map<String, StoredFile> there = ids.isEmpty() ? Map.of() : byId(conversation);
        for (String id : ids) {
            StoredFile file = there.get(id);
            if (file == null) {
                throw ApiError.field(
                        "files",
                        "There is no file '%s' in this conversation; GET …/files lists them."
                                .formatted(Fields.cut(id)));
            }
            requireReadable(file);
        }
        return ids.stream().distinct().toList();
    }

    private static void requireReadable(StoredFile file) {
        FileKind kind = FileKind.named(file.type());
        if (!kind.isPicture() && !kind.isText()) {
            throw ApiError.field(
                    "files",
                    "'%s' is %s, which models are not given; what can be is pictures (PNG, JPEG, GIF, WebP) and text in UTF-8."
                            .formatted(file.name(), file.type()));
        }
        if (kind.isText() && file.size() > LONGEST_TEXT) {
            throw ApiError.field(
                    "files",
                    "'%s' has %d bytes; a text that models are given has %d at the most."
                            .formatted(file.name(), file.size(), LONGEST_TEXT));
        }
    }

    /// Returns the files of a conversation by their ids.
    Map<String, StoredFile> byId(String conversation) {
        Map<String, StoredFile> byId = new HashMap<>();
        files.of(conversation).forEach(file -> byId.put(file.id(), file));
        return byId;
    }

    /// Checks that the files of all messages before an answer are not longer than a request may be.
    ///
    /// @throws ApiError if they are
    void requireRoom(List<StoredMessage> path, int mostBytes) {
        if (path.stream().allMatch(message -> message.files().isEmpty())) {
            return;
        }
        Map<String, StoredFile> there = byId(path.getLast().conversation());
        long bytes =
                path.stream()
                        .flatMap(message -> message.files().stream())
                        .filter(there::containsKey)
                        .mapToLong(id -> requireNonNull(there.get(id)).size())
                        .sum();
        if (bytes > mostBytes) {
            throw ApiError.field(
                    "files",
                    "The files up to here have %d bytes together, and those who answer are given %d at the most; leave some out, or go on from an earlier message."
                            .formatted(bytes, mostBytes));
        }
    }

    /// Puts what was said, as the record of a run has it: files by their ids.
    static void put(ObjectNode object, StoredMessage message) {
        if (message.files().isEmpty()) {
            object.put("content", message.text());
            return;
        }
        ArrayNode parts = object.putArray("content");
        message.files().forEach(id -> parts.addObject().put("type", PART).put("file", id));
        parts.addObject().put("type", "text").put("text", message.text());
    }

    /// Returns the body of a request for a chat completion with what is in the files that it names.
    ///
    /// @param body of a record, which is not changed
    ObjectNode filled(ObjectNode body) {
        ObjectNode filled = body.deepCopy();
        for (JsonNode message : filled.path("messages")) {
            if (message instanceof ObjectNode object
                    && object.get("content") instanceof ArrayNode parts) {
                fill(object.putArray("content"), parts);
            }
        }
        return filled;
    }

    /// Pictures first, then all that is text as one part, since models put parts together without a
    /// space.
    private void fill(ArrayNode filled, ArrayNode parts) {
        List<String> texts = new ArrayList<>();
        for (JsonNode part : parts) {
            if (!part.path("type").asString("").equals(PART)) {
                texts.add(part.path("text").asString(""));
                continue;
            }
            String id = part.path("file").asString("");
            Optional<StoredFile> file = files.find(id);
            Optional<byte[]> content = files.content(id);
            if (file.isEmpty() || content.isEmpty()) {
                texts.add("(A file that was here has been deleted.)");
            } else if (FileKind.named(file.get().type()).isPicture()) {
                filled.addObject()
                        .put("type", "image_url")
                        .putObject("image_url")
                        .put("url", url(file.get(), content.get()));
            } else {
                texts.add(read(file.get(), content.get()));
            }
        }
        filled.addObject().put("type", "text").put("text", String.join("\n\n", texts));
    }

    private static String url(StoredFile file, byte[] content) {
        return "data:%s;base64,%s"
                .formatted(file.type(), Base64.getEncoder().encodeToString(content));
    }

    /// Returns a text with its name, between fences that are longer than any in it (CommonMark,
    /// 4.5).
    private static String read(StoredFile file, byte[] content) {
        String words = FileKind.words(content).orElse("").stripTrailing();
        String fence =
                FENCE.matcher(words)
                        .results()
                        .map(MatchResult::group)
                        .max((one, other) -> Integer.compare(one.length(), other.length()))
                        .map(longest -> longest + "`")
                        .orElse("```");
        return "The file \"%s\":\n%s\n%s\n%s".formatted(file.name(), fence, words, fence);
    }
}
