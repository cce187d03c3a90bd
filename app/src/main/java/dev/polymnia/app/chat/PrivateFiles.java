package dev.polymnia.app.chat;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/// Makes files and folders that only their owner may read, where the file system knows of that.
public final class PrivateFiles {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private PrivateFiles() {}

    /// Makes a file with its folder unless it is there.
    ///
    /// @return whether it was not there
    static boolean create(Path file) throws IOException {
        Files.createDirectories(file.resolveSibling("."), permissions("rwx------"));
        try {
            Files.createFile(file, permissions("rw-------"));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /// Writes a file anew, all of it or nothing; nobody else could read it at any time.
    ///
    /// @param file need not exist yet, nor its folder
    /// @throws IOException if it cannot be written; it is as it was then
    public static void write(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        // One that was left may be readable.
        Files.deleteIfExists(fresh);
        create(fresh);
        Files.writeString(fresh, text);
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static FileAttribute<?>[] permissions(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
