package dev.polymnia.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.server.store.FileLimits;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// ZIPs of conversations, most of which are not what they seem.
final class ZipImportTest {
    private static final int BODY = 2 << 20;
    private static final FileLimits LIMITS = FileLimits.USUAL.withFileBytes(50_000);
    private static final String TALK =
            """
            {"title": "Birds", "messages": [
              {"id": "a", "author": "user", "text": "What is it?", "files": ["f", "gone"]},
              {"id": "b", "parent": "a", "author": "assistant", "text": "A heron."},
              {"id": "c", "parent": "b", "author": "assistant", "text": "", "state": "failed"}],
             "files": [{"id": "f", "name": "../it.txt", "path": "files/it.txt"},
               {"id": "g", "name": "twice", "path": "files/it.txt"},
               {"id": "gone", "name": "none", "path": "files/none"}]}
            """;

    private static Imports read(byte[] zip) {
        ZipImport all = new ZipImport(zip, LIMITS, BODY);
        Imports imports = new Imports("person-1", Instant.EPOCH, new Brought(all.look()));
        all.read(imports);
        return imports;
    }

    @Test
    void a_conversation_comes_with_its_files() {
        Imports imports = read(Zips.of("conversation.json", TALK, "files/it.txt", "grey"));

        assertThat(imports.conversations()).singleElement().extracting("title").isEqualTo("Birds");
        assertThat(imports.messages()).hasSize(2);
        assertThat(imports.skipped()).isEqualTo(1);
        assertThat(imports.files())
                .singleElement()
                .satisfies(file -> {
                    assertThat(file.file().name()).isEqualTo("it.txt");
                    assertThat(file.file().type()).isEqualTo("text/plain");
                    assertThat(imports.messages().getFirst().files())
                            .containsExactly(file.file().id());
                });
    }

    @Test
    void exports_are_found_in_their_folders_and_in_several_files() {
        String list = "[{\"name\": \"%s\", \"chat_messages\": []}, {\"mapping\": {}}]";

        assertThat(read(Zips.of("conversations.json", list, "user.json", "{}")).conversations())
                .hasSize(2);
        assertThat(
                        read(Zips.of(
                                        "export/conversations-000.json",
                                        list,
                                        "export/conversations-001.json",
                                        list,
                                        "export/dalle/1.webp",
                                        "x",
                                        "__MACOSX/export/._conversations.json",
                                        "\0\1"))
                                .conversations())
                .hasSize(4);
    }

    @Test
    void names_that_lead_out_lead_nowhere() {
        Imports imports =
                read(
                        Zips.of(
                                "conversation.json",
                                TALK.replace("files/it.txt", "files/../../../../tmp/it.txt"),
                                "files/../../../../tmp/it.txt",
                                "grey",
                                "../../conversation.sh",
                                "rm",
                                "/etc/cron.d/x",
                                "rm",
                                "C:\\x",
                                "rm"));

        assertThat(imports.files())
                .singleElement()
                .satisfies(file -> assertThat(file.file().name()).isEqualTo("it.txt"));
    }

    /// Half of the name, in each entry, is the same then.
    private static byte[] twice() {
        byte[] zip = Zips.of("conversation.json", TALK, "conversation.jsoX", TALK);
        String latin = new String(zip, ISO_8859_1).replace("jsoX", "json");
        return latin.getBytes(ISO_8859_1);
    }

    /// Twice the directory: its second entries lie where its first do.
    private static byte[] overlapping() {
        byte[] zip = Zips.of("conversation.json", TALK);
        int directory = Zips.place(zip, Zips.CENTRAL);
        int end = Zips.place(zip, Zips.END);
        byte[] told =
                Zips.joined(
                        Arrays.copyOf(zip, end),
                        Arrays.copyOfRange(zip, directory, end),
                        Arrays.copyOfRange(zip, end, zip.length));
        byte[] counted = Zips.changed(Zips.changed(told, Zips.END, 8, 2), Zips.END, 10, 2);
        return Zips.changed(counted, Zips.END, 12, 2 * (end - directory));
    }

    private static byte[] many(int count, String content) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("conversation.json", TALK.getBytes(UTF_8));
        for (int i = 0; i < count; i++) {
            entries.put("e" + i, content.getBytes(UTF_8));
        }
        return Zips.of(entries);
    }

    private static Arguments zip(String what, byte[] bytes, int status, String words) {
        return Arguments.of(what, bytes, status, words);
    }

    static Stream<Arguments> hostile() {
        byte[] good = Zips.of("conversation.json", TALK, "files/it.txt", "grey");
        byte[] stored = Zips.stored("conversation.json", TALK);
        String deep = "[".repeat(5000) + "]".repeat(5000);
        return Stream.of(
                zip("half", Arrays.copyOf(good, good.length / 2), 400, "cannot be read"),
                zip(
                        "without its directory",
                        Arrays.copyOf(good, Zips.place(good, Zips.CENTRAL)),
                        400,
                        "its end is missing"),
                zip("without its last byte", Arrays.copyOf(good, good.length - 1), 400, "end"),
                zip("with something behind it", Zips.joined(good, new byte[9]), 400, "end"),
                zip("two, one behind the other", Zips.joined(good, good), 400, "not where it says"),
                zip("overlapping", overlapping(), 400, "1 entries are in it, and it says that"),
                zip("empty", Zips.of(Map.of()), 400, "no conversations.json"),
                zip("without conversations", Zips.of("a.json", "[]"), 400, "no conversations.json"),
                zip(
                        "a ZIP in it",
                        Zips.of(Map.of("conversations.zip", good)),
                        400,
                        "no conversations.json"),
                zip("one name twice", twice(), 400, "the same name"),
                zip("encrypted", Zips.changed(good, Zips.LOCAL, 6, 9), 400, "encrypted"),
                zip("of an unknown kind", Zips.changed(stored, Zips.LOCAL, 8, 99), 400, "method"),
                zip("longer than it says", Zips.changed(stored, Zips.LOCAL, 22, 9), 400, "read"),
                zip("shorter than it says", Zips.changed(stored, Zips.LOCAL, 24, 99), 400, "read"),
                zip("with a wrong sum", Zips.changed(stored, Zips.LOCAL, 14, 1), 400, "read"),
                zip("with changed bytes", Zips.changed(stored, Zips.LOCAL, 60, 1), 400, "read"),
                zip(
                        "with a name that is no text",
                        Zips.changed(
                                Zips.of("conversation.json", TALK, "x", "y"), Zips.LOCAL, 30, 0xFF),
                        400,
                        "read"),
                zip(
                        "a bomb",
                        Zips.of("conversation.json", TALK, "zeros", "\0".repeat(40 << 20)),
                        413,
                        "more than"),
                zip(
                        "a bomb of JSON",
                        Zips.of("conversation.json", " ".repeat(3 << 20) + TALK),
                        413,
                        "more than"),
                zip("a bomb of many", many(4000, "\0".repeat(9_000)), 413, "more than"),
                zip("too many entries", many(20_001, ""), 413, "20000 entries"),
                zip(
                        "a file that is too long",
                        Zips.of("conversation.json", TALK, "files/it.txt", "x".repeat(50_001)),
                        413,
                        "it.txt"),
                zip("no JSON at all", Zips.of("conversation.json", " "), 400, "is empty"),
                zip(
                        "no JSON",
                        Zips.of("conversations.json", "[{\"mapping\": {}}, oh]"),
                        400,
                        "JSON"),
                zip(
                        "half of JSON",
                        Zips.of("conversations.json", "[{\"mapping\": {}},"),
                        400,
                        "JSON"),
                zip("JSON and more", Zips.of("conversation.json", TALK + "1"), 400, "follows"),
                zip("depths", Zips.of("conversations.json", deep), 400, "JSON"),
                zip("another JSON", Zips.of("conversation.json", "{}"), 400, "conversations.json"),
                zip(
                        "no object",
                        Zips.of("conversations.json", "[null]"),
                        400,
                        "conversations.json"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void nothing_is_taken_from_what_is_broken_or_too_much(
            String what, byte[] zip, int status, String words) {
        assertThat(ZipImport.isOne(zip)).isTrue();
        assertThatThrownBy(() -> read(zip))
                .isInstanceOfSatisfying(
                        ApiError.class, error -> assertThat(error.status()).isEqualTo(status))
                .hasMessageContaining(words);
    }

    @Test
    void a_zip_of_the_longer_kind_is_counted() {
        // Its directory is counted in a record of its own if it has so many.
        byte[] zip = Zips.of("conversation.json", TALK);
        int end = Zips.place(zip, Zips.END);
        int directory = Zips.place(zip, Zips.CENTRAL);
        ByteBuffer record = ByteBuffer.allocate(56 + 20).order(ByteOrder.LITTLE_ENDIAN);
        record.putInt(0, 0x06064B50).putLong(24, 1).putLong(32, 1);
        record.putLong(40, end - directory).putLong(48, directory);
        record.putInt(56, 0x07064B50).putLong(64, end);
        byte[] last = Arrays.copyOfRange(zip, end, zip.length);
        Arrays.fill(last, 8, 12, (byte) 0xFF);
        byte[] longer = Zips.joined(Arrays.copyOf(zip, end), record.array(), last);

        assertThat(read(longer).conversations()).hasSize(1);
        record.putLong(32, 2);
        byte[] wrong = Zips.joined(Arrays.copyOf(zip, end), record.array(), last);
        assertThatThrownBy(() -> read(wrong)).hasMessageContaining("says that there are 2");
        record.putLong(64, Long.MAX_VALUE);
        byte[] lost = Zips.joined(Arrays.copyOf(zip, end), record.array(), last);
        assertThatThrownBy(() -> read(lost)).hasMessageContaining("its end is missing");
    }
}
