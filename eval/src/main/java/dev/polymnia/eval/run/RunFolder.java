package dev.polymnia.eval.run;

import dev.polymnia.core.Fault;
import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.RunSetup;
import dev.polymnia.eval.Sample;
import dev.polymnia.eval.SampleResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
///
/// A run may be published without what it asks, which is the data's (`samples` of `run.json` is
/// empty): the questions are put back when the run is opened with the same setup, and so with the
/// same data.
public final class RunFolder implements AutoCloseable {
    private static final String HEAD = "run.json";
    private static final String RESULTS = "results.jsonl";
    private static final String STATUS = "status.json";

    private final Path folder;
    private final RunHead head;
    private final FolderLock lock;
    private final LineFile results;

    private RunFolder(Path folder, RunHead head, FolderLock lock, LineFile results) {
        this.folder = folder;
        this.head = head;
        this.lock = lock;
        this.results = results;
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
        FolderLock lock = null;
        try {
            Files.createDirectories(folder);
            lock = FolderLock.take(folder);
            List<StoredSample> stored = samples.stream().map(StoredSample::of).toList();
            if (!Files.exists(folder.resolve(HEAD))) {
                writeHead(
                        folder, new RunHead(RunHead.VERSION, id, setup, started, machine, stored));
            }
            RunHead head = readHead(folder);
            requireSame(folder, head.setup(), setup);
            if (head.isWithoutQuestions()) {
                head = head.withSamples(stored);
                writeHead(folder, head);
            }
            Files.deleteIfExists(folder.resolve(STATUS));
            return new RunFolder(folder, head, lock, LineFile.open(folder.resolve(RESULTS)));
        } catch (IOException e) {
            closeQuietly(lock, e);
            throw FolderFaults.unavailable(folder, e);
        } catch (RuntimeException e) {
            closeQuietly(lock, e);
            throw e;
        }
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
    void add(SampleResult result) {
        results.add(result);
    }

    /// Keeps how the run ended.
    void end(RunLog.Status status, String message) {
        try {
            write(
                    folder.resolve(STATUS),
                    RunJson.MAPPER.writeValueAsBytes(new Ending(status, message)));
        } catch (IOException e) {
            throw FolderFaults.unavailable(folder, e);
        }
    }

    /// Returns all that is known of the run now.
    RunLog log() {
        return read(folder, head);
    }

    /// Reads a run without working on it; it may be running.
    ///
    /// @throws Fault `NOT_FOUND` if the folder holds no run, `INVALID` if another version of
    ///   Polymnia wrote it or its questions are not in it, `CORRUPT` if a file is damaged
    public static RunLog read(Path folder) {
        RunHead head = readHead(folder);
        if (head.isWithoutQuestions()) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The run in %s is there without its questions; polymnia eval with the same task, model and data puts them back and asks only what is not finished."
                            .formatted(folder));
        }
        return read(folder, head);
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

    /// Checks that a folder holds a run.
    ///
    /// @throws Fault `NOT_FOUND` if it does not
    static void requireThere(Path folder) {
        if (!Files.exists(folder.resolve(HEAD))) {
            throw new Fault(
                    Fault.Code.NOT_FOUND, "There is no run in " + folder + ": no " + HEAD + ".");
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
        requireThere(folder);
        Path file = folder.resolve(HEAD);
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
            throw FolderFaults.unavailable(folder, e);
        } catch (JacksonException e) {
            throw FolderFaults.damaged(file, e);
        }
    }

    private static Optional<Ending> ending(Path folder) {
        Path file = folder.resolve(STATUS);
        try {
            return Files.exists(file)
                    ? Optional.of(RunJson.MAPPER.readValue(Files.readAllBytes(file), Ending.class))
                    : Optional.empty();
        } catch (IOException e) {
            throw FolderFaults.unavailable(folder, e);
        } catch (JacksonException e) {
            throw FolderFaults.damaged(file, e);
        }
    }

    private static List<SampleResult> readResults(Path file) {
        return LineFile.read(file, LineFile.lines(file), RunJson::readResult);
    }

    private static void writeHead(Path folder, RunHead head) throws IOException {
        write(folder.resolve(HEAD), RunJson.MAPPER.writeValueAsBytes(head));
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".part");
        Files.write(draft, bytes);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void closeQuietly(@Nullable FolderLock lock, Exception cause) {
        if (lock != null) {
            try {
                lock.close();
            } catch (Fault fault) {
                cause.addSuppressed(fault);
            }
        }
    }

    @Override
    public void close() {
        try (lock) {
            results.close();
        }
    }
}
