package dev.polymnia.llama.library;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The native libraries of llama.cpp on this machine: they are there, but not loaded yet.
///
/// @param folder holds them all, back ends included; absolute
/// @param ggmlBase to be loaded first
/// @param ggml to be loaded second
/// @param llama to be loaded third
/// @param device what they can compute on besides the CPU: `cuda`, `vulkan` or `metal`; `cpu` for
///   nothing else; `own` for a build of the user's own, which may hold anything
/// @param why why this device was chosen, for a person
public record NativeLibraries(
        Path folder, Path ggmlBase, Path ggml, Path llama, String device, String why) {
    /// Checks the parts.
    public NativeLibraries {
        requireNonNull(folder, "folder is null");
        requireNonNull(ggmlBase, "ggmlBase is null");
        requireNonNull(ggml, "ggml is null");
        requireNonNull(llama, "llama is null");
        requireNonNull(device, "device is null");
        requireNonNull(why, "why is null");
    }

    /// Finds the libraries in a folder.
    ///
    /// @param advice what to do if they are not there
    /// @throws Fault with `UNAVAILABLE` if one of them is not there
    static NativeLibraries in(Path folder, String device, String why, String advice) {
        Path absolute = folder.toAbsolutePath().normalize();
        return new NativeLibraries(
                absolute,
                required(absolute, "ggml-base", advice),
                required(absolute, "ggml", advice),
                required(absolute, "llama", advice),
                device,
                why);
    }

    /// Finds a library by its name without what systems and versions add: `libllama.so`,
    /// `libllama.v0.5.0.so`, `libllama.cuda.v0.5.0.so`, `libllama.so.0`, `libllama.dylib` and
    /// `llama.dll` are all `llama`, but `libllama-common.so` is not.
    ///
    /// @return of several the one with the shortest name, because that is the link a build makes
    static Optional<Path> find(Path folder, String name) {
        Pattern pattern =
                Pattern.compile("(lib)?" + name + "(\\.\\w+)*\\.(so(\\.\\d+)*|dylib|dll)");
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> pattern.matcher(fileName(file)).matches())
                    .min(
                            Comparator.comparingInt((Path file) -> fileName(file).length())
                                    .thenComparing(Comparator.naturalOrder()));
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "Cannot read the folder " + folder + " with the libraries of llama.cpp.",
                    e);
        }
    }

    private static Path required(Path folder, String name, String advice) {
        return find(folder, name)
                .orElseThrow(() ->
                        new Fault(
                                Fault.Code.UNAVAILABLE,
                                "The library "
                                        + name
                                        + " of llama.cpp is not in "
                                        + folder
                                        + ". "
                                        + advice));
    }

    private static String fileName(Path file) {
        return String.valueOf(file.getFileName());
    }
}
