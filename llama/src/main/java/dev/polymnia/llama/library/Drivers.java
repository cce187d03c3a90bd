package dev.polymnia.llama.library;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What this machine has of the software that back ends for graphics devices are linked against.
/// Only files are looked at, where the system's loader would look for them; nothing is loaded.
///
/// @param nvidia there is an NVIDIA driver
/// @param cudaRuntime there are the libraries of CUDA 13
/// @param vulkan there are a Vulkan loader and a graphics device
record Drivers(boolean nvidia, boolean cudaRuntime, boolean vulkan) {
    /// A machine without any.
    static final Drivers NONE = new Drivers(false, false, false);

    /// Looks at a machine.
    ///
    /// @param root `/`, or another folder that takes its place; Linux only
    /// @param environment looked up: `LD_LIBRARY_PATH`; `PATH` and `SystemRoot` on Windows
    static Drivers find(Platform platform, Path root, Map<String, String> environment) {
        return switch (platform.os()) {
            case LINUX -> onLinux(linuxFolders(platform, root, environment), root);
            case WINDOWS -> onWindows(windowsFolders(environment));
            case MAC -> NONE;
        };
    }

    private static Drivers onLinux(List<Path> folders, Path root) {
        boolean device =
                Files.exists(root.resolve("dev/dri/renderD128"))
                        || Files.exists(root.resolve("dev/nvidia0"))
                        || Files.exists(root.resolve("dev/dxg"));
        return new Drivers(
                has(folders, "libcuda.so.1"),
                has(folders, "libcudart.so.13") && has(folders, "libcublas.so.13"),
                device && has(folders, "libvulkan.so.1"));
    }

    private static Drivers onWindows(List<Path> folders) {
        // There, the Vulkan loader comes with the driver of a graphics device.
        return new Drivers(
                has(folders, "nvcuda.dll"),
                has(folders, "cudart64_13.dll") && has(folders, "cublas64_13.dll"),
                has(folders, "vulkan-1.dll"));
    }

    private static List<Path> linuxFolders(
            Platform platform, Path root, Map<String, String> environment) {
        String triple =
                switch (platform.architecture()) {
                    case X64 -> "x86_64-linux-gnu";
                    case ARM64 -> "aarch64-linux-gnu";
                };
        List<Path> folders = pathList(environment.getOrDefault("LD_LIBRARY_PATH", ""), ":");
        for (String folder : List.of("usr/lib", "usr/lib64", "usr/lib/" + triple, "lib64")) {
            folders.add(root.resolve(folder));
        }
        folders.addAll(loaderFolders(root));
        return folders;
    }

    /// Returns the folders that the files in `/etc/ld.so.conf.d` add, which is how installers of
    /// drivers and of CUDA make their libraries known (`man 8 ldconfig`).
    private static List<Path> loaderFolders(Path root) {
        Path folder = root.resolve("etc/ld.so.conf.d");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> folders = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isReadable).sorted().toList()) {
                Files.readAllLines(file).stream()
                        .map(String::strip)
                        .filter(line -> line.startsWith("/"))
                        .forEach(line -> folders.add(root.resolve(line.substring(1))));
            }
        } catch (IOException | UncheckedIOException _) {
            // A machine whose configuration cannot be read is one whose drivers are not found.
            return List.of();
        }
        return folders;
    }

    private static List<Path> windowsFolders(Map<String, String> environment) {
        List<Path> folders = pathList(environment.getOrDefault("PATH", ""), ";");
        for (Path windows : pathList(environment.getOrDefault("SystemRoot", ""), ";")) {
            folders.add(windows.resolve("System32"));
        }
        return folders;
    }

    private static List<Path> pathList(String list, String separator) {
        List<Path> folders = new ArrayList<>();
        for (String entry : list.split(separator, -1)) {
            try {
                if (!entry.isBlank()) {
                    folders.add(Path.of(entry));
                }
            } catch (InvalidPathException _) {
                // Not a folder, so nothing is in it; the system's loader passes over it as well.
            }
        }
        return folders;
    }

    private static boolean has(List<Path> folders, String file) {
        return folders.stream().anyMatch(folder -> Files.exists(folder.resolve(file)));
    }
}
