package dev.polymnia.models;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.core.platform.MessageDigests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The tuned copies of models on this machine: each under the digest of its original, with a record
/// beside it. A copy is used only while its record says that it is whole and belongs to the model;
/// that is seen by sizes, which is quick. Thread-safe.
public final class TunedCopies {
    private static final String ENDING = ".gguf";
    private static final String RECORD = ".properties";

    private final Path folder;
    private final FetchSettings.Room room;

    TunedCopies(Path folder, FetchSettings.Room room) {
        this.folder = folder;
        this.room = room;
    }

    /// What is here of a model's tuned copy.
    public sealed interface State {
        /// There is none.
        record None() implements State {}

        /// It can be used.
        ///
        /// @param copy the copy
        record Whole(TunedCopy copy) implements State {}

        /// There is one that is damaged or was made from something else.
        ///
        /// @param why in a few words, without a full stop
        record Useless(String why) implements State {}
    }

    /// Returns what is here of a model's tuned copy.
    ///
    /// @param original as [ModelStore#resolve] returns it
    /// @throws Fault with `UNAVAILABLE` if the disk cannot be read
    public State state(LocalModel original) {
        try {
            return original.entry().isPresent()
                    ? state(original.sha256())
                    : stateOfOwn(original.path());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /// Returns a model with its tuned copy, or as it is if there is none that can be used.
    ///
    /// @param original as [ModelStore#resolve] returns it
    /// @param progress is told if there is a copy that cannot be used
    public LocalModel preferred(LocalModel original, Progress progress) {
        return switch (state(original)) {
            case State.None _ -> original;
            case State.Whole(TunedCopy copy) -> original.with(copy);
            case State.Useless(String why) -> {
                progress.note(
                        "The tuned copy of %s is not used: %s. Make it anew with: polymnia models tune %s"
                                .formatted(original.name(), why, original.address()));
                yield original;
            }
        };
    }

    /// Returns about how many bytes a model's tuned copy takes, whether there is one or not.
    ///
    /// @throws Fault `UNSUPPORTED` if there would be no use in one, or none can be made; and what
    ///   [Gguf#read] throws
    public long estimate(LocalModel original) {
        return TuningPlan.of(original).bytes();
    }

    /// Returns whether there is room for a model's tuned copy.
    ///
    /// @throws Fault as [#estimate] does
    public boolean fits(LocalModel original) {
        long free = room.free(CacheFolder.create(folder).resolve(ENDING));
        // Some network file systems report 0 for unknown.
        return free == 0 || estimate(original) <= free;
    }

    /// Begins a tuned copy. One that is here is replaced when the new one is kept. Blocks while a
    /// file of the user's own is read for its digest.
    ///
    /// @param original as [ModelStore#resolve] returns it
    /// @param progress is told of the bytes read
    /// @return the place for it; the caller closes it
    /// @throws Fault as [#estimate] does; `OVERLOADED` if another process is at it; `CANCELLED`;
    ///   `UNAVAILABLE` if the disk is too small or cannot be written to
    public TunedDraft draft(LocalModel original, Progress progress, Cancellation cancellation) {
        long needed = estimate(original);
        CacheFolder.create(folder);
        if (!fits(original)) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "A tuned copy of %s needs about %d MB, but %s has only %d MB free. Make room, or set POLYMNIA_HOME to a folder on another disk."
                            .formatted(
                                    original.name(),
                                    needed / 1_000_000,
                                    folder,
                                    room.free(folder.resolve(ENDING)) / 1_000_000));
        }
        TunedCopy.Original source = describe(original, progress, cancellation);
        Path target = copy(source.sha256());
        FetchLock lock = lock(target, original.name());
        try {
            return new TunedDraft(original, source, target, record(target), lock);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /// Reads all of a copy and returns whether it has the digest of its record; blocks.
    ///
    /// @param progress is told of the bytes read
    /// @throws Fault `CANCELLED`; `UNAVAILABLE` if it cannot be read
    public boolean isUnchanged(TunedCopy copy, Progress progress, Cancellation cancellation) {
        try {
            return digest(copy.path(), copy.path().toString(), progress, cancellation)
                    .equals(copy.sha256());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /// Deletes the tuned copy of a catalogue model.
    ///
    /// @return how many bytes that freed; 0 if there was nothing
    /// @throws Fault `OVERLOADED` if it is being made; `UNAVAILABLE` if it cannot be deleted
    public long remove(CatalogueEntry entry) {
        return remove(copy(entry.sha256()), entry.name());
    }

    /// Deletes the tuned copy of a file of the user's own, which itself need not be there any more.
    ///
    /// @param original absolute
    /// @return how many bytes that freed; 0 if there was nothing
    /// @throws Fault `OVERLOADED` if it is being made; `UNAVAILABLE` if it cannot be deleted
    public long remove(Path original) {
        try {
            long freed = 0;
            for (TunedCopy copy : madeFrom(original)) {
                freed += remove(copy.path(), original.toString());
            }
            return freed;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private long remove(Path copy, String name) {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (FetchLock _ = lock(copy, name)) {
            long freed = 0;
            for (Path file : List.of(copy, TunedDraft.part(copy), record(copy))) {
                freed += Files.exists(file) ? Files.size(file) : 0;
                Files.deleteIfExists(file);
            }
            return freed;
        } catch (IOException e) {
            throw CacheFolder.notWritable(copy, e);
        }
    }

    private State state(String sha256) throws IOException {
        Path copy = copy(sha256);
        if (!Files.isRegularFile(copy)) {
            return new State.None();
        }
        Optional<TunedCopy> record = TuningRecord.read(record(copy), copy);
        if (record.isEmpty()) {
            return new State.Useless("its record is missing or damaged");
        }
        return state(record.get(), sha256);
    }

    private State stateOfOwn(Path path) throws IOException {
        List<TunedCopy> copies = madeFrom(path);
        if (copies.isEmpty()) {
            return new State.None();
        }
        for (TunedCopy copy : copies) {
            TunedCopy.Original then = copy.original();
            if (then.bytes() == Files.size(path) && then.modified() == modified(path)) {
                return state(copy, then.sha256());
            }
        }
        return new State.Useless(path.getFileName() + " was changed since the copy was made");
    }

    private static State state(TunedCopy copy, String sha256) throws IOException {
        if (!copy.original().sha256().equals(sha256)) {
            return new State.Useless("it was made from another file");
        }
        long bytes = Files.size(copy.path());
        return bytes == copy.bytes()
                ? new State.Whole(copy)
                : new State.Useless("it has %d bytes instead of %d".formatted(bytes, copy.bytes()));
    }

    private List<TunedCopy> madeFrom(Path original) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> copies;
        try (Stream<Path> files = Files.list(folder)) {
            copies = files.filter(TunedCopies::isCopy).sorted().toList();
        }
        List<TunedCopy> made = new ArrayList<>();
        for (Path copy : copies) {
            TuningRecord.read(record(copy), copy)
                    .filter(record -> record.original().path().equals(original))
                    .ifPresent(made::add);
        }
        return made;
    }

    private static boolean isCopy(Path file) {
        return file.getFileName().toString().matches("[0-9a-f]{64}\\.gguf");
    }

    private static TunedCopy.Original describe(
            LocalModel original, Progress progress, Cancellation cancellation) {
        Path path = original.path();
        try {
            // Before it is read: what changes meanwhile is noticed then.
            long bytes = Files.size(path);
            long modified = modified(path);
            String sha256 =
                    original.entry().isPresent()
                            ? original.sha256()
                            : digest(path, path.toString(), progress, cancellation);
            return new TunedCopy.Original(path, sha256, bytes, modified);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    static String digest(Path file, String title, Progress progress, Cancellation cancellation)
            throws IOException {
        MessageDigest digest = MessageDigests.sha256();
        long bytes = Files.size(file);
        progress.begin(title, bytes, 0);
        Digests.update(digest, file, bytes, progress, cancellation);
        return Digests.soFar(digest);
    }

    private static FetchLock lock(Path copy, String name) {
        return FetchLock.tryAcquire(copy)
                .orElseThrow(() ->
                        new Fault(
                                Fault.Code.OVERLOADED,
                                "Another Polymnia is making a tuned copy of "
                                        + name
                                        + "; stop that first, or wait."));
    }

    private Path copy(String sha256) {
        return folder.resolve(sha256 + ENDING);
    }

    private static Path record(Path copy) {
        String name = copy.getFileName().toString();
        return copy.resolveSibling(name.substring(0, name.length() - ENDING.length()) + RECORD);
    }

    private static long modified(Path path) throws IOException {
        return Files.getLastModifiedTime(path).toMillis();
    }

    private static Fault unreadable(IOException cause) {
        return new Fault(
                Fault.Code.UNAVAILABLE,
                "Cannot read a file of a model or of its tuned copy: " + cause.getMessage() + ".",
                cause);
    }
}
