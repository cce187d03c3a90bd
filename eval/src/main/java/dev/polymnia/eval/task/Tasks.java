package dev.polymnia.eval.task;

import dev.polymnia.core.Fault;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Loads tasks: those that come with Polymnia, and those of a user's definition files, whose format
/// `docs/guide/eval-tasks.md` describes. Data is never fetched; it is read from the user's folder.
public final class Tasks {
    private static final List<String> SUITES =
            List.of(
                    "gsm8k",
                    "gsm8k-train",
                    "humaneval",
                    "mbpp",
                    "ifeval",
                    "bbh",
                    "bbh-cot",
                    "arc-agi-1",
                    "arc-agi-2");

    private Tasks() {}

    /// A definition, and the part of it that is meant.
    ///
    /// @param asked how the user named it
    /// @param file the definition
    /// @param between what stands between its name and that of a part
    /// @param part empty for the whole
    private record Named(String asked, DefinitionFile file, String between, String part) {}

    /// Returns the names of the tasks that come with Polymnia. Each of BIG-Bench Hard's is there
    /// twice: `bbh/…` asks without examples, `bbh-cot/…` with the three published ones.
    public static List<String> names() {
        List<String> names = new ArrayList<>();
        for (String suite : SUITES) {
            List<String> parts = DefinitionReader.of(DefinitionFile.builtIn(suite)).parts();
            if (parts.isEmpty()) {
                names.add(suite);
            }
            parts.forEach(part -> names.add(suite + "/" + part));
        }
        return names;
    }

    /// Loads a task whose licence need not be accepted.
    ///
    /// @param nameOrFile the name of a task or of a definition file
    /// @param dataFolder where the data sets lie
    /// @param selection which samples
    /// @throws Fault as the method with accepted licences does
    public static Task load(String nameOrFile, Path dataFolder, Selection selection) {
        return load(nameOrFile, dataFolder, selection, Set.of());
    }

    /// Loads a task.
    ///
    /// @param nameOrFile a name of [#names()], or the path of a definition file; `FILE#PART` if the
    ///   file has parts
    /// @param dataFolder where the data sets lie
    /// @param selection which samples
    /// @param accepted the licences that the user has accepted, as definitions name them
    /// @throws Fault with `NOT_FOUND` if there is no such task; `INVALID` if it has parts and none
    ///   is named, its licence is not accepted, the definition, a prompt file, the exemplars or the
    ///   data are missing or not as they should be, or the selection goes beyond the data;
    ///   `UNAVAILABLE` if a file cannot be read
    public static Task load(
            String nameOrFile, Path dataFolder, Selection selection, Set<String> accepted) {
        Named named = find(nameOrFile);
        DefinitionReader reader = DefinitionReader.of(named.file());
        List<String> parts = reader.parts();
        if (named.part().isEmpty() && !parts.isEmpty()) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "'%s' is %d tasks; name one of them, such as %s."
                            .formatted(
                                    nameOrFile,
                                    parts.size(),
                                    nameOrFile + named.between() + parts.getFirst()));
        }
        return make(reader, named, named.part(), dataFolder, selection, accepted);
    }

    /// Loads all tasks of a name whose licence need not be accepted.
    ///
    /// @param nameOrFile the name of a task, of several, or of a definition file
    /// @param dataFolder where the data sets lie
    /// @param selection which samples of each task
    /// @throws Fault as the method with accepted licences does
    public static List<Task> loadAll(String nameOrFile, Path dataFolder, Selection selection) {
        return loadAll(nameOrFile, dataFolder, selection, Set.of());
    }

    /// Loads all tasks of a name: the 27 of `bbh` or of `bbh-cot`, the parts of a definition file,
    /// or the one task that the name is.
    ///
    /// @param nameOrFile the name of a task, of several, or of a definition file
    /// @param dataFolder where the data sets lie
    /// @param selection which samples of each task
    /// @param accepted the licences that the user has accepted, as definitions name them
    /// @return at least one task
    /// @throws Fault as loading a single task does
    public static List<Task> loadAll(
            String nameOrFile, Path dataFolder, Selection selection, Set<String> accepted) {
        Named named = find(nameOrFile);
        DefinitionReader reader = DefinitionReader.of(named.file());
        List<String> parts = reader.parts();
        boolean one = parts.isEmpty() || !named.part().isEmpty();
        return (one ? List.of(named.part()) : parts)
                .stream()
                        .map(part -> make(reader, named, part, dataFolder, selection, accepted))
                        .toList();
    }

    private static Task make(
            DefinitionReader reader,
            Named named,
            String part,
            Path dataFolder,
            Selection selection,
            Set<String> accepted) {
        List<String> parts = reader.parts();
        if (!part.isEmpty() && !parts.contains(part)) {
            throw new Fault(
                    Fault.Code.NOT_FOUND,
                    "There is no task '%s'; the parts of %s are: %s."
                            .formatted(
                                    named.asked(),
                                    named.file().name(),
                                    parts.isEmpty() ? "none" : String.join(", ", parts)));
        }
        return TaskMaker.make(reader.read(part), new DataFolder(dataFolder), selection, accepted);
    }

    private static Named find(String asked) {
        int slash = asked.indexOf('/');
        String suite = slash < 0 ? asked : asked.substring(0, slash);
        if (SUITES.contains(suite)) {
            String part = slash < 0 ? "" : asked.substring(slash + 1);
            return new Named(asked, DefinitionFile.builtIn(suite), "/", part);
        }
        int hash = asked.lastIndexOf('#');
        return file(asked)
                .map(file -> new Named(asked, DefinitionFile.of(file), "#", ""))
                .or(() ->
                        file(asked.substring(0, Math.max(hash, 0)))
                                .map(file ->
                                        new Named(
                                                asked,
                                                DefinitionFile.of(file),
                                                "#",
                                                asked.substring(hash + 1))))
                .orElseThrow(() ->
                        new Fault(
                                Fault.Code.NOT_FOUND,
                                ("There is no task '%s' and no definition file of that name; the"
                                                + " tasks are %s.")
                                        .formatted(asked, String.join(", ", SUITES))));
    }

    private static Optional<Path> file(String name) {
        try {
            return Optional.of(Path.of(name)).filter(Files::isRegularFile);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
