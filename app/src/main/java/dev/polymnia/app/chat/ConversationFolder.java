package dev.polymnia.app.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The conversations of a person, each in a file of its own.
///
/// @param folder need not exist yet
record ConversationFolder(Path folder) {
    private static final String ENDING = ".jsonl";
    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /// A conversation that goes on, with its file.
    record Opened(Conversation conversation, ConversationFile file) {}

    /// Begins a conversation; its file is made with its first turn.
    static Conversation begin(Instant now, String system) {
        return new Conversation(ID.format(now), now, system, List.of());
    }

    /// Makes the file of a conversation that has none yet.
    ///
    /// @return the conversation under a name that no other has
    Opened create(Conversation conversation) {
        String id = conversation.id();
        Optional<ConversationFile> made = ConversationFile.create(path(id));
        for (int i = 2; made.isEmpty(); i++) {
            id = conversation.id() + "-" + i;
            made = ConversationFile.create(path(id));
        }
        ConversationFile file = made.get();
        try {
            Conversation named = conversation.withId(id);
            file.append(ConversationJson.head(named));
            return new Opened(named, file);
        } catch (Fault fault) {
            file.close();
            throw withoutFile(path(id), fault);
        }
    }

    /// Deletes a file that could not be begun.
    private static Fault withoutFile(Path path, Fault fault) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            fault.addSuppressed(e);
        }
        return fault;
    }

    /// Opens a conversation to go on with it.
    ///
    /// @param idOrStart its id or the beginning of only one; empty for the latest
    /// @throws Fault `NOT_FOUND`; `INVALID` if several begin so; `CORRUPT` if the file is damaged;
    ///   `UNAVAILABLE` if another chat has it open
    Opened resume(String idOrStart) {
        Path path = path(find(idOrStart));
        ConversationFile file = ConversationFile.open(path);
        try {
            return new Opened(ConversationJson.read(file.lines()), file);
        } catch (IllegalArgumentException e) {
            file.close();
            throw damaged(path, e);
        } catch (Fault fault) {
            file.close();
            throw fault;
        }
    }

    /// Returns all that can be read, the latest first. What is damaged is left out of the list; it
    /// stays where it is, and [#resume] says what is wrong with it.
    List<Conversation> list() {
        List<Conversation> conversations = new ArrayList<>();
        for (String id : ids()) {
            try {
                conversations.add(ConversationJson.read(Files.readAllLines(path(id), UTF_8)));
            } catch (IOException | IllegalArgumentException e) {
                System.getLogger("polymnia")
                        .log(System.Logger.Level.DEBUG, "cannot read conversation " + id, e);
            }
        }
        return conversations;
    }

    private String find(String start) {
        List<String> found = ids().stream().filter(id -> id.startsWith(start)).toList();
        if (found.isEmpty()) {
            throw new Fault(
                    Fault.Code.NOT_FOUND,
                    start.isEmpty()
                            ? "There is no conversation to resume yet in " + folder + "."
                            : "There is no conversation '"
                                    + start
                                    + "'; `polymnia chat --list` shows them.");
        }
        if (start.isEmpty() || found.contains(start) || found.size() == 1) {
            return found.contains(start) ? start : found.getFirst();
        }
        throw new Fault(
                Fault.Code.INVALID,
                "Several conversations begin with '"
                        + start
                        + "': "
                        + String.join(", ", found)
                        + ".");
    }

    private List<String> ids() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ENDING))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE, "Cannot read the folder " + folder + ": " + e, e);
        }
    }

    private Path path(String id) {
        return folder.resolve(id + ENDING);
    }

    private static Fault damaged(Path path, IllegalArgumentException cause) {
        return new Fault(
                Fault.Code.CORRUPT,
                "The conversation %s cannot be read: %s. Nothing was changed; mend or move the file."
                        .formatted(path, cause.getMessage()),
                cause);
    }
}
