package dev.polymnia.server.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Set;

/// A conversation as the store knows it, without what was said.
///
/// @param id unique
/// @param person whose it is; empty for the operator
/// @param title for a list; empty as long as there is none
/// @param folder empty for none
/// @param tags words without spaces
/// @param pinned whether it stands before the others
/// @param archived whether it is put aside
/// @param changed when something was said last
public record StoredConversation(
        String id,
        String person,
        String title,
        String folder,
        Set<String> tags,
        boolean pinned,
        boolean archived,
        Instant created,
        Instant changed) {
    /// Copies and checks the parts.
    public StoredConversation {
        requireNonNull(id, "id is null");
        requireNonNull(person, "person is null");
        requireNonNull(title, "title is null");
        requireNonNull(folder, "folder is null");
        tags = Set.copyOf(tags);
        requireNonNull(created, "created is null");
        requireNonNull(changed, "changed is null");
    }

    /// What is sought.
    ///
    /// @param folder only those in it; empty for all
    /// @param tag only those that have it; empty for all
    /// @param pinned only those that are
    /// @param archived only those that are; else only those that are not
    public record Filter(String folder, String tag, boolean pinned, boolean archived) {}
}
