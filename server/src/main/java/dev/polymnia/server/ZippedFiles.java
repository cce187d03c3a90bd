package dev.polymnia.server;

import dev.polymnia.server.store.FileStore;
import dev.polymnia.server.store.StoredFile;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The files of a conversation in a ZIP that somebody takes along, each under a name of its own.
/// Immutable.
final class ZippedFiles {
    private final FileStore store;

    /// Where each lies, by its id.
    private final Map<String, String> paths = new LinkedHashMap<>();

    /// @param store has what is in them
    /// @param folder in which they lie, with a slash behind it
    ZippedFiles(FileStore store, String folder, List<StoredFile> files) {
        this.store = store;
        List<String> names = FileName.apart(files.stream().map(StoredFile::name).toList());
        for (int i = 0; i < files.size(); i++) {
            paths.put(files.get(i).id(), folder + names.get(i));
        }
    }

    /// Says of each file of a conversation where it lies.
    ///
    /// @param conversation as [ConversationRequests#whole] has it
    void locate(ObjectNode conversation) {
        for (JsonNode each : conversation.path("files")) {
            String path = paths.get(each.path("id").asString(""));
            if (each instanceof ObjectNode file && path != null) {
                file.put("path", path);
            }
        }
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
        for (Map.Entry<String, String> each : paths.entrySet()) {
            Optional<byte[]> content = store.content(each.getKey());
            if (content.isPresent()) {
                write(zip, each.getValue(), content.get());
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
