package dev.polymnia.server;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.message.Message;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Files of conversations. For each database.
@Timeout(120)
abstract class FilesContract extends FilesFixture {
    @Test
    void a_file_is_kept_as_it_is_and_told_by_its_bytes() throws Exception {
        String talk = converse();
        JsonNode kept = keep(talk, "../a\u202Egnp.html", PICTURE);

        assertThat(kept.get("name").asString()).isEqualTo("agnp.html");
        assertThat(kept.get("type").asString()).isEqualTo("image/png");
        assertThat(kept.get("size").asInt()).isEqualTo(PICTURE.length);
        assertThat(kept.get("sha256").asString()).hasSize(64);
        assertThat(ok("GET", files(talk), key, null).at("/data/0")).isEqualTo(kept);
        assertThat(ok("GET", api("/conversations/" + talk), key, null).at("/files/0"))
                .isEqualTo(kept);
        HttpResponse<byte[]> got = bytes("GET", files(talk) + "/" + id(kept), key, null);
        assertThat(got.body()).isEqualTo(PICTURE);
        assertThat(got.headers().firstValue("Content-Type")).hasValue("image/png");
        assertThat(got.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"agnp.html\"; filename*=UTF-8''agnp.html");
        assertThat(got.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        ok("DELETE", files(talk) + "/" + id(kept), key, null);
        assertThat(listed(talk)).isEmpty();
        assertThat(status("GET", files(talk) + "/" + id(kept), key, null)).isEqualTo(404);
        assertThat(requireNonNull(store).files().content(id(kept))).isEmpty();
    }

    @Test
    void what_a_browser_would_run_goes_out_as_bytes() throws Exception {
        String talk = converse();
        Map<String, String> sent =
                Map.of(
                        "<!DOCTYPE html><script>alert(1)</script>", "application/octet-stream",
                        "<svg onload='x'/>", "application/octet-stream",
                        "GIF89a/*<script>alert(1)</script>*/", "image/gif",
                        "# Notes", "text/plain; charset=utf-8");
        for (Map.Entry<String, String> each : sent.entrySet()) {
            String id = id(keep(talk, "a.png", each.getKey().getBytes(UTF_8)));
            HttpResponse<byte[]> got = bytes("GET", files(talk) + "/" + id, key, null);
            assertThat(got.headers().firstValue("Content-Type")).hasValue(each.getValue());
            assertThat(got.headers().firstValue("Content-Disposition").orElseThrow())
                    .startsWith("attachment");
        }
    }

    @Test
    void what_is_too_much_is_refused_and_nothing_of_it_stays() throws Exception {
        String talk = converse();

        assertThat(put(talk, "empty", new byte[0]).statusCode()).isEqualTo(400);
        assertThat(put(talk, "long", new byte[40_001]).statusCode()).isEqualTo(413);
        assertThat(listed(talk)).isEmpty();
        String first = id(keep(talk, "1", new byte[40_000]));
        keep(talk, "2", new byte[20_000]);
        HttpResponse<byte[]> full = put(talk, "3", new byte[1]);
        assertThat(full.statusCode()).isEqualTo(413);
        assertThat(text(full)).contains("conversation_full", "60000 bytes");
        assertThat(listed(talk)).containsExactlyInAnyOrder("1", "2");
        String other = converse();
        keep(other, "4", new byte[30_000]);
        assertThat(text(put(other, "5", new byte[1]))).contains("person_full", "90000 bytes");

        ok("DELETE", files(talk) + "/" + first, key, null);
        for (String name : List.of("6", "7", "8")) {
            keep(talk, name, new byte[1]);
        }
        assertThat(text(put(talk, "9", new byte[1]))).contains("too_many_files", "4 files");
        assertThat(listed(talk)).containsExactlyInAnyOrder("2", "6", "7", "8");
        ok("DELETE", api("/conversations/" + talk), key, null);
        assertThat(requireNonNull(store).files().find(first)).isEmpty();
        assertThat(requireNonNull(store).files().of(talk)).isEmpty();
        keep(other, "10", new byte[30_000]);
    }

    /// What is sent at once does not get past a limit that has room for some of it.
    @Test
    void a_limit_holds_whatever_is_sent_at_once() throws Exception {
        String talk = converse();
        List<Thread> all = new ArrayList<>();
        Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < 12; i++) {
            all.add(
                    Thread.startVirtualThread(() -> {
                        try {
                            statuses.add(put(talk, "x", new byte[100]).statusCode());
                        } catch (Exception e) {
                            throw new AssertionError(e);
                        }
                    }));
        }
        for (Thread each : all) {
            each.join();
        }

        assertThat(statuses).hasSize(12);
        assertThat(statuses.stream().filter(status -> status == 201)).hasSize(4);
        assertThat(statuses.stream().filter(status -> status == 413)).hasSize(8);
        assertThat(listed(talk)).hasSize(4);
    }

    @Test
    void files_are_their_persons_alone() throws Exception {
        String talk = converse();
        String file = id(keep(talk, "a", PICTURE));
        String program = key(ok("GET", api("/me"), key, null).at("/person/id").asString(), "");

        for (String other : List.of(owner(), OPERATOR)) {
            assertThat(bytes("GET", files(talk), other, null).statusCode()).isEqualTo(404);
            assertThat(bytes("POST", files(talk), other, PICTURE).statusCode()).isEqualTo(404);
            assertThat(bytes("GET", files(talk) + "/" + file, other, null).statusCode())
                    .isEqualTo(404);
            assertThat(bytes("DELETE", files(talk) + "/" + file, other, null).statusCode())
                    .isEqualTo(404);
        }
        assertThat(bytes("GET", files(talk) + "/" + file, program, null).statusCode())
                .isEqualTo(403);
        assertThat(bytes("GET", files(talk) + "/" + file, "", null).statusCode()).isEqualTo(401);
        // Nor by way of another conversation.
        String own = converse();
        assertThat(status("GET", files(own) + "/" + file, key, null)).isEqualTo(404);
        assertThat(status("DELETE", files(own) + "/" + file, key, null)).isEqualTo(404);
        assertThat(
                        status(
                                "POST",
                                api("/conversations/" + own + "/messages"),
                                key,
                                saying(null, "What is it?", file).toString()))
                .isEqualTo(400);
        assertThat(bytes("GET", files(talk) + "/" + file, key, null).body()).isEqualTo(PICTURE);
    }

    @Test
    void who_answers_is_shown_pictures_and_read_texts() throws Exception {
        String talk = converse();
        String picture = id(keep(talk, "heron.png", PICTURE));
        String notes =
                id(keep(talk, "notes.md", "\uFEFF# Herons\n```\nare grey\n```\n".getBytes(UTF_8)));

        JsonNode told = say(talk, saying(null, "What is it?", notes, picture, notes));

        Message question = heard().getLast();
        assertThat(pictures(question)).containsExactly(PICTURE);
        assertThat(question.text())
                .isEqualTo(
                        "The file \"notes.md\":\n````\n# Herons\n```\nare grey\n```\n````\n\n"
                                + "What is it?");
        assertThat(told.at("/messages/0/files").toString())
                .isEqualTo("[\"%s\",\"%s\"]".formatted(notes, picture));
        // They are there again in what follows, and when it is answered once more.
        say(talk, saying(last(told), "Sure?"));
        assertThat(heard()).hasSize(3);
        assertThat(pictures(heard().getFirst())).containsExactly(PICTURE);
        say(talk, saying(id(told.at("/messages/0")), null));
        assertThat(heard()).singleElement().isEqualTo(question);
        // The record of the run names them only.
        String run = told.at("/run/id").asString();
        assertThat(ok("GET", v1("/runs/" + run), key, null).get("request").toString())
                .contains(picture, notes)
                .doesNotContain("grey", "base64");

        ok("DELETE", files(talk) + "/" + picture, key, null);
        say(talk, saying(id(told.at("/messages/0")), null));
        assertThat(pictures(heard().getLast())).isEmpty();
        assertThat(heard().getLast().text())
                .contains("are grey", "(A file that was here has been deleted.)\n\nWhat is it?");
    }

    @Test
    void what_cannot_be_given_to_a_model_is_refused_with_words() throws Exception {
        String talk = converse();
        String url = api("/conversations/" + talk + "/messages");
        String picture = id(keep(talk, "heron.png", PICTURE));
        String archive = id(keep(talk, "a.docx", Zips.of("word/document.xml", "x")));
        String wide = id(keep(talk, "wide.txt", "words".getBytes(UTF_16)));

        refused(url, saying(null, "x", archive), "'a.docx' is application/zip");
        refused(url, saying(null, "x", wide), "charset=utf-16", "UTF-8");
        refused(url, saying(null, "x", "none"), "no file 'none'");
        refused(url, saying(null, null, picture), "'text' is missing");
        refused(
                url,
                saying(null, "x", Stream.generate(() -> picture).limit(11).toArray(String[]::new)),
                "11 files");
        ObjectNode wrong = saying(null, "x");
        wrong.putArray("files").add(1);
        refused(url, wrong, "other than ids");
        wrong.put("files", "x");
        refused(url, wrong, "an array");
        assertThat(ok("GET", api("/conversations/" + talk), key, null).get("messages")).isEmpty();
        JsonNode told = say(talk, saying(null, "What is it?", picture));
        refused(url, saying(id(told.at("/messages/0")), null, picture), "Files belong to");

        blind = true;
        reopen(script);
        refused(
                api("/conversations/" + talk + "/messages"),
                saying(null, "What is it?", picture),
                "scripted cannot see pictures");
    }

    private void refused(String url, ObjectNode saying, String... words) throws Exception {
        HttpResponse<String> response = ask("POST", url, key, saying.toString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(json(response.body()).at("/error/message").asString()).contains(words);
    }

    @Test
    void those_who_answer_are_given_no_more_than_a_request_may_have() throws Exception {
        String talk = converse();
        byte[] big = Arrays.copyOf(PICTURE, 40_000);
        String file = id(keep(talk, "a.png", big));
        String parent = last(say(talk, saying(null, "One", file)));
        parent = last(say(talk, saying(parent, "Two", file)));

        refused(
                api("/conversations/" + talk + "/messages"),
                saying(parent, "Three", file),
                "120000 bytes",
                "100000");
        assertThat(heard()).hasSize(3);
        say(talk, saying(parent, "Three"));
        assertThat(heard()).hasSize(5);
    }

    @Test
    void the_next_server_finds_the_files_of_a_run_that_it_takes_up() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        reopen(silent(begun));
        String talk = converse();
        String picture = id(keep(talk, "heron.png", PICTURE));
        JsonNode told =
                ok(
                        "POST",
                        api("/conversations/" + talk + "/messages"),
                        key,
                        saying(null, "What is it?", picture).toString());
        begun.await();

        reopen(script);
        ask("GET", v1("/runs/" + told.at("/run/id").asString() + "/events"), key, null);

        assertThat(pictures(heard().getLast())).containsExactly(PICTURE);
    }

    @Test
    void a_link_tells_the_names_of_files_and_nothing_else_of_them() throws Exception {
        String talk = converse();
        String notes = id(keep(talk, "notes.md", "secret words".getBytes(UTF_8)));
        keep(talk, "unsaid.md", "other words".getBytes(UTF_8));
        say(talk, saying(null, "What is it?", notes));
        String secret =
                made(ask("POST", api("/conversations/" + talk + "/shares"), key, "{}"))
                        .get("secret")
                        .asString();

        JsonNode shared = ok("POST", api("/shared"), "", "{\"share\": \"%s\"}".formatted(secret));

        assertThat(shared.at("/messages/0/files").toString()).isEqualTo("[\"notes.md\"]");
        assertThat(shared.at("/messages/1/files")).isEmpty();
        assertThat(shared.toString()).doesNotContain("secret words", notes, "unsaid");
    }

    @Test
    void files_go_with_their_person() throws Exception {
        String talk = converse();
        String file = id(keep(talk, "a", PICTURE));
        String ben = ok("GET", api("/me"), key, null).at("/person/id").asString();

        ok("DELETE", api("/people/" + ben), owner(), null);

        assertThat(requireNonNull(store).files().find(file)).isEmpty();
        assertThat(requireNonNull(store).files().content(file)).isEmpty();
    }
}
