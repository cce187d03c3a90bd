package dev.polymnia.server;

import dev.polymnia.server.store.NewFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// The files that come along with conversations from elsewhere. What is said of them there is not
/// believed but their names, which are cleaned. Confined to one thread.
final class Brought {
    private final Map<String, byte[]> found;
    private final List<NewFile> files = new ArrayList<>();

    /// @param found what is in them, by where they lie
    Brought(Map<String, byte[]> found) {
        this.found = new HashMap<>(found);
    }

    /// Takes the files of a conversation. Those that do not lie where it is said are left out.
    ///
    /// @param described as an export has them
    /// @return their ids here by those that they had
    Map<String, String> take(
            JsonNode described, String conversation, String person, Instant created) {
        Map<String, String> ids = new HashMap<>();
        for (JsonNode file : described) {
            // Each is taken once, so that few bytes do not become many.
            byte[] content = found.remove(file.path("path").asString(""));
            if (content != null && content.length > 0) {
                String name = file.path("name").asString("");
                NewFile taken = FileRequests.file(conversation, person, name, content, created);
                ids.put(file.path("id").asString(""), taken.file().id());
                files.add(taken);
            }
        }
        return ids;
    }

    /// Returns all that were taken.
    List<NewFile> files() {
        return files;
    }
}
