package dev.polymnia.server;

import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.Role;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Ben, who talks with a model that tells what it was asked.
abstract class ConversationFixture extends SharedFixture {
    final Queue<List<Message>> asked = new ConcurrentLinkedQueue<>();
    final Script script =
            (request, _) -> {
                List<Message> messages = request.prompt().messages();
                asked.add(messages);
                return answer(messages);
            };
    String key = "";

    Reply answer(List<Message> messages) {
        return Reply.of("Heard: " + messages.getLast().text());
    }

    @BeforeEach
    void begin() throws Exception {
        share(script);
        key = key(person("Ben", "member"), ", \"manages\": true");
    }

    /// Begins a conversation, and returns its id.
    String converse(String fields) throws Exception {
        return made(ask("POST", api("/conversations"), key, "{" + fields + "}"))
                .get("id")
                .asString();
    }

    static ObjectNode saying(@Nullable String parent, @Nullable String text) {
        return RunJson.object().put("model", "instant").put("parent", parent).put("text", text);
    }

    /// Says something, and returns what is told at once.
    JsonNode begin(String conversation, ObjectNode saying) throws Exception {
        String url = api("/conversations/" + conversation + "/messages");
        return ok("POST", url, key, saying.toString());
    }

    /// Says something, waits for the answer, and returns what was told at once.
    JsonNode say(String conversation, ObjectNode saying) throws Exception {
        JsonNode told = begin(conversation, saying);
        ask("GET", v1("/runs/" + told.at("/run/id").asString() + "/events"), key, null);
        return told;
    }

    /// Does the same, and returns the answering message.
    String say(String conversation, @Nullable String parent, @Nullable String text)
            throws Exception {
        return last(say(conversation, saying(parent, text)));
    }

    static String last(JsonNode told) {
        return told.get("messages").get(told.get("messages").size() - 1).get("id").asString();
    }

    JsonNode messages(String conversation) throws Exception {
        return ok("GET", api("/conversations/" + conversation), key, null).get("messages");
    }

    static JsonNode find(JsonNode messages, String id) {
        for (JsonNode message : messages) {
            if (message.get("id").asString().equals(id)) {
                return message;
            }
        }
        throw new AssertionError(id + " is not in " + messages);
    }

    /// Returns what the model was asked last, without what it was told before.
    List<Message> heard() {
        return List.copyOf(asked).getLast().stream()
                .filter(message -> message.role() != Role.SYSTEM)
                .toList();
    }
}
