package dev.polymnia.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Mode;
import dev.polymnia.core.model.Usage;
import dev.polymnia.server.people.Spender;
import dev.polymnia.server.people.Spending;
import dev.polymnia.testkit.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// Who generated how many tokens. For each database.
@Timeout(120)
abstract class LeaderboardContract extends SharedFixture {
    private static final String ON = "{\"on\": true}";
    private static final String OFF = "{\"on\": false}";

    private String ben = "";
    private String bens = "";
    private String cleo = "";
    private String cleos = "";

    @BeforeEach
    void begin() throws Exception {
        share((_, _) -> Reply.of(TEN));
        ben = person("Ben", "member");
        bens = key(ben, ", \"manages\": true");
        cleo = person("Cleo", "guest");
        cleos = key(cleo, ", \"manages\": true");
        for (String person : List.of(ben, cleo)) {
            // What is spent against a quota is written before the answer is told.
            limit(person, "\"resource\": \"tokens\", \"per\": \"day\", \"limit\": 1000000");
        }
    }

    private String joining(String person) {
        return api("/people/" + person + "/leaderboard");
    }

    private JsonNode board(String key, String query) throws Exception {
        return ok("GET", api("/leaderboard" + query), key, null);
    }

    @Test
    void nobody_is_in_it_unless_they_and_the_owner_want_that() throws Exception {
        chat(bens, "");
        assertThat(board(bens, "").get("on").asBoolean()).isFalse();
        ok("PUT", joining(ben), bens, ON);
        assertThat(board(bens, "").get("data")).isEmpty();
        assertThat(board(bens, "").get("joined").asBoolean()).isTrue();

        ok("PUT", api("/leaderboard"), owner(), ON);

        JsonNode told = board(bens, "");
        assertThat(told.get("on").asBoolean()).isTrue();
        assertThat(told.get("per").asString()).isEqualTo("week");
        assertThat(told.get("data")).hasSize(1);
        assertThat(told.at("/data/0/name").asString()).isEqualTo("Ben");
        assertThat(told.at("/data/0/generated").asLong()).isEqualTo(10);
        assertThat(told.at("/data/0/self").asBoolean()).isTrue();
        // A guest sees those who want to be seen, and no ids.
        JsonNode seen = board(cleos, "");
        assertThat(seen.get("joined").asBoolean()).isFalse();
        assertThat(seen.at("/data/0/self").asBoolean()).isFalse();
        assertThat(seen.toString()).contains("Ben").doesNotContain("person-");
        ok("PUT", joining(ben), bens, OFF);
        assertThat(board(bens, "").get("data")).isEmpty();
    }

    @Test
    void who_turns_it_on_and_who_joins_is_theirs_to_say() throws Exception {
        assertThat(status("PUT", api("/leaderboard"), bens, ON)).isEqualTo(403);
        assertThat(status("PUT", joining(ben), owner(), ON)).isEqualTo(403);
        assertThat(status("PUT", joining(ben), cleos, ON)).isEqualTo(403);
        assertThat(status("PUT", joining(ben), key(ben, ""), ON)).isEqualTo(403);
        for (String wrong : List.of("{}", "{\"on\": 1}", "{\"on\": true, \"x\": 1}")) {
            assertThat(status("PUT", api("/leaderboard"), owner(), wrong)).isEqualTo(400);
            assertThat(status("PUT", joining(ben), bens, wrong)).isEqualTo(400);
        }
        assertThat(status("GET", api("/leaderboard?per=year"), bens, null)).isEqualTo(400);
        assertThat(status("GET", api("/leaderboard"), null, null)).isEqualTo(401);
        assertThat(board(bens, "").get("joined").asBoolean()).isFalse();
    }

    @Test
    void it_is_by_what_was_generated_in_the_time() throws Exception {
        ok("PUT", api("/leaderboard"), owner(), ON);
        ok("PUT", joining(ben), bens, ON);
        ok("PUT", joining(cleo), cleos, ON);
        ok("PUT", joining(ownId()), owner(), ON);
        chat(bens, "");
        chat(cleos, "");
        chat(cleos, "");
        // Longer ago than any month.
        requireNonNull(store)
                .spendings()
                .settle(
                        new Spending(
                                "run-old",
                                new Spender(ben, ""),
                                "scripted",
                                Mode.INSTANT,
                                Instant.now().minus(Duration.ofDays(40)),
                                new Usage(0, 1, 5000),
                                0,
                                0));

        for (String per : List.of("day", "week", "month")) {
            JsonNode data = board(bens, "?per=" + per).get("data");
            assertThat(data.findValuesAsString("name")).containsExactly("Cleo", "Ben", "Ada");
            assertThat(data.findValuesAsString("generated")).containsExactly("20", "10", "0");
            assertThat(data.findValuesAsString("rank")).containsExactly("1", "2", "3");
        }
        chat(bens, "");
        assertThat(board(bens, "").get("data").findValuesAsString("rank"))
                .containsExactly("1", "1", "3");
    }

    @Test
    void who_is_erased_is_not_in_it() throws Exception {
        ok("PUT", api("/leaderboard"), owner(), ON);
        ok("PUT", joining(ben), bens, ON);
        chat(bens, "");
        reopen((_, _) -> Reply.of(TEN));
        assertThat(board(cleos, "").get("data")).hasSize(1);

        ok("DELETE", api("/people/" + ben), owner(), null);

        assertThat(board(cleos, "").get("data")).isEmpty();
    }

    @Test
    void it_is_not_told_again_if_there_is_no_news() throws Exception {
        ok("PUT", api("/leaderboard"), owner(), ON);
        ok("PUT", joining(ben), bens, ON);
        String tag =
                ask("GET", api("/leaderboard"), bens, null)
                        .headers()
                        .firstValue("ETag")
                        .orElseThrow();

        assertThat(ask("GET", api("/leaderboard"), bens, null, "If-None-Match", tag).statusCode())
                .isEqualTo(304);
        chat(bens, "");
        assertThat(ask("GET", api("/leaderboard"), bens, null, "If-None-Match", tag).statusCode())
                .isEqualTo(200);
    }
}
