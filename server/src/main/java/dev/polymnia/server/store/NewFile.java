package dev.polymnia.server.store;

import static java.util.Objects.requireNonNull;

/// A file that is to be kept, with what is in it.
public final class NewFile {
    private final StoredFile file;
    private final byte[] content;

    /// @param content of which no copy is made, as it may be long; nobody changes it any more
    public NewFile(StoredFile file, byte[] content) {
        this.file = requireNonNull(file, "file is null");
        this.content = requireNonNull(content, "content is null");
        if (file.size() != content.length) {
            throw new IllegalArgumentException(
                    "%d bytes in a file of %d".formatted(content.length, file.size()));
        }
    }

    /// Returns what it is.
    public StoredFile file() {
        return file;
    }

    byte[] content() {
        return content;
    }
}
