package dev.polymnia.llama.library;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.models.CacheFolder;
import dev.polymnia.models.NpmPackages;
import dev.polymnia.models.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/// Where the native libraries of llama.cpp are: in a build of the user's own if
/// `POLYMNIA_LLAMA_HOME` names one, else in what the installation brought along, else in the cache,
/// where npm brings them if they are not there yet. Immutable.
public final class LibraryFolder {
    /// The setting that names a build of the user's own: the folder with the libraries, or one that
    /// has them in `lib`, `lib64` or `bin`.
    static final String HOME = "POLYMNIA_LLAMA_HOME";

    private static final String SCOPE = "@node-llama-cpp/";

    private final Map<String, String> environment;
    private final Properties system;
    private final Path root;
    private final LlamaPackages packages;

    LibraryFolder(
            Map<String, String> environment, Properties system, Path root, LlamaPackages packages) {
        this.environment = Map.copyOf(environment);
        this.system = requireNonNull(system, "system is null");
        this.root = requireNonNull(root, "root is null");
        this.packages = requireNonNull(packages, "packages is null");
    }

    /// Returns the libraries for this machine; fetches them first if need be, some 10 MB, or up to
    /// 150 MB for a graphics device, and blocks until that is done.
    ///
    /// @param progress is told of the transfer, if there is one
    /// @param cancellation ends a transfer early
    /// @throws Fault with `UNSUPPORTED` if there are none for this machine, `INVALID` if
    ///   `POLYMNIA_DEVICE` is wrong, `UNAVAILABLE` if a folder lacks a library or npm cannot bring
    ///   them, `CORRUPT` if it brought something else, `CANCELLED`
    public static NativeLibraries ofThisMachine(Progress progress, Cancellation cancellation) {
        return new LibraryFolder(
                        System.getenv(), System.getProperties(), Path.of("/"), LlamaPackages.load())
                .resolve(progress, cancellation);
    }

    /// Returns the libraries that [#ofThisMachine] would return, if they are here already.
    ///
    /// @throws Fault as there, but nothing is fetched
    public static Optional<NativeLibraries> installed() {
        return new LibraryFolder(
                        System.getenv(), System.getProperties(), Path.of("/"), LlamaPackages.load())
                .find();
    }

    /// Does what [#installed] says.
    Optional<NativeLibraries> find() {
        Optional<Path> own = own();
        if (own.isPresent()) {
            return Optional.of(ownBuild(own.get()));
        }
        DeviceChoice choice = choice();
        Path target = target(choice);
        return Files.isDirectory(target) ? Optional.of(unpacked(choice, target)) : Optional.empty();
    }

    /// Does what [#ofThisMachine] says.
    NativeLibraries resolve(Progress progress, Cancellation cancellation) {
        Optional<Path> own = own();
        if (own.isPresent()) {
            return ownBuild(own.get());
        }
        return fetched(choice(), progress, cancellation);
    }

    private Optional<Path> own() {
        String own = environment.getOrDefault(HOME, "").strip();
        return own.isEmpty() ? Optional.empty() : Optional.of(Path.of(own));
    }

    private DeviceChoice choice() {
        Platform platform = Platform.of(system);
        Drivers drivers = Drivers.find(platform, root, environment);
        return DeviceChoice.of(platform, drivers, packages, environment);
    }

    /// What the installation brought comes first; npm takes a folder that is there as it is.
    private Path target(DeviceChoice choice) {
        CacheFolder cache = CacheFolder.of(environment, system);
        String name = choice.packageName() + "-" + packages.version();
        return cache.bundledLibraries()
                .map(libraries -> libraries.resolve(name))
                .filter(Files::isDirectory)
                .orElse(cache.libraries().resolve(name));
    }

    private static NativeLibraries ownBuild(Path home) {
        Path folder =
                List.of(home, home.resolve("lib"), home.resolve("lib64"), home.resolve("bin"))
                        .stream()
                        .filter(candidate -> NativeLibraries.find(candidate, "llama").isPresent())
                        .findFirst()
                        .orElse(home);
        return NativeLibraries.in(
                folder,
                "own",
                HOME + " names this build",
                "Build llama.cpp as shared libraries (BUILD_SHARED_LIBS=ON) and set "
                        + HOME
                        + " to their folder, or unset it to have a build fetched.");
    }

    private NativeLibraries fetched(
            DeviceChoice choice, Progress progress, Cancellation cancellation) {
        String name = choice.packageName();
        String integrity = packages.integrity(name).orElseThrow(() -> Platform.unsupported(name));
        Path target = target(choice);
        new NpmPackages(environment)
                .unpack(
                        SCOPE + name,
                        packages.version(),
                        integrity,
                        target,
                        progress,
                        cancellation);
        return unpacked(choice, target);
    }

    private static NativeLibraries unpacked(DeviceChoice choice, Path target) {
        return NativeLibraries.in(
                target.resolve("package").resolve("bins").resolve(choice.packageName()),
                choice.device().label(),
                choice.why(),
                "Delete " + target + " to have it fetched again.");
    }
}
