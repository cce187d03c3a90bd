package dev.polymnia.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.server.store.StoredMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// Conversations from elsewhere.
final class ImportsTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    private static Imports read(String json) {
        Imports imports = new Imports("person-1", NOW, new Brought(Map.of()));
        imports.read(JsonMapper.shared().readTree(json));
        return imports;
    }

    /// Returns each message with what is before it: `one > two`.
    private static List<String> ways(Imports imports) {
        Map<String, String> ways = new HashMap<>();
        List<String> all = new ArrayList<>();
        for (StoredMessage message : imports.messages()) {
            String before = message.parent() == null ? "" : ways.get(message.parent()) + " > ";
            ways.put(message.id(), before + message.text());
            all.add(before + message.text());
        }
        return all;
    }

    @Test
    void a_tree_of_openai_stays_a_tree() {
        Imports imports =
                read(
                        """
                        [{"title": "Birds", "create_time": 1700000000.5, "update_time": 1700000100,
                          "current_node": "c", "mapping": {
                          "c": {"parent": "b", "message": {"author": {"role": "assistant"},
                            "content": {"content_type": "text", "parts": ["A ", "bird."]}}},
                          "root": {"parent": null, "message": null, "children": ["s"]},
                          "s": {"parent": "root", "message": {"author": {"role": "system"},
                            "content": {"content_type": "text", "parts": [""]}}},
                          "a": {"parent": "s", "message": {"author": {"role": "user"},
                            "create_time": 1700000001,
                            "content": {"content_type": "text", "parts": ["What is a heron?"]}}},
                          "t": {"parent": "a", "message": {"author": {"role": "tool"},
                            "content": {"content_type": "text", "parts": ["searched"]}}},
                          "b": {"parent": "t", "message": {"author": {"role": "assistant"},
                            "content": {"content_type": "multimodal_text", "parts": [{"image": 1}]}}},
                          "d": {"parent": "s", "message": {"author": {"role": "user"},
                            "content": {"content_type": "text", "parts": ["Edited"]}}}}}]
                        """);

        assertThat(ways(imports))
                .containsExactlyInAnyOrder(
                        "What is a heron?", "Edited", "What is a heron? > A bird.");
        assertThat(imports.skipped()).isEqualTo(4);
        assertThat(imports.conversations())
                .singleElement()
                .satisfies(conversation -> {
                    assertThat(conversation.title()).isEqualTo("Birds");
                    assertThat(conversation.person()).isEqualTo("person-1");
                    assertThat(conversation.created()).isEqualTo("2023-11-14T22:13:20.500Z");
                    assertThat(conversation.changed()).isEqualTo("2023-11-14T22:15:00Z");
                });
        assertThat(imports.messages().getFirst().created()).isAfterOrEqualTo(Instant.EPOCH);
    }

    @Test
    void a_list_of_anthropic_becomes_a_path() {
        Imports imports =
                read(
                        """
                        [{"uuid": "1", "name": "Birds\\u0007", "created_at": "2026-01-02T03:04:05.678Z",
                          "chat_messages": [
                            {"uuid": "a", "sender": "human", "text": "One"},
                            {"uuid": "b", "sender": "assistant", "text": "Two"},
                            {"sender": "human", "text": "Three"},
                            {"uuid": "d", "sender": "assistant", "text": "Other", "parent_message_uuid": "a"}]},
                         {"uuid": "2", "name": "", "created_at": "yesterday",
                          "updated_at": "+999999999-01-01T00:00:00Z", "chat_messages": []}]
                        """);

        assertThat(ways(imports))
                .containsExactlyInAnyOrder("One", "One > Two", "One > Two > Three", "One > Other");
        assertThat(imports.conversations()).hasSize(2);
        assertThat(imports.conversations().getFirst().title()).isEqualTo("Birds");
        assertThat(imports.conversations().getFirst().created())
                .isEqualTo("2026-01-02T03:04:05.678Z");
        assertThat(imports.conversations().getLast().created()).isEqualTo(NOW);
    }

    @Test
    void what_goes_round_in_a_circle_or_hangs_in_the_air_harms_nobody() {
        StringBuilder deep = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            deep.append(
                    ", \"n%d\": {\"parent\": \"n%d\", \"message\": {\"author\": {\"role\": \"user\"}, \"content\": {\"parts\": [\"x\"]}}}"
                            .formatted(i, i - 1));
        }
        Imports imports =
                read(
                        """
                        [{"mapping": {
                          "a": {"parent": "b", "message": {"author": {"role": "user"}, "content": {"parts": ["x"]}}},
                          "b": {"parent": "a", "message": {"author": {"role": "user"}, "content": {"parts": ["y"]}}},
                          "c": {"parent": "gone", "message": {"author": {"role": "user"}, "content": {"parts": ["z"]}}},
                          "d": {"parent": "d", "message": 7}%s}}]
                        """
                                .formatted(deep));

        assertThat(imports.messages()).hasSize(20_001);
        assertThat(imports.messages().getFirst().text()).isEqualTo("z");
        assertThat(imports.skipped()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "null",
                "\"x\"",
                "[1]",
                "[{}]",
                "[{\"mapping\": []}]",
                "[{\"chat_messages\": {}}]",
                "[[]]"
            })
    void what_is_no_export_is_refused(String json) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(ApiError.class)
                .hasMessageContaining("conversations.json");
    }
}
