package dev.polymnia.eval.run;

import dev.polymnia.core.Fault;
import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.RunSetup;
import dev.polymnia.eval.Sample;
import dev.polymnia.eval.SampleResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Where a run keeps what it has: `run.json` says what the run is and what it asks, `results.jsonl`
/// has a line for each finished sample, written and flushed to the disk as soon as it is there.
/// `status.json` says how it ended; it is missing as long as the run has not come to an end.
///
/// A run that is killed leaves at most half a line at the end, which is cut off when the run goes
/// on. One process at a time works on a folder: it holds a lock on `lock`. Thread-safe.
public final class RunFolder implements AutoCloseable {
    private static final String HEAD = "run.json";
    private static final String RESULTS = "results.jsonl";
    private static final String STATUS = "status.json";
    private static final String LOCK = "lock";

    private final Path folder;
    private final RunHead head;
    private final FileChannel lockChannel;
    private final FileChannel results;

    /// The whole lines of the results.
    private long length;

    private RunFolder(Path folder, RunHead head, FileChannel lockChannel, FileChannel results)
            throws IOException {
        this.folder = folder;
        this.head = head;
        this.lockChannel = lockChannel;
        this.results = results;
        this.length = results.size();
    }

    /// How a run ended.
    ///
    /// @param status what it came to
    /// @param message why, for a person; empty if all went well
    record Ending(RunLog.Status status, String message) {}

    /// Opens the folder of a run to work on it; makes it if it is not there.
    ///
    /// @param id names the run if it begins now
    /// @param started when, if it begins now
    /// @param machine where, if it begins now
    /// @throws Fault `INVALID` if the folder holds another run, naming what differs; `OVERLOADED`
    ///   if another process works on it; `CORRUPT` if a file is damaged
    static RunFolder open(
            Path folder,
            RunSetup setup,
            List<Sample> samples,
            String id,
            Instant started,
            Map<String, String> machine) {
        FileChannel lock = null;
        try {
            Files.createDirectories(folder);
            lock = lock(folder);
            Path file = folder.resolve(HEAD);
            if (!Files.exists(file)) {
                List<StoredSample> stored = samples.stream().map(StoredSample::of).toList();
                RunHead fresh = new RunHead(RunHead.VERSION, id, setup, started, machine, stored);
                write(file, RunJson.MAPPER.writeValueAsBytes(fresh));
            }
            RunHead head = readHead(folder);
            requireSame(folder, head.setup(), setup);
            Files.deleteIfExists(folder.resolve(STATUS));
            return new RunFolder(folder, head, lock, openResults(folder.resolve(RESULTS)));
        } catch (IOException e) {
            closeQuietly(lock, e);
            throw unavailable(folder, e);
        } catch (RuntimeException e) {
            closeQuietly(lock, e);
            throw e;
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw busy(folder, e);
        }
        if (lock == null) {
            channel.close();
            throw busy(folder, new IOException("locked by another process"));
        }
        return channel;
    }

    private static Fault busy(Path folder, Exception cause) {
        return new Fault(
                Fault.Code.OVERLOADED,
                "Another evaluation works in " + folder + "; wait for it, or choose another --out.",
                cause);
    }

    /// Opens the results behind the last whole line.
    private static FileChannel openResults(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        long end = channel.size();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (end > 0) {
            one.clear();
            channel.read(one, end - 1);
            if (one.get(0) == '\n') {
                break;
            }
            end--;
        }
        channel.truncate(end);
        return channel;
    }

    private static void requireSame(Path folder, RunSetup known, RunSetup wanted) {
        JsonNode before = RunJson.MAPPER.valueToTree(known);
        JsonNode now = RunJson.MAPPER.valueToTree(wanted);
        List<String> differences = new ArrayList<>();
        for (String name : new TreeSet<>(before.propertyNames())) {
            if (!before.get(name).equals(now.get(name))) {
                differences.add(
                        "%s was %s and is %s".formatted(name, before.get(name), now.get(name)));
            }
        }
        if (!differences.isEmpty()) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The run in %s is another one: %s. Its results are kept; choose another --out, or ask as before."
                            .formatted(folder, String.join("; ", differences)));
        }
    }

    /// Keeps the result of a sample.
    ///
    /// @throws Fault `UNAVAILABLE` if it cannot be written
    synchronized void add(SampleResult result) {
        byte[] line = RunJson.MAPPER.writeValueAsBytes(result);
        ByteBuffer bytes = ByteBuffer.allocate(line.length + 1).put(line).put((byte) '\n').flip();
        try {
            results.truncate(length); // a write that failed may have left half a line
            long at = length;
            while (bytes.hasRemaining()) {
                at += results.write(bytes, at);
            }
            results.force(false);
            length = at;
        } catch (IOException e) {
            throw unavailable(folder, e);
        }
    }

    /// Keeps how the run ended.
    void end(RunLog.Status status, String message) {
        try {
            write(
                    folder.resolve(STATUS),
                    RunJson.MAPPER.writeValueAsBytes(new Ending(status, message)));
        } catch (IOException e) {
            throw unavailable(folder, e);
        }
    }

    /// Returns all that is known of the run now.
    RunLog log() {
        return read(folder, head);
    }

    /// Reads a run without working on it; it may be running.
    ///
    /// @throws Fault `NOT_FOUND` if the folder holds no run, `INVALID` if another version of
    ///   Polymnia wrote it, `CORRUPT` if a file is damaged
    public static RunLog read(Path folder) {
        return read(folder, readHead(folder));
    }

    /// Finds the runs below a folder, in the order of their names.
    ///
    /// @throws Fault `NOT_FOUND` if there is none
    public static List<Path> find(Path root) {
        try (Stream<Path> paths = Files.walk(root)) {
            List<Path> found =
                    paths.filter(path -> path.endsWith(HEAD))
                            .map(Path::getParent)
                            .sorted()
                            .toList();
            if (found.isEmpty()) {
                throw new Fault(
                        Fault.Code.NOT_FOUND,
                        "There is no run in " + root + "; make one with polymnia eval.");
            }
            return found;
        } catch (IOException | UncheckedIOException e) {
            throw new Fault(
                    Fault.Code.NOT_FOUND,
                    "The folder " + root + " cannot be read: " + e.getMessage(),
                    e);
        }
    }

    private static RunLog read(Path folder, RunHead head) {
        Optional<Ending> ending = ending(folder);
        return new RunLog(
                head.id(),
                head.setup(),
                head.samples().stream().map(StoredSample::sample).toList(),
                readResults(folder.resolve(RESULTS)),
                ending.map(Ending::status).orElse(RunLog.Status.STARTED),
                ending.map(Ending::message).orElse(""),
                head.started(),
                head.machine());
    }

    private static RunHead readHead(Path folder) {
        Path file = folder.resolve(HEAD);
        if (!Files.exists(file)) {
            throw new Fault(
                    Fault.Code.NOT_FOUND, "There is no run in " + folder + ": no " + HEAD + ".");
        }
        try {
            JsonNode tree = RunJson.MAPPER.readTree(Files.readAllBytes(file));
            int version = tree.path("version").asInt(0);
            if (version != RunHead.VERSION) {
                throw new Fault(
                        Fault.Code.INVALID,
                        "The run in %s has layout %d and this Polymnia reads %d; use the version that wrote it, or begin anew in another folder."
                                .formatted(folder, version, RunHead.VERSION));
            }
            return RunJson.MAPPER.treeToValue(tree, RunHead.class);
        } catch (IOException e) {
            throw unavailable(folder, e);
        } catch (JacksonException e) {
            throw damaged(file, e);
        }
    }

    private static Optional<Ending> ending(Path folder) {
        Path file = folder.resolve(STATUS);
        try {
            return Files.exists(file)
                    ? Optional.of(RunJson.MAPPER.readValue(Files.readAllBytes(file), Ending.class))
                    : Optional.empty();
        } catch (IOException e) {
            throw unavailable(folder, e);
        } catch (JacksonException e) {
            throw damaged(file, e);
        }
    }

    /// Reads the whole lines; half a line at the end is what a killed run left.
    private static List<SampleResult> readResults(Path file) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            // Half a line may end inside a character.
            String all = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            String whole = all.substring(0, all.lastIndexOf('\n') + 1);
            return whole.lines()
                    .map(line -> RunJson.MAPPER.readValue(line, SampleResult.class))
                    .toList();
        } catch (IOException e) {
            throw unavailable(file, e);
        } catch (JacksonException e) {
            throw damaged(file, e);
        }
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".part");
        Files.write(draft, bytes);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Fault unavailable(Path path, IOException cause) {
        return new Fault(
                Fault.Code.UNAVAILABLE,
                path + " cannot be read or written: " + cause.getMessage(),
                cause);
    }

    private static Fault damaged(Path file, Exception cause) {
        return new Fault(
                Fault.Code.CORRUPT,
                "%s is damaged (%s); move it away, or restore it, and run again."
                        .formatted(file, cause.getMessage()),
                cause);
    }

    private static void closeQuietly(@Nullable FileChannel channel, Exception cause) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }
    }

    @Override
    public void close() {
        try (lockChannel;
                results) {
            results.force(true);
        } catch (IOException e) {
            throw unavailable(folder, e);
        }
    }
}
