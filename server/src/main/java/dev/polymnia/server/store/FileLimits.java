package dev.polymnia.server.store;

import dev.polymnia.core.Fault;

/// How much of files is kept.
///
/// @param fileBytes of one
/// @param perConversation how many a conversation has
/// @param conversationBytes of all in a conversation
/// @param personBytes of all that are a person's
public record FileLimits(
        int fileBytes, int perConversation, long conversationBytes, long personBytes) {
    /// As long as the usual longest body, and for a household's disk.
    public static final FileLimits USUAL =
            new FileLimits(16 << 20, 100, 256_000_000, 1_000_000_000);

    /// Checks the parts.
    ///
    /// @throws Fault `INVALID` if one is less than 1
    public FileLimits {
        if (fileBytes < 1 || perConversation < 1 || conversationBytes < 1 || personBytes < 1) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "Files of %d bytes, %d in a conversation, with %d bytes, and %d of a person; choose 1 or more of each."
                            .formatted(fileBytes, perConversation, conversationBytes, personBytes));
        }
    }

    /// Returns these limits with another one for a file.
    public FileLimits withFileBytes(int value) {
        return new FileLimits(value, perConversation, conversationBytes, personBytes);
    }
}
