package dev.polymnia.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// Conversations that are taken along and brought back in ZIPs. For each database.
@Timeout(120)
abstract class ZipsContract extends FilesFixture {
    @Test
    void a_conversation_is_taken_along_with_its_files_and_brought_back() throws Exception {
        String talk = converse();
        ok(
                "PATCH",
                api("/conversations/" + talk),
                key,
                "{\"folder\": \"Nature\", \"tags\": [\"grey\"], \"pinned\": true}");
        byte[] zeros = new byte[30_000];
        String picture = id(keep(talk, "heron.png", PICTURE));
        keep(talk, "HERON.png", zeros);
        JsonNode told = say(talk, saying(null, "What is it?", picture));
        say(talk, saying(last(told), "Sure?"));

        HttpResponse<byte[]> taken =
                bytes("GET", api("/conversations/" + talk + "/export?format=zip"), key, null);

        assertThat(taken.headers().firstValue("Content-Type")).hasValue("application/zip");
        Map<String, byte[]> entries = Zips.read(taken.body());
        assertThat(entries.keySet().stream().map(name -> name.toLowerCase(Locale.ROOT)))
                .containsExactlyInAnyOrder(
                        "conversation.json",
                        "conversation.md",
                        "files/heron.png",
                        "files/heron (2).png");
        assertThat(entries.values()).contains(PICTURE, zeros);
        assertThat(new String(requireNonNull(entries.get("conversation.md")), UTF_8))
                .startsWith("# Birds\n\n## You\n\nWhat is it?");
        bringAndCompare(taken.body(), zeros);
    }

    @Test
    void all_of_a_person_is_taken_along_with_the_files_and_brought_back() throws Exception {
        String talk = converse();
        String picture = id(keep(talk, "heron.png", PICTURE));
        byte[] zeros = new byte[30_000];
        keep(talk, "HERON.png", zeros);
        ok(
                "PATCH",
                api("/conversations/" + talk),
                key,
                "{\"folder\": \"Nature\", \"tags\": [\"grey\"], \"pinned\": true}");
        JsonNode told = say(talk, saying(null, "What is it?", picture));
        say(talk, saying(last(told), "Sure?"));
        String ben = ok("GET", api("/me"), key, null).at("/person/id").asString();

        HttpResponse<byte[]> taken = bytes("GET", api("/people/" + ben + "/export"), key, null);

        Map<String, byte[]> entries = Zips.read(taken.body());
        assertThat(entries).containsKeys("person.json", "conversations/" + talk + ".json");
        assertThat(entries.keySet().stream().filter(name -> name.startsWith("files/" + talk + "/")))
                .hasSize(2);
        assertThat(entries.values()).contains(PICTURE, zeros);
        bringAndCompare(taken.body(), zeros);
    }

    /// Brings a ZIP to another person.
    private void bringAndCompare(byte[] zip, byte[] zeros) throws Exception {
        key = key(person("Cleo", "member"), ", \"manages\": true");
        HttpResponse<byte[]> brought =
                bytes("POST", api("/import"), key, zip, "Content-Type", "application/zip");
        assertThat(brought.statusCode()).as(text(brought)).isEqualTo(201);
        assertThat(json(text(brought)).get("files").asInt()).isEqualTo(2);

        String talk = id(ok("GET", api("/conversations?tag=grey"), key, null).at("/data/0"));
        JsonNode whole = ok("GET", api("/conversations/" + talk), key, null);
        assertThat(whole.get("title").asString()).isEqualTo("Birds");
        assertThat(whole.get("folder").asString()).isEqualTo("Nature");
        assertThat(whole.get("pinned").asBoolean()).isTrue();
        assertThat(whole.get("messages")).hasSize(4);
        assertThat(listed(talk)).containsExactlyInAnyOrder("heron.png", "HERON.png");
        String file = whole.at("/messages/0/files/0").asString();
        assertThat(bytes("GET", files(talk) + "/" + file, key, null).body()).isEqualTo(PICTURE);
        assertThat(contents(talk)).contains(zeros);
        say(talk, saying(id(whole.at("/messages/1")), "And now?"));
        assertThat(pictures(heard().getFirst())).containsExactly(PICTURE);
    }

    private List<byte[]> contents(String talk) {
        return requireNonNull(store).files().of(talk).stream()
                .map(file -> requireNonNull(store).files().content(file.id()).orElseThrow())
                .collect(Collectors.toList());
    }

    @Test
    void exports_of_others_are_taken_as_they_are_downloaded() throws Exception {
        byte[] openAi =
                Zips.of(
                        "user.json",
                        "{}",
                        "conversations.json",
                        """
                        [{"title": "Grebes", "mapping": {"a": {"message": {"author": {"role": "user"},
                          "content": {"parts": ["What is a grebe?"]}}}}}]
                        """,
                        "file-1-picture.png",
                        "x");
        byte[] anthropic =
                Zips.of(
                        "conversations.json",
                        """
                        [{"name": "Divers", "chat_messages": [{"sender": "human", "text": "And a diver?"}]}]
                        """,
                        "users.json",
                        "[]");
        for (byte[] zip : List.of(openAi, anthropic)) {
            assertThat(
                            bytes(
                                            "POST",
                                            api("/import"),
                                            key,
                                            zip,
                                            "Content-Type",
                                            "application/x-zip-compressed")
                                    .statusCode())
                    .isEqualTo(201);
        }

        assertThat(ok("GET", api("/search?q=grebe"), key, null).at("/data/0/title").asString())
                .isEqualTo("Grebes");
        assertThat(ok("GET", api("/search?q=diver"), key, null).at("/data/0/title").asString())
                .isEqualTo("Divers");
        // A conversation as JSON alone comes without its files.
        String talk = converse();
        String notes = id(keep(talk, "notes.md", "words".getBytes(UTF_8)));
        say(talk, saying(null, "What is it?", notes));
        JsonNode exported = ok("GET", api("/conversations/" + talk + "/export"), key, null);
        JsonNode brought = made(ask("POST", api("/import"), key, exported.toString()));
        assertThat(brought.get("messages").asInt()).isEqualTo(2);
        assertThat(brought.get("files").asInt()).isZero();
    }

    @Test
    void of_a_zip_that_is_refused_nothing_is_taken() throws Exception {
        List<String> before = written();
        String one =
                "{\"title\": \"%s\", \"messages\": [{\"id\": \"a\", \"author\": \"user\", \"text\":"
                        + " \"x\"}], \"files\": [%s]}";
        String file = "{\"id\": \"f\", \"name\": \"f\", \"path\": \"files/%s\"}";
        String many =
                Stream.of("1", "2", "3", "4", "5")
                        .map(file::formatted)
                        .collect(Collectors.joining(","));
        byte[] tooMany =
                Zips.of(
                        "conversations/good.json",
                        one.formatted("good", ""),
                        "conversations/full.json",
                        one.formatted("full", many),
                        "files/1",
                        "1",
                        "files/2",
                        "1",
                        "files/3",
                        "1",
                        "files/4",
                        "1",
                        "files/5",
                        "1");
        byte[] half =
                Zips.of(
                        "conversations/good.json",
                        one.formatted("good", ""),
                        "conversations/bad.json",
                        "{\"messages\": [}");
        byte[] bomb = Zips.of("conversation.json", " ".repeat(2_000_000));
        byte[] slip = Zips.of("../../../tmp/conversation.json", one.formatted("slip", ""));
        Map<byte[], Integer> statuses =
                Map.of(
                        tooMany,
                        413,
                        half,
                        400,
                        bomb,
                        413,
                        slip,
                        400,
                        "PK\3\4".getBytes(UTF_8),
                        400);
        for (Map.Entry<byte[], Integer> each : statuses.entrySet()) {
            HttpResponse<byte[]> refused =
                    bytes(
                            "POST",
                            api("/import"),
                            key,
                            each.getKey(),
                            "Content-Type",
                            "application/zip");
            assertThat(refused.statusCode()).as(text(refused)).isEqualTo(each.getValue());
            assertThat(json(text(refused)).at("/error/message").asString()).isNotBlank();
        }

        assertThat(ok("GET", api("/conversations"), key, null).get("data")).isEmpty();
        assertThat(written()).isEqualTo(before);
        HttpResponse<byte[]> junk =
                bytes(
                        "POST",
                        api("/import"),
                        key,
                        Zips.joined(new byte[1], half),
                        "Content-Type",
                        "application/zip");
        assertThat(text(junk)).contains("invalid_json");
    }

    /// Returns the names of all files of the server.
    private List<String> written() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.map(Path::toString).sorted().toList();
        }
    }
}
