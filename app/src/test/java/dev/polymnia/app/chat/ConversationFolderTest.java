package dev.polymnia.app.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Media;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConversationFolderTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir private Path place;

    @Test
    void what_was_said_is_there_again() {
        Turn first = turn("Who\nare \"you\"? \u001b ✓", "I am.");
        Turn second =
                new Turn(
                        NOON.plusSeconds(5),
                        new Message(
                                Role.USER,
                                List.of(
                                        new Content.Image(
                                                new Media("image/png", new byte[] {1, -2, 3})),
                                        new Content.Text("And this?"))),
                        Message.assistant("A picture."),
                        Mode.CONTEMPLATING,
                        -4,
                        true);
        Conversation said = save("be kind", first, second);

        ConversationFolder.Opened opened = folder().resume("");
        opened.file().close();

        assertThat(opened.conversation()).isEqualTo(said.plus(first).plus(second));
    }

    @Test
    void a_line_that_was_cut_by_a_crash_is_dropped_and_the_next_turn_is_whole() throws IOException {
        Conversation said = save("", turn("a", "b"), turn("c", "d"));
        Path path = place.resolve("conversations").resolve(said.id() + ".jsonl");
        String text = Files.readString(path);
        for (int cut = 1; cut < 60; cut += 7) {
            Files.writeString(path, text.substring(0, text.length() - cut));

            try (ConversationFile file = open(said.id(), 1)) {
                file.append(ConversationJson.line(turn("e", "f")));
            }
            open(said.id(), 2).close();
        }
    }

    @Test
    void bytes_that_are_no_text_move_nothing() throws IOException {
        Conversation said = save("", turn("aé✓", "b"));
        Path path = place.resolve("conversations").resolve(said.id() + ".jsonl");
        byte[] before = Files.readAllBytes(path);
        Files.write(path, new byte[] {'{', (byte) 0xE9, (byte) 0xFF}, StandardOpenOption.APPEND);

        try (ConversationFile file = open(said.id(), 1)) {
            file.append(ConversationJson.line(turn("c", "d")));
        }

        assertThat(Files.readAllBytes(path)).startsWith(before);
        open(said.id(), 2).close();
    }

    @Test
    void a_damaged_line_is_told_and_nothing_is_changed() throws IOException {
        Conversation said = save("", turn("a", "b"), turn("c", "d"));
        Path path = place.resolve("conversations").resolve(said.id() + ".jsonl");
        List<String> lines = Files.readAllLines(path);
        String damaged = lines.get(0) + "\n{\"at\": 1}\n" + lines.get(2) + "\n";
        Files.writeString(path, damaged);

        assertThatThrownBy(() -> folder().resume(said.id()))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.CORRUPT))
                .hasMessageContaining(path.toString());
        assertThat(path).content(UTF_8).isEqualTo(damaged);
        assertThat(folder().list()).isEmpty();
    }

    @Test
    void two_chats_cannot_write_to_one_conversation() {
        Conversation said = save("", turn("a", "b"));

        try (ConversationFile mine = folder().resume(said.id()).file()) {
            assertThat(mine).isNotNull();
            assertThatThrownBy(() -> folder().resume(said.id()))
                    .isInstanceOf(Fault.class)
                    .hasMessageContaining("open in another chat");
        }
        open(said.id(), 1).close();
    }

    @Test
    void a_conversation_is_found_by_the_beginning_of_its_id() {
        save("", turn("first", "b"));
        Conversation other = ConversationFolder.begin(NOON.plusSeconds(3600), "");
        folder().create(other).file().close();

        assertThat(folder().list())
                .extracting(Conversation::title)
                .containsExactly("(no questions)", "first");
        open("20261124-12", 1).close();
        assertThatThrownBy(() -> folder().resume("2026"))
                .hasMessageContaining("20261124-120000")
                .hasMessageContaining("20261124-130000");
        assertThatThrownBy(() -> folder().resume("1999")).hasMessageContaining("'1999'");
    }

    @Test
    void conversations_of_one_second_have_different_names() {
        Conversation first = save("", turn("a", "b"));
        Conversation second = save("", turn("c", "d"));

        assertThat(second.id()).isEqualTo(first.id() + "-2");
        assertThat(folder().list()).extracting(Conversation::title).containsExactly("c", "a");
    }

    @Test
    void only_the_owner_may_read_them() throws IOException {
        Conversation said = save("", turn("a", "b"));
        Path path = place.resolve("conversations").resolve(said.id() + ".jsonl");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(path.resolveSibling("."))))
                .isEqualTo("rwx------");
    }

    @Test
    void there_is_nothing_to_resume_at_first() {
        assertThat(folder().list()).isEmpty();
        assertThatThrownBy(() -> folder().resume(""))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.NOT_FOUND));
    }

    @Test
    void what_cannot_be_written_is_told_and_written_later() throws IOException {
        Path folder = place.resolve("blocked");
        Files.writeString(folder, "a file is in the way", StandardOpenOption.CREATE_NEW);
        try (Session session = new Session(new ConversationFolder(folder), false, "")) {
            assertThatThrownBy(() -> session.add(turn("a", "b")))
                    .isInstanceOf(Fault.class)
                    .hasMessageContaining(folder.toString());
            assertThat(session.unsaved()).isEqualTo(1);
            assertThatThrownBy(session::begin).isInstanceOf(Fault.class);
            Files.delete(folder);

            session.add(turn("c", "d"));

            assertThat(session.unsaved()).isZero();
        }
        assertThat(new ConversationFolder(folder).list().getFirst().turns()).hasSize(2);
    }

    @Test
    void incognito_leaves_nothing() {
        try (Session session = new Session(folder(), true, "")) {
            session.add(turn("a", "b"));
            assertThat(session.latest()).isPresent();
        }
        assertThat(place).isEmptyDirectory();
    }

    private Conversation save(String system, Turn... turns) {
        ConversationFolder.Opened opened = folder().create(ConversationFolder.begin(NOON, system));
        try (ConversationFile file = opened.file()) {
            for (Turn turn : turns) {
                file.append(ConversationJson.line(turn));
            }
        }
        return opened.conversation();
    }

    private ConversationFile open(String id, int turns) {
        ConversationFolder.Opened opened = folder().resume(id);
        assertThat(opened.conversation().turns()).hasSize(turns);
        return opened.file();
    }

    private ConversationFolder folder() {
        return new ConversationFolder(place.resolve("conversations"));
    }

    private static Turn turn(String question, String answer) {
        return new Turn(
                NOON, Message.user(question), Message.assistant(answer), Mode.THINKING, 7, false);
    }
}
