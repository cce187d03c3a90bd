package dev.polymnia.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Cancellation;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// Titles that a model writes in the background. For each database.
@Timeout(120)
abstract class TitleContract extends SharedFixture {
    private static final String FIRST_WORDS = "What is a heron?";

    /// How often a title was asked for.
    private final AtomicInteger asked = new AtomicInteger();

    private String ben = "";
    private String key = "";

    /// Answers, and writes titles as a function says.
    private Script answering(Function<Cancellation, Reply> title) {
        return (request, _) -> {
            String words = request.prompt().messages().getLast().text();
            if (words.contains("Write a title for this conversation")) {
                asked.incrementAndGet();
                return title.apply(request.options().cancellation());
            }
            return Reply.of("Heard: " + words);
        };
    }

    private void begin(Script script) throws Exception {
        titles = true;
        share(script);
        ben = person("Ben", "member");
        key = key(ben, ", \"manages\": true");
    }

    private String converse() throws Exception {
        return made(ask("POST", api("/conversations"), key, "{}")).get("id").asString();
    }

    /// Says something and waits for the answer.
    ///
    /// @return the answering message
    private String say(String talk, String mode, @Nullable String parent) throws Exception {
        JsonNode told =
                ok(
                        "POST",
                        api("/conversations/" + talk + "/messages"),
                        key,
                        RunJson.object()
                                .put("model", mode)
                                .put("text", FIRST_WORDS)
                                .put("parent", parent)
                                .toString());
        ask("GET", v1("/runs/" + told.at("/run/id").asString() + "/events"), key, null);
        return told.at("/messages/1/id").asString();
    }

    private JsonNode conversation(String talk) throws Exception {
        return ok("GET", api("/conversations/" + talk), key, null);
    }

    private String title(String talk) throws Exception {
        return conversation(talk).get("title").asString();
    }

    private void awaitTitle(String talk, String title) throws Exception {
        while (!title(talk).equals(title)) {
            Thread.onSpinWait();
        }
    }

    private long runs() throws Exception {
        long runs = 0;
        for (JsonNode row : ok("GET", api("/usage?by=mode"), key, null).get("data")) {
            runs += row.get("runs").asLong();
        }
        return runs;
    }

    @Test
    void a_conversation_gets_a_title_that_is_seen_in_the_usage_only() throws Exception {
        begin(answering(_ -> Reply.of("\"Herons in winter.\"")));
        limit(ben, "\"resource\": \"tokens\", \"per\": \"day\", \"limit\": 1000000");
        String talk = converse();
        say(talk, "thinking", null);

        awaitTitle(talk, "Herons in winter");

        assertThat(conversation(talk).get("messages")).hasSize(2);
        assertThat(ok("GET", v1("/runs"), key, null).get("data")).hasSize(1);
        JsonNode usage = ok("GET", api("/usage?by=mode"), key, null).get("data");
        assertThat(usage.findValuesAsString("mode")).containsExactly("instant", "thinking");
        assertThat(usage.at("/0/runs").asLong()).isEqualTo(1);
        // Three words, and the end.
        assertThat(usage.at("/0/generated").asLong()).isEqualTo(4);
        assertThat(standing(ben).get("spent").asLong())
                .isEqualTo(4 + usage.at("/1/generated").asLong());
    }

    @Test
    void a_title_that_was_given_meanwhile_stays_and_no_answer_waits_for_one() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch given = new CountDownLatch(1);
        begin(
                answering(_ -> {
                    begun.countDown();
                    await(given);
                    return Reply.of("Herons");
                }));
        limit(ben, "\"resource\": \"tokens\", \"per\": \"day\", \"limit\": 1000000");
        String talk = converse();
        String answer = say(talk, "thinking", null);
        begun.await();
        JsonNode written = conversation(talk);
        assertThat(written.at("/messages/1/state").asString()).isEqualTo("whole");
        assertThat(written.get("title").asString()).isEqualTo(FIRST_WORDS);

        // Even if it is the same: somebody has settled on it.
        ok(
                "PATCH",
                api("/conversations/" + talk),
                key,
                "{\"title\": \"%s\"}".formatted(FIRST_WORDS));
        given.countDown();
        while (runs() < 2) {
            Thread.onSpinWait();
        }
        say(talk, "thinking", answer);
        // All is over when a server has ended.
        reopen(answering(_ -> Reply.of("Herons")));

        assertThat(title(talk)).isEqualTo(FIRST_WORDS);
        assertThat(asked).hasValue(1);
    }

    @Test
    void a_used_up_quota_is_no_error_and_leaves_the_first_words() throws Exception {
        begin(answering(_ -> Reply.of("Herons")));
        limit(
                ben,
                "\"resource\": \"tokens\", \"per\": \"day\", \"mode\": \"instant\", \"limit\": 0");
        String talk = converse();
        String answer = say(talk, "thinking", null);
        reopen(answering(_ -> Reply.of("Herons")));

        assertThat(title(talk)).isEqualTo(FIRST_WORDS);
        assertThat(conversation(talk).at("/messages/1/state").asString()).isEqualTo("whole");
        assertThat(asked).hasValue(0);
        limit(ben, "\"resource\": \"tokens\", \"per\": \"day\", \"limit\": 1000000");
        say(talk, "thinking", answer);
        awaitTitle(talk, "Herons");
    }

    @Test
    void a_title_in_whose_midst_a_server_ends_is_written_with_the_next_answer() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        begin(
                answering(cancellation -> {
                    begun.countDown();
                    awaitEnd(cancellation);
                    return Reply.of("Herons");
                }));
        String talk = converse();
        String answer = say(talk, "instant", null);
        begun.await();
        reopen(answering(_ -> Reply.of("Egrets")));
        assertThat(title(talk)).isEqualTo(FIRST_WORDS);
        assertThat(asked).hasValue(1);

        say(talk, "instant", answer);

        awaitTitle(talk, "Egrets");
        assertThat(asked).hasValue(2);
    }

    private static void awaitEnd(Cancellation cancellation) {
        CountDownLatch cancelled = new CountDownLatch(1);
        try (var _ = cancellation.onRequest(cancelled::countDown)) {
            await(cancelled);
        }
    }

    @Test
    void an_answer_that_is_taken_up_again_gets_its_conversation_a_title() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        begin(silent(begun));
        String talk = converse();
        ok(
                "POST",
                api("/conversations/" + talk + "/messages"),
                key,
                "{\"model\": \"instant\", \"text\": \"%s\"}".formatted(FIRST_WORDS));
        begun.await();

        reopen(answering(_ -> Reply.of("Herons")));

        awaitTitle(talk, "Herons");
        assertThat(asked).hasValue(1);
    }

    @Test
    void erasing_a_person_ends_what_is_written_for_them() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        begin(
                answering(cancellation -> {
                    begun.countDown();
                    awaitEnd(cancellation);
                    ended.countDown();
                    return Reply.of("Herons");
                }));
        String talk = converse();
        say(talk, "instant", null);
        begun.await();

        ok("DELETE", api("/people/" + ben), owner(), null);

        assertThat(ended.getCount()).isZero();
        assertThat(requireNonNull(store).conversations().find(talk)).isEmpty();
    }

    @Test
    void nothing_is_written_where_titles_are_off_or_given_or_nothing_is_kept() throws Exception {
        begin(answering(_ -> Reply.of("Herons")));
        limit(ben, "\"resource\": \"tokens\", \"per\": \"day\", \"limit\": 1000000");
        String given =
                made(ask("POST", api("/conversations"), key, "{\"title\": \"Birds\"}"))
                        .get("id")
                        .asString();
        say(given, "instant", null);
        chat(key, ", \"store\": false");
        titles = false;
        reopen(answering(_ -> Reply.of("Herons")));
        String talk = converse();
        say(talk, "instant", null);
        reopen(answering(_ -> Reply.of("Herons")));

        assertThat(title(given)).isEqualTo("Birds");
        assertThat(title(talk)).isEqualTo(FIRST_WORDS);
        assertThat(asked).hasValue(0);
        assertThat(runs()).isEqualTo(3);
    }
}
