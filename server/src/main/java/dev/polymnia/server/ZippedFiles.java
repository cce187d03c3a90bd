package dev.polymnia.server;

import dev.polymnia.server.store.FileStore;
import dev.polymnia.server.store.StoredFile;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The files of a conversation in a ZIP that somebody takes along, each under a name of its own.
/// Immutable.
final class ZippedFiles {
    private final FileStore store;
    private final List<StoredFile> files;
    private final List<String> paths = new ArrayList<>();

    /// @param store has what is in them
    /// @param folder in which they lie, with a slash behind it
    ZippedFiles(FileStore store, String folder, List<StoredFile> files) {
        this.store = store;
        this.files = List.copyOf(files);
        FileName.apart(files.stream().map(StoredFile::name).toList())
                .forEach(name -> paths.add(folder + name));
    }

    /// Says of each file of a conversation where it lies.
    ///
    /// @param conversation as [ConversationRequests#whole] has it
    void locate(ObjectNode conversation) {
        for (JsonNode each : conversation.path("files")) {
            String path = path(each.path("id").asString(""));
            if (each instanceof ObjectNode file && path != null) {
                file.put("path", path);
            }
        }
    }

    private @Nullable String path(String id) {
        for (int i = 0; i < files.size(); i++) {
            if (files.get(i).id().equals(id)) {
                return paths.get(i);
            }
        }
        return null;
    }

    /// Writes a ZIP.
    interface Content {
        /// Writes what is in it.
        void write(ZipOutputStream zip) throws IOException;
    }

    /// Sends a ZIP, piece by piece, to be saved under a name.
    static void send(ServerResponse response, String name, Content content) {
        response.header(HeaderNames.CONTENT_TYPE, FileKind.ZIP.type());
        response.header(HeaderNames.CONTENT_DISPOSITION, FileName.disposition(name));
        try (OutputStream out = response.outputStream();
                ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            content.write(zip);
        } catch (IOException | UncheckedIOException e) {
            System.getLogger("polymnia").log(System.Logger.Level.DEBUG, "a client has gone", e);
        }
    }

    /// Writes the files; what was deleted meanwhile is not there.
    void write(ZipOutputStream zip) throws IOException {
        for (int i = 0; i < files.size(); i++) {
            Optional<byte[]> content = store.content(files.get(i).id());
            if (content.isPresent()) {
                write(zip, paths.get(i), content.get());
            }
        }
    }

    /// Writes an entry.
    static void write(ZipOutputStream zip, String path, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(path));
        zip.write(content);
        zip.closeEntry();
    }

    /// Writes an entry that is text.
    static void write(ZipOutputStream zip, String path, String text) throws IOException {
        write(zip, path, text.getBytes(StandardCharsets.UTF_8));
    }
}
