package dev.polymnia.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.server.people.OpenIdAccount;
import dev.polymnia.testkit.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A household whose server keeps all in a folder.
final class SqliteHouseholdTest extends HouseholdContract {
    @Test
    void nothing_of_who_was_erased_is_left_in_any_file() throws Exception {
        share((_, _) -> Reply.of("A wombatting answer"));
        String ben = person("Quetzalcoatl", "member");
        String key = key(ben, ", \"manages\": true");
        ok(
                "POST",
                v1("/responses"),
                key,
                "{\"model\": \"instant\", \"input\": \"Zanzibarbaric?\"}");
        String talk =
                made(ask("POST", api("/conversations"), key, "{\"title\": \"Ornithorhynchus\"}"))
                        .get("id")
                        .asString();
        // Longer than a page of the database.
        String file =
                made(ask(
                                "POST",
                                api("/conversations/" + talk + "/files?name=Axolotlish.txt"),
                                key,
                                "x".repeat(9000) + " Hippopotamoose"))
                        .get("id")
                        .asString();
        JsonNode told =
                ok(
                        "POST",
                        api("/conversations/" + talk + "/messages"),
                        key,
                        "{\"model\": \"instant\", \"text\": \"A xylophonist plays\", \"files\":"
                                + " [\"%s\"]}".formatted(file));
        ask("GET", v1("/runs/" + told.at("/run/id").asString() + "/events"), key, null);
        made(
                ask(
                        "POST",
                        api("/people/" + ben + "/memories"),
                        key,
                        "{\"text\": \"Keeps a plesiosaur\"}"));
        requireNonNull(store)
                .openIds()
                .add(
                        OpenIdAccount.create(
                                ben,
                                "https://pangolin.example",
                                "subject-of-an-axolotl",
                                Instant.now()));
        List<String> words =
                List.of(
                        "pangolin",
                        "axolotl",
                        "plesiosaur",
                        "axolotlish",
                        "hippopotamoose",
                        "quetzalcoatl",
                        "wombatting",
                        "zanzibarbaric",
                        "ornithorhynchus",
                        "xylophonist",
                        ben);
        assertThat(words).allMatch(this::isKept);

        ok("DELETE", api("/people/" + ben), owner(), null);

        assertThat(words).noneMatch(this::isKept);
    }

    /// Returns whether any file of the server has a word.
    private boolean isKept(String word) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).anyMatch(file -> text(file).contains(word));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                    .toLowerCase(Locale.ROOT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
