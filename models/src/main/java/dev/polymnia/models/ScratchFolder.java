package dev.polymnia.models;

import static java.util.Comparator.reverseOrder;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/// A folder for half-finished things beside the place where they will be finished, so that the last
/// step is a rename within one file system. Closing deletes it with all that is in it. Confined to
/// one thread.
final class ScratchFolder implements AutoCloseable {
    private final Path path;

    private ScratchFolder(Path path) {
        this.path = path;
    }

    /// Makes a new folder in another, which is made too if need be.
    ///
    /// @throws Fault with `UNAVAILABLE` if it cannot be written to
    static ScratchFolder in(Path parent) {
        CacheFolder.create(parent);
        try {
            return new ScratchFolder(Files.createTempDirectory(parent, ".fetch-"));
        } catch (IOException e) {
            throw CacheFolder.notWritable(parent, e);
        }
    }

    Path path() {
        return path;
    }

    /// Moves a finished file or folder from here to its place in one step.
    ///
    /// @throws Fault with `UNAVAILABLE` if that is not possible
    void finish(Path finished, Path target) {
        try {
            Files.move(finished, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "The file system of "
                            + target
                            + " cannot rename in one step. Set POLYMNIA_HOME to a folder on a"
                            + " local disk.",
                    e);
        } catch (IOException e) {
            throw CacheFolder.notWritable(target, e);
        }
    }

    /// Deletes the folder.
    ///
    /// @throws Fault with `UNAVAILABLE` if something could not be deleted
    @Override
    public void close() {
        try {
            deleteTree(path);
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "Cannot delete the temporary folder " + path + ". Delete it by hand.",
                    e);
        }
    }

    /// Deletes a folder with all that is in it; does nothing if there is none.
    static void deleteTree(Path folder) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = walk.sorted(reverseOrder()).toList();
        } catch (NoSuchFileException e) {
            return;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path path : paths) {
            Files.deleteIfExists(path);
        }
    }
}
