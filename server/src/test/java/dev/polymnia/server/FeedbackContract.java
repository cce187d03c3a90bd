package dev.polymnia.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// What people think of answers. For each database.
@Timeout(60)
abstract class FeedbackContract extends ConversationFixture {
    private String at(String conversation, String message) {
        return api("/conversations/%s/messages/%s/feedback".formatted(conversation, message));
    }

    private JsonNode feedback(String conversation, String message) throws Exception {
        return find(messages(conversation), message).get("feedback");
    }

    @Test
    void it_is_kept_with_the_answer_changed_and_taken_back() throws Exception {
        String id = converse("");
        String answer = say(id, null, "What is a heron?");
        assertThat(feedback(id, answer).isNull()).isTrue();

        JsonNode told =
                ok(
                        "PUT",
                        at(id, answer),
                        key,
                        "{\"rating\": \"bad\", \"comment\": \" Nothing of\\nits legs. \"}");
        assertThat(told.get("id").asString()).isEqualTo(answer);
        assertThat(told.get("feedback").toString())
                .isEqualTo("{\"rating\":\"bad\",\"comment\":\"Nothing of\\nits legs.\"}");
        assertThat(feedback(id, answer)).isEqualTo(told.get("feedback"));

        ok("PUT", at(id, answer), key, "{\"rating\": \"good\"}");
        assertThat(feedback(id, answer).toString())
                .isEqualTo("{\"rating\":\"good\",\"comment\":\"\"}");

        assertThat(ok("DELETE", at(id, answer), key, null).get("feedback").isNull()).isTrue();
        assertThat(feedback(id, answer).isNull()).isTrue();
    }

    @Test
    void it_goes_out_and_comes_in_with_the_conversation() throws Exception {
        String id = converse("");
        String answer = say(id, null, "What is a heron?");
        ok("PUT", at(id, answer), key, "{\"rating\": \"good\", \"comment\": \"Short.\"}");

        String exported = ask("GET", api("/conversations/" + id + "/export"), key, null).body();
        ok("POST", api("/import"), key, exported);

        JsonNode all = ok("GET", api("/conversations"), key, null).get("data");
        assertThat(all).hasSize(2);
        for (JsonNode each : all) {
            JsonNode messages = messages(each.get("id").asString());
            assertThat(messages.get(0).get("feedback").isNull()).isTrue();
            assertThat(messages.get(1).at("/feedback/rating").asString()).isEqualTo("good");
            assertThat(messages.get(1).at("/feedback/comment").asString()).isEqualTo("Short.");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                     | rating",
                "{\"rating\": \"fine\"}                 | There is no rating 'fine'; send good or"
                        + " bad.",
                "{\"rating\": 5}                        | rating",
                "{\"rating\": \"good\", \"comment\": 5} | comment"
            })
    void what_is_none_is_refused(String body, String words) throws Exception {
        String id = converse("");
        String answer = say(id, null, "What is a heron?");
        HttpResponse<String> told = ask("PUT", at(id, answer), key, body);

        assertThat(told.statusCode()).isEqualTo(400);
        assertThat(json(told.body()).at("/error/message").asString()).contains(words);
        assertThat(feedback(id, answer).isNull()).isTrue();
    }

    @Test
    void a_comment_has_a_length() throws Exception {
        String id = converse("");
        String answer = say(id, null, "What is a heron?");
        String words = "{\"rating\": \"bad\", \"comment\": \"%s\"}";

        assertThat(status("PUT", at(id, answer), key, words.formatted("x".repeat(4000))))
                .isEqualTo(200);
        HttpResponse<String> longer =
                ask("PUT", at(id, answer), key, words.formatted("y".repeat(4001)));
        assertThat(longer.statusCode()).isEqualTo(400);
        assertThat(longer.body()).contains("4001").contains("4000");
        assertThat(feedback(id, answer).get("comment").asString()).startsWith("x");
    }

    @Test
    void only_answers_of_ones_own_that_are_whole_are_rated() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        reopen(silent(begun));
        String id = converse("");
        JsonNode told = begin(id, saying(null, "What is a heron?"));
        begun.await();
        String good = "{\"rating\": \"good\"}";
        String question = told.at("/messages/0/id").asString();
        String writing = told.at("/messages/1/id").asString();
        String other = key(person("Cid", "member"), ", \"manages\": true");

        assertThat(status("PUT", at(id, question), key, good)).isEqualTo(409);
        assertThat(status("PUT", at(id, writing), key, good)).isEqualTo(409);
        assertThat(status("PUT", at(id, "message-none"), key, good)).isEqualTo(404);
        assertThat(status("PUT", at(id, question), other, good)).isEqualTo(404);
        ask("POST", v1("/runs/" + told.at("/run/id").asString() + "/cancel"), key, "");
    }
}
