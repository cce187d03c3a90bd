package dev.polymnia.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.polymnia.core.message.Message;
import dev.polymnia.server.store.StoredMessage;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// What people talk about. For each database.
@Timeout(120)
abstract class ConversationContract extends ConversationFixture {
    private List<String> texts() {
        return heard().stream().map(Message::text).toList();
    }

    @Test
    void what_is_said_is_answered_and_gone_on_from() throws Exception {
        String id = converse("");
        String first = say(id, null, "What is a heron?\nI saw one.");
        String second = say(id, first, "And an egret?");

        JsonNode messages = messages(id);
        assertThat(messages).hasSize(4);
        assertThat(find(messages, second).get("text").asString()).isEqualTo("Heard: And an egret?");
        assertThat(find(messages, second).get("state").asString()).isEqualTo("whole");
        assertThat(texts())
                .containsExactly(
                        "What is a heron?\nI saw one.",
                        "Heard: What is a heron?\nI saw one.",
                        "And an egret?");
        JsonNode listed = ok("GET", api("/conversations"), key, null).at("/data/0");
        assertThat(listed.get("title").asString()).isEqualTo("What is a heron?");
    }

    @Test
    void a_run_has_its_message_before_the_model_is_asked() throws Exception {
        AtomicReference<String> talk = new AtomicReference<>("");
        AtomicReference<List<StoredMessage>> found = new AtomicReference<>(List.of());
        reopen((request, _) -> {
            found.set(requireNonNull(store).conversations().messages(talk.get()));
            return Reply.of("A bird.");
        });
        talk.set(converse(""));

        String answer = say(talk.get(), null, "What is a heron?");

        assertThat(found.get())
                .extracting(StoredMessage::author, StoredMessage::state)
                .containsExactly(
                        tuple(StoredMessage.Author.USER, StoredMessage.State.WHOLE),
                        tuple(StoredMessage.Author.ASSISTANT, StoredMessage.State.WRITING));
        assertThat(found.get().getLast().id()).isEqualTo(answer);
    }

    @Test
    void an_edited_question_and_another_answer_are_branches() throws Exception {
        String id = converse("");
        String first = say(id, null, "One");
        say(id, first, "Two");
        String edited = say(id, first, "Two, edited");
        String question = find(messages(id), edited).get("parent").asString();
        String again = say(id, question, null);

        JsonNode messages = messages(id);
        assertThat(messages).hasSize(7);
        assertThat(find(messages, again).get("parent").asString()).isEqualTo(question);
        assertThat(texts()).containsExactly("One", "Heard: One", "Two, edited");
        String markdown =
                ask("GET", api("/conversations/" + id + "/export?format=markdown"), key, null)
                        .body();
        assertThat(markdown)
                .isEqualTo(
                        "# One\n\n## You\n\nOne\n\n## Polymnia\n\nHeard: One\n\n## You\n\nTwo,"
                                + " edited\n\n## Polymnia\n\nHeard: Two, edited\n");
        assertThat(ok("GET", api("/conversations/" + id + "/export"), key, null).get("messages"))
                .isEqualTo(messages);
    }

    @Test
    void a_question_is_answered_by_the_next_server_if_one_ends() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        reopen(silent(begun));
        String id = converse("");
        JsonNode told = begin(id, saying(null, "What is a heron?"));
        begun.await();
        String writing = told.at("/messages/1/id").asString();
        assertThat(find(messages(id), writing).get("state").asString()).isEqualTo("writing");
        assertThat(
                        status(
                                "POST",
                                api("/conversations/" + id + "/messages"),
                                key,
                                "{\"text\": \"x\", \"parent\": \"%s\"}".formatted(writing)))
                .isEqualTo(409);

        reopen((_, _) -> Reply.of("A bird."));
        ask("GET", v1("/runs/" + told.at("/run/id").asString() + "/events"), key, null);

        assertThat(find(messages(id), writing).get("text").asString()).isEqualTo("A bird.");
    }

    @Test
    void a_conversation_that_is_removed_ends_what_is_at_work_on_it() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Script silent = silent(begun);
        reopen((request, index) -> {
            Reply reply = silent.reply(request, index);
            ended.countDown();
            return reply;
        });
        String id = converse("");
        begin(id, saying(null, "What is a heron?"));
        begun.await();

        ok("DELETE", api("/conversations/" + id), key, null);

        ended.await();
        assertThat(status("GET", api("/conversations/" + id), key, null)).isEqualTo(404);
    }

    @Test
    void a_conversation_goes_with_the_runs_that_answered() throws Exception {
        String id = converse("");
        say(converse(""), null, "What is an egret?");
        JsonNode told = begin(id, saying(null, "What is a heron?"));
        String run = v1("/runs/" + told.at("/run/id").asString());
        ask("GET", run + "/events", key, null);
        assertThat(status("GET", run, key, null)).isEqualTo(200);

        ok("DELETE", api("/conversations/" + id), key, null);

        assertThat(status("GET", run, key, null)).isEqualTo(404);
        assertThat(ok("GET", v1("/runs"), key, null).get("data")).hasSize(1);
    }

    @Test
    void a_link_shows_a_conversation_up_to_a_message_until_it_is_taken_back() throws Exception {
        String id = converse("\"title\": \"Birds\"");
        String first = say(id, null, "What is a heron?");
        say(id, first, "Something private");
        String url = api("/conversations/" + id + "/shares");
        JsonNode share = made(ask("POST", url, key, "{\"message\": \"%s\"}".formatted(first)));
        String sent = "{\"share\": \"%s\"}".formatted(share.get("secret").asString());

        JsonNode shared = ok("POST", api("/shared"), "", sent);

        assertThat(shared.get("title").asString()).isEqualTo("Birds");
        assertThat(shared.get("messages")).hasSize(2);
        assertThat(shared.at("/messages/1/text").asString()).isEqualTo("Heard: What is a heron?");
        assertThat(shared.toString()).doesNotContain("private", "person-", id);
        assertThat(ok("GET", url, key, null).toString())
                .contains(share.get("id").asString())
                .doesNotContain(share.get("secret").asString());
        assertThat(status("POST", url, key, "{\"days\": 0}")).isEqualTo(400);
        assertThat(status("POST", url, key, "{\"message\": \"none\"}")).isEqualTo(400);
        assertThat(status("POST", url, owner(), "{}")).isEqualTo(404);
        assertThat(status("POST", api("/conversations/" + converse("") + "/shares"), key, "{}"))
                .isEqualTo(400);
        ok("DELETE", url + "/" + share.get("id").asString(), key, null);

        assertThat(status("POST", api("/shared"), null, sent)).isEqualTo(404);
        assertThat(status("POST", api("/shared"), null, "{\"share\": \"guess\"}")).isEqualTo(404);
    }

    @Test
    void what_cannot_be_said_is_refused() throws Exception {
        String url = api("/conversations/" + converse("") + "/messages");

        for (String wrong :
                List.of(
                        "[]",
                        "null",
                        "{}",
                        "{\"text\": \" \"}",
                        "{\"text\": 7}",
                        "{\"text\": \"x\", \"parent\": \"none\"}",
                        "{\"text\": \"x\", \"memory\": 1}",
                        "{\"text\": \"x\", \"messages\": []}",
                        "{\"text\": \"x\", \"tools\": [{\"type\": \"function\", \"function\":"
                                + " {\"name\": \"add\"}}]}")) {
            assertThat(status("POST", url, key, wrong)).as(wrong).isEqualTo(400);
        }
        assertThat(ok("GET", url.replace("/messages", ""), key, null).get("messages")).isEmpty();
    }

    @Test
    void conversations_come_from_elsewhere_and_are_gone_on_from() throws Exception {
        JsonNode brought =
                made(
                        ask(
                                "POST",
                                api("/import"),
                                key,
                                """
                                [{"uuid": "1", "name": "Old birds", "created_at": "2024-01-02T03:04:05Z",
                                  "updated_at": "2024-01-03T03:04:05Z", "chat_messages": [
                                  {"uuid": "a", "sender": "human", "text": "What is a grebe?"},
                                  {"uuid": "b", "sender": "assistant", "text": "A bird."}]}]
                                """));

        assertThat(brought.get("messages").asInt()).isEqualTo(2);
        JsonNode found = ok("GET", api("/search?q=grebe"), key, null).at("/data/0");
        assertThat(found.get("title").asString()).isEqualTo("Old birds");
        String id = found.get("conversation").asString();
        assertThat(ok("GET", api("/conversations/" + id), key, null).get("changed").asLong())
                .isEqualTo(Instant.parse("2024-01-03T03:04:05Z").getEpochSecond());
        say(id, messages(id).at("/1/id").asString(), "Sure?");
        assertThat(texts()).containsExactly("What is a grebe?", "A bird.", "Sure?");
        assertThat(status("POST", api("/import"), key, "[{}]")).isEqualTo(400);
    }

    @Test
    void a_person_takes_all_that_is_theirs() throws Exception {
        String id = converse("\"title\": \"Birds\"");
        say(id, null, "What is a heron?");
        ok("PATCH", api("/conversations/" + id), key, "{\"archived\": true}");
        String ben = ok("GET", api("/me"), key, null).at("/person/id").asString();

        HttpResponse<byte[]> taken =
                client.send(
                        HttpRequest.newBuilder(URI.create(api("/people/" + ben + "/export")))
                                .header("Authorization", "Bearer " + key)
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());

        Map<String, JsonNode> files = new HashMap<>();
        Zips.read(taken.body())
                .forEach((name, bytes) -> files.put(name, json(new String(bytes, UTF_8))));
        assertThat(files).hasSize(3).containsKeys("person.json", "conversations/" + id + ".json");
        assertThat(requireNonNull(files.get("person.json")).at("/person/name").asString())
                .isEqualTo("Ben");
        assertThat(requireNonNull(files.get("person.json")).get("usage")).isNotEmpty();
        assertThat(requireNonNull(files.get("person.json")).get("leaderboard").asBoolean())
                .isFalse();
        assertThat(
                        requireNonNull(files.get("conversations/" + id + ".json"))
                                .at("/messages/1/text")
                                .asString())
                .isEqualTo("Heard: What is a heron?");
        assertThat(files.toString()).doesNotContain(key);
        assertThat(status("GET", api("/people/" + ben + "/export"), owner(), null)).isEqualTo(403);
    }

    /// Trees of random shapes: what is asked is always the way from the first message.
    @Test
    void a_question_has_its_ancestors_before_it_and_nothing_else() throws Exception {
        for (int seed = 1; seed <= 3; seed++) {
            Random random = new Random(seed);
            String id = converse("");
            Map<String, List<String>> ways = new HashMap<>();
            List<String> answers = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                String parent =
                        answers.isEmpty() || random.nextInt(4) == 0
                                ? null
                                : answers.get(random.nextInt(answers.size()));
                String text = "question " + i;
                List<String> way = new ArrayList<>(ways.getOrDefault(parent, List.of()));
                way.add(text);
                String answer = say(id, parent, text);
                assertThat(texts()).as("seed %d", seed).isEqualTo(way);
                way.add("Heard: " + text);
                ways.put(answer, way);
                answers.add(answer);
            }
        }
    }

    @Test
    void conversations_are_their_persons_alone() throws Exception {
        String id = converse("\"title\": \"Herons\"");
        String message = say(id, null, "What is a heron?");
        String url = api("/conversations/" + id);
        String program = key(ok("GET", api("/me"), key, null).at("/person/id").asString(), "");

        assertThat(status("GET", url, program, null)).isEqualTo(403);
        for (String other : List.of(owner(), OPERATOR)) {
            assertThat(status("GET", url, other, null)).isEqualTo(404);
            assertThat(status("GET", url + "/export", other, null)).isEqualTo(404);
            assertThat(status("PATCH", url, other, "{}")).isEqualTo(404);
            assertThat(status("DELETE", url, other, null)).isEqualTo(404);
            assertThat(status("POST", url + "/messages", other, "{\"text\": \"x\"}"))
                    .isEqualTo(404);
            assertThat(ok("GET", api("/conversations"), other, null).get("data")).isEmpty();
            assertThat(ok("GET", api("/search?q=heron"), other, null).get("data")).isEmpty();
        }
        // Nor can another conversation be gone on from.
        String own = converse("");
        assertThat(
                        status(
                                "POST",
                                api("/conversations/" + own + "/messages"),
                                key,
                                "{\"text\": \"x\", \"parent\": \"%s\"}".formatted(message)))
                .isEqualTo(400);
    }

    @Test
    void conversations_are_filed_and_found() throws Exception {
        String herons =
                converse("\"title\": \"Herons\", \"folder\": \"Birds\", \"tags\": [\"b_rd\"]");
        String sums = converse("\"title\": \"Sums\", \"pinned\": true");
        ok("PATCH", api("/conversations/" + sums), key, "{\"tags\": [\"bird\", \"maths\"]}");

        assertThat(titles("")).containsExactly("Sums", "Herons");
        assertThat(titles("?folder=Birds")).containsExactly("Herons");
        assertThat(titles("?tag=b_rd")).containsExactly("Herons");
        assertThat(titles("?tag=bird")).containsExactly("Sums");
        assertThat(titles("?pinned=true")).containsExactly("Sums");
        assertThat(titles("?limit=1&after=" + sums)).containsExactly("Herons");
        ok("PATCH", api("/conversations/" + herons), key, "{\"archived\": true, \"title\": \"\"}");
        assertThat(titles("")).containsExactly("Sums");
        assertThat(titles("?archived=true")).containsExactly("");
        for (String wrong :
                List.of("\"tags\": [\"two words\"]", "\"title\": \"\\u0000\"", "\"x\": 1")) {
            assertThat(status("POST", api("/conversations"), key, "{" + wrong + "}"))
                    .as(wrong)
                    .isEqualTo(400);
        }
        say(sums, null, "hello");
        ok("DELETE", api("/conversations/" + sums), key, null);
        assertThat(titles("")).isEmpty();
        assertThat(ok("GET", api("/search?q=hello"), key, null).get("data")).isEmpty();
    }

    private List<String> titles(String query) throws Exception {
        List<String> titles = new ArrayList<>();
        ok("GET", api("/conversations" + query), key, null)
                .get("data")
                .forEach(each -> titles.add(each.get("title").asString()));
        return titles;
    }

    @Test
    void words_are_found_in_what_was_said_and_answered() throws Exception {
        String id = converse("\"title\": \"Birds\"");
        say(id, null, "Do herons nest in Zürich? It's a \"quoted\" & odd: question | 'really'");
        say(id, null, "something else");

        Map<String, String> sought =
                Map.of(
                        "heron", "heron",
                        "HERONS+nest", "heron",
                        "z%C3%BCrich", "Zürich",
                        "quot", "quoted",
                        "it's", "It's",
                        "hear+nest", "heard",
                        "nest%20-herons", "nest");
        for (String words : sought.keySet()) {
            JsonNode found = ok("GET", api("/search?q=" + words), key, null).get("data");
            assertThat(found).as(words).isNotEmpty();
            assertThat(found.at("/0/conversation").asString()).isEqualTo(id);
            assertThat(found.at("/0/title").asString()).isEqualTo("Birds");
            assertThat(found.at("/0/snippet").asString()).containsIgnoringCase(sought.get(words));
        }
        for (String words : List.of("herons+elephants", "%22", "*", "%27%20OR%201", "''", "")) {
            assertThat(ok("GET", api("/search?q=" + words), key, null).get("data"))
                    .as(words)
                    .isEmpty();
        }
        assertThat(status("GET", api("/search"), key, null)).isEqualTo(400);
    }
}
