package dev.polymnia.server;

import dev.polymnia.core.Fault;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.RunEvent;
import dev.polymnia.server.people.Memory;
import dev.polymnia.server.store.ConversationStore;
import dev.polymnia.server.store.RunStore;
import dev.polymnia.server.store.StoredMessage;
import dev.polymnia.server.store.StoredMessage.Author;
import dev.polymnia.server.store.StoredMessage.State;
import dev.polymnia.server.store.StoredRun;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The runs that answer in conversations: each writes one message. Thread-safe.
///
/// @param conversations keep what is said
/// @param runs keep what answers
record Turns(ConversationStore conversations, RunStore runs) {
    private static final String PREFIX = "turn-";

    /// Returns the name of a new one.
    static String newId() {
        return PREFIX + UUID.randomUUID();
    }

    /// Returns whether a run answers in a conversation.
    static boolean isOne(StoredRun run) {
        return run.background() && run.id().startsWith(PREFIX);
    }

    /// Puts what a run comes to into its message.
    void on(RunEvent event) {
        try {
            switch (event.event()) {
                case Event.RunFinished finished ->
                        conversations.answer(event.run(), finished.outcome().text(), State.WHOLE);
                case Event.RunFailed _ -> conversations.answer(event.run(), "", State.FAILED);
                default -> {}
            }
        } catch (Fault fault) {
            // Whoever reads the conversation finds it in the run.
            System.getLogger("polymnia")
                    .log(System.Logger.Level.WARNING, fault.getMessage(), fault);
        }
    }

    /// Returns the messages of a conversation; those whose runs ended without a word to them are
    /// ended.
    List<StoredMessage> messages(String conversation) {
        List<StoredMessage> messages = conversations.messages(conversation);
        boolean ended = false;
        for (StoredMessage message : messages) {
            if (message.state() == State.WRITING) {
                ended |= end(message);
            }
        }
        return ended ? conversations.messages(conversation) : messages;
    }

    private boolean end(StoredMessage message) {
        String id = message.run() == null ? "" : message.run();
        if (runs.live(id).isPresent()) {
            return false;
        }
        Optional<StoredRun> run = runs.find(id);
        if (run.isPresent() && !run.get().state().isOver()) {
            return false;
        }
        Optional<String> text =
                run.map(StoredRun::result)
                        .map(JsonMapper.shared()::readTree)
                        .map(end -> end.get("text"))
                        .map(words -> words.asString());
        conversations.answer(id, text.orElse(""), text.isPresent() ? State.WHOLE : State.FAILED);
        return true;
    }

    /// Returns the messages from the first one to another, along its parents.
    ///
    /// @throws ApiError if there is no such message, or it is still written
    static List<StoredMessage> path(List<StoredMessage> all, String last) {
        Map<String, StoredMessage> byId = new HashMap<>();
        all.forEach(message -> byId.put(message.id(), message));
        Deque<StoredMessage> path = new ArrayDeque<>();
        String next = last;
        while (next != null) {
            StoredMessage message = byId.get(next);
            if (message == null) {
                throw ApiError.field(
                        "parent", "There is no message '%s' in this conversation.".formatted(next));
            }
            if (message.state() == State.WRITING) {
                throw ApiError.refused(
                        409,
                        "still_writing",
                        "The message '%s' is still written; wait for the end of its run."
                                .formatted(next));
            }
            path.addFirst(message);
            next = message.parent();
        }
        return new ArrayList<>(path);
    }

    /// Puts what is known and was said as a chat completion has it. What failed was not said.
    static void put(ObjectNode body, List<Memory> memories, List<StoredMessage> path) {
        ArrayNode messages = body.putArray("messages");
        if (!memories.isEmpty()) {
            messages.addObject().put("role", "system").put("content", Recall.words(memories));
        }
        for (StoredMessage message : path) {
            if (message.state() == State.WHOLE) {
                ObjectNode said = messages.addObject();
                said.put("role", message.author() == Author.USER ? "user" : "assistant");
                Attachments.put(said, message);
            }
        }
    }
}
