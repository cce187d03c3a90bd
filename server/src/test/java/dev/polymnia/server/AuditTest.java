package dev.polymnia.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.testkit.Reply;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// What is written down of what is done.
@Timeout(60)
final class AuditTest extends SharedFixture {
    private List<JsonNode> entries() throws Exception {
        // Committed with all that was noted before.
        ok("POST", v1("/runs"), owner(), "{\"model\": \"instant\", %s}".formatted(ASKED));
        List<JsonNode> entries = new ArrayList<>();
        ok("GET", api("/audit?limit=100"), owner(), null).get("data").forEach(entries::add);
        return entries.reversed();
    }

    private JsonNode check() throws Exception {
        return ok("GET", api("/audit/check"), owner(), null);
    }

    private static List<String> acts(List<JsonNode> entries) {
        return entries.stream()
                .map(entry -> entry.get("act").asString() + " " + entry.get("status").asInt())
                .toList();
    }

    private static JsonNode find(List<JsonNode> entries, String act) {
        return entries.get(acts(entries).indexOf(act));
    }

    private static String actor(List<JsonNode> entries, String act) {
        return find(entries, act).get("actor").asString();
    }

    @Test
    void what_is_done_stands_there_by_pseudonyms() throws Exception {
        share((_, _) -> Reply.of(LEFT));
        String ben = person("Benedict", "member");
        String key = key(ben, "");
        status("GET", v1("/models"), key, null);
        status("GET", v1("/models"), key, null);
        assertThat(status("POST", api("/people"), key, "{\"name\": \"Eve\"}")).isEqualTo(403);
        assertThat(
                        status(
                                "POST",
                                api("/session"),
                                null,
                                "{\"name\": \"Benedict\", \"password\": \"a guess of somebody\"}"))
                .isEqualTo(401);
        assertThat(status("DELETE", api("/people/" + ben), owner(), null)).isEqualTo(200);

        List<JsonNode> entries = entries();
        assertThat(acts(entries))
                .containsExactlyInAnyOrder(
                        "POST /api/owner 201",
                        "key used 0",
                        "POST /api/people 201",
                        "POST /api/people/{person}/keys 201",
                        "key used 0",
                        "POST /api/people 403",
                        "POST /api/session 401",
                        "DELETE /api/people/{person} 200");
        JsonNode keyMade = find(entries, "POST /api/people/{person}/keys 201");
        String owner = keyMade.get("actor").asString();
        String gone = keyMade.get("on").asString();
        assertThat(owner).startsWith("somebody-").isNotEqualTo(gone);
        assertThat(gone).startsWith("somebody-");
        assertThat(actor(entries, "POST /api/owner 201")).isEqualTo("operator");
        assertThat(actor(entries, "POST /api/people 201")).isEqualTo(owner);
        assertThat(actor(entries, "POST /api/people 403")).isEqualTo(gone);
        assertThat(actor(entries, "POST /api/session 401")).isEqualTo("nobody");
        JsonNode erased = find(entries, "DELETE /api/people/{person} 200");
        assertThat(erased.get("actor").asString()).isEqualTo(owner);
        assertThat(erased.get("on").asString()).isEqualTo(gone);
        assertThat(entries.toString()).doesNotContain("Benedict", ben, "guess", "Ada");
        assertThat(check().get("whole").asBoolean()).isTrue();
        assertThat(check().get("entries").asLong()).isEqualTo(8);
        assertThat(check().get("hash")).isEqualTo(entries.getLast().get("hash"));
    }

    @Test
    void what_is_asked_elsewhere_stands_there() throws Exception {
        hosts = Set.of("models.example");
        share((_, _) -> Reply.of(LEFT));
        JsonNode answer =
                ok(
                        "POST",
                        v1("/chat/completions"),
                        owner(),
                        "{\"model\": \"instant\", %s}".formatted(ASKED));

        JsonNode outbound = find(entries(), "outbound 0");
        assertThat(outbound.get("on").asString())
                .isEqualTo(answer.get("id").asString() + " models.example");
        assertThat(outbound.get("actor").asString()).startsWith("somebody-");
    }

    @Test
    void whoever_changes_it_is_found_out() throws Exception {
        share((_, _) -> Reply.of(LEFT));
        for (String name : List.of("Ben", "Cleo", "Dora", "Eve")) {
            person(name, "guest");
        }
        assertThat(check().get("whole").asBoolean()).isTrue();

        change("update audit set actor = 'operator' where id = 3");
        assertThat(check().get("whole").asBoolean()).isFalse();
        assertThat(check().get("broken").asLong()).isEqualTo(3);
        change("delete from audit where id = 3");

        assertThat(check().get("broken").asLong()).isEqualTo(4);
    }

    private void change(String statement) throws Exception {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("runs.db"));
                Statement change = connection.createStatement()) {
            change.execute(statement);
        }
    }
}
