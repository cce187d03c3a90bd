package dev.polymnia.models;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;

/// A tuned copy that is being made. It has a name of its own until it is [kept][#keep]; what is not
/// kept is deleted when this is closed. Confined to one thread, but for [#discard]; holds the lock
/// of the copy.
public final class TunedDraft implements AutoCloseable {
    private final LocalModel original;
    private final TunedCopy.Original source;
    private final Path target;
    private final Path record;
    private final Path part;
    private final FetchLock lock;

    TunedDraft(
            LocalModel original,
            TunedCopy.Original source,
            Path target,
            Path record,
            FetchLock lock) {
        this.original = original;
        this.source = source;
        this.target = target;
        this.record = record;
        this.lock = lock;
        part = part(target);
        deletePart(); // that of a process which was killed
    }

    static Path part(Path target) {
        return target.resolveSibling("." + target.getFileName() + ".part");
    }

    /// Returns where the weights are to be written; nothing is there yet.
    public Path path() {
        return part;
    }

    /// Returns the model with what was written in place of its file, to try it before it is kept.
    public LocalModel model() {
        return new LocalModel(
                original.name(), part, original.sha256(), original.profile(), original.entry());
    }

    /// Checks what was written, gives it its name and writes its record; blocks while all of it is
    /// read.
    ///
    /// @param engine what wrote it, for example `llama.cpp 0.5.0`
    /// @param progress is told of the bytes read
    /// @return the copy, which is used from now on
    /// @throws Fault `CORRUPT` if it is no copy of the model; `CANCELLED`; `UNAVAILABLE` if the
    ///   disk does not take it
    public TunedCopy keep(String engine, Progress progress, Cancellation cancellation) {
        Gguf before = Gguf.read(original.path());
        Gguf after = Gguf.read(part);
        if (after.parameters() != before.parameters()
                || !after.architecture().equals(before.architecture())) {
            throw new Fault(
                    Fault.Code.CORRUPT,
                    "What was written is no copy of %s: it has %d weights instead of %d. Nothing was kept; try again."
                            .formatted(original.name(), after.parameters(), before.parameters()));
        }
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.force(true);
            TunedCopy copy =
                    new TunedCopy(
                            target,
                            source,
                            channel.size(),
                            TunedCopies.digest(part, original.name(), progress, cancellation),
                            Instant.now(),
                            engine,
                            tensors(after));
            // In this order a crash leaves a record without a copy, which is as good as nothing.
            Files.deleteIfExists(target);
            TuningRecord.write(copy, record);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            return copy;
        } catch (AtomicMoveNotSupportedException e) {
            throw ScratchFolder.noAtomicMove(target, e);
        } catch (IOException e) {
            throw CacheFolder.notWritable(target, e);
        }
    }

    /// Deletes what was written, from any thread: for whoever interrupts something that cannot be
    /// interrupted, and does not wait until this is closed.
    ///
    /// @throws Fault with `UNAVAILABLE` if it cannot be deleted
    public void discard() {
        deletePart();
    }

    /// Deletes what was not kept.
    ///
    /// @throws Fault with `UNAVAILABLE` if it cannot be deleted
    @Override
    public void close() {
        try (lock) {
            deletePart();
        }
    }

    private void deletePart() {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw CacheFolder.notWritable(part, e);
        }
    }

    private static String tensors(Gguf header) {
        return header.tensors().stream()
                .collect(groupingBy(Gguf.Tensor::type, counting()))
                .entrySet()
                .stream()
                .sorted(comparing(Map.Entry<String, Long>::getValue).reversed())
                .map(each -> each.getKey() + " × " + each.getValue())
                .collect(joining(", "));
    }
}
