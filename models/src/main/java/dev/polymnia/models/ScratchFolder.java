package dev.polymnia.models;

import static java.util.Comparator.reverseOrder;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
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

    /// Makes a new folder in another, which is made too if need be. Folders of the same kind that
    /// killed programs left there are deleted: the caller holds the [FetchLock] for this kind.
    ///
    /// @param kind how its name begins
    /// @throws Fault with `UNAVAILABLE` if it cannot be written to
    static ScratchFolder in(Path parent, String kind) {
        CacheFolder.create(parent);
        try {
            sweep(parent, kind);
            return new ScratchFolder(Files.createTempDirectory(parent, kind));
        } catch (IOException e) {
            throw CacheFolder.notWritable(parent, e);
        }
    }

    /// Deletes all folders of a kind.
    static void sweep(Path parent, String kind) throws IOException {
        List<Path> left;
        try (Stream<Path> files = Files.list(parent)) {
            left =
                    files.filter(file -> String.valueOf(file.getFileName()).startsWith(kind))
                            .toList();
        }
        for (Path folder : left) {
            try {
                deleteTree(folder);
            } catch (DirectoryNotEmptyException e) {
                // A program that a killed Polymnia had started still writes there. It disturbs
                // nobody, and the next sweep takes what it leaves.
                System.getLogger("polymnia")
                        .log(System.Logger.Level.DEBUG, "still in use: " + folder, e);
            }
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
            throw noAtomicMove(target, e);
        } catch (IOException e) {
            throw CacheFolder.notWritable(target, e);
        }
    }

    /// Returns what to say when a file cannot get its name in one step.
    static Fault noAtomicMove(Path target, AtomicMoveNotSupportedException cause) {
        return new Fault(
                Fault.Code.UNAVAILABLE,
                "The file system of "
                        + target
                        + " cannot rename in one step. Set POLYMNIA_HOME to a folder on a local"
                        + " disk.",
                cause);
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
