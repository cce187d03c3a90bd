package dev.polymnia.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is remembered of people who talk. For each database.
@Timeout(120)
abstract class MemoryContract extends ConversationFixture {
    @Test
    void what_is_remembered_is_given_to_who_answers_and_named() throws Exception {
        String ben = ok("GET", api("/me"), key, null).at("/person/id").asString();
        String url = api("/people/" + ben + "/memories");
        String vegan = remember(url, "Eats no meat.\\nNever.");
        String bird = remember(url, "Likes herons");
        String id = converse("");

        String answer = say(id, null, "What shall I cook?");
        assertThat(find(messages(id), answer).get("memories").toString()).contains(vegan, bird);
        assertThat(List.copyOf(asked).getLast().toString())
                .contains("- Eats no meat. Never.\n- Likes herons");
        ok("PATCH", url + "/" + bird, key, "{\"text\": \"Likes egrets\"}");
        ok("DELETE", url + "/" + vegan, key, null);
        answer = say(id, answer, "And now?");
        assertThat(find(messages(id), answer).get("memories").toString())
                .isEqualTo("[\"%s\"]".formatted(bird));
        assertThat(List.copyOf(asked).getLast().toString())
                .contains("- Likes egrets")
                .doesNotContain("meat", "herons");
        ok("PUT", url, key, "{\"on\": false}");
        answer = say(id, answer, "And without?");
        assertThat(find(messages(id), answer).get("memories")).isEmpty();
        assertThat(List.copyOf(asked).getLast().toString()).doesNotContain("egrets");
        assertThat(ok("GET", url, key, null).get("on").asBoolean()).isFalse();
        assertThat(ok("GET", url, key, null).get("data")).hasSize(1);

        assertThat(status("GET", url, owner(), null)).isEqualTo(403);
        assertThat(status("POST", url, key, "{\"text\": \" \"}")).isEqualTo(400);
        assertThat(status("POST", url, key, "{\"text\": \"%s\"}".formatted("x".repeat(501))))
                .isEqualTo(400);
        assertThat(status("PATCH", url + "/none", key, "{\"text\": \"x\"}")).isEqualTo(404);
    }

    private String remember(String url, String text) throws Exception {
        return made(ask("POST", url, key, "{\"text\": \"%s\"}".formatted(text)))
                .get("id")
                .asString();
    }

    @Test
    void of_a_long_memory_the_nearest_is_given() throws Exception {
        String ben = ok("GET", api("/me"), key, null).at("/person/id").asString();
        String url = api("/people/" + ben + "/memories");
        String wanted = remember(url, "zzzz zzzz " + "z".repeat(200));
        for (int i = 0; i < 10; i++) {
            remember(url, "abcdefgh" + i + " " + "abcdefgh".repeat(20));
        }
        String id = converse("");

        String near = say(id, null, "zz zzz");
        assertThat(find(messages(id), near).get("memories")).hasSize(8);
        assertThat(find(messages(id), near).at("/memories/0").asString()).isEqualTo(wanted);
        // Longer than what can be embedded.
        String far = say(id, null, "one two three four five six seven eight nine");
        assertThat(find(messages(id), far).get("memories")).hasSize(8);
        assertThat(find(messages(id), far).get("memories").toString()).doesNotContain(wanted);
    }
}
