package dev.polymnia.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polymnia.core.Fault;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// An installation of Python.
///
/// @param executable its program, with all links followed
/// @param prefix the folder that has its library
/// @param version such as `3.11.2`
/// @param packages where it would look for packages that were installed beside the library
record Python(Path executable, Path prefix, String version, List<Path> packages) {
    private static final Path USR = Path.of("/usr");
    private static final int SECONDS = 20;

    /// `-S` leaves a virtual environment out, so the answer is about the installation itself.
    private static final String QUESTION =
            """
            import os, site, sys
            print(os.path.realpath(sys.executable))
            print(os.path.realpath(sys.base_prefix))
            print("%d.%d.%d" % sys.version_info[:3])
            for folder in site.getsitepackages([sys.base_prefix]):
                print(folder)
            """;

    /// Returns where a Python may be, the best first: those of the system, whose files are in the
    /// box anyway and which every user can read, then others on the PATH.
    static List<Path> candidates() {
        List<Path> found =
                Stream.concat(Programs.onPath(), Stream.of(Path.of("/usr/bin")))
                        .map(folder -> folder.resolve("python3"))
                        .filter(Programs::isProgram)
                        .distinct()
                        .toList();
        Set<Path> candidates = new LinkedHashSet<>();
        found.stream().filter(Python::liesInSystem).forEach(candidates::add);
        candidates.addAll(found);
        return List.copyOf(candidates);
    }

    /// Asks a program what it is.
    ///
    /// @throws Fault with `UNAVAILABLE` if it is no Python, does not answer, or is installed in a
    ///   folder that holds more than it; `CANCELLED` if the thread is interrupted
    static Python ask(Path program) {
        try {
            Process process =
                    new ProcessBuilder(program.toString(), "-I", "-S", "-c", QUESTION)
                            .redirectInput(new File("/dev/null"))
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            try {
                if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                    throw unusable(program, "it did not answer in %d s".formatted(SECONDS));
                }
                String answer = new String(process.getInputStream().readAllBytes(), UTF_8);
                return parse(program, answer);
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "%s cannot be started: %s.".formatted(program, e.getMessage()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault(Fault.Code.CANCELLED, "Opening the sandbox was interrupted.", e);
        }
    }

    /// Reads an answer.
    ///
    /// @throws Fault with `UNAVAILABLE` as [#ask] does
    static Python parse(Path program, String answer) {
        List<String> lines = answer.lines().toList();
        if (lines.size() < 3 || !lines.get(2).startsWith("3.")) {
            throw unusable(program, "it does not answer as Python 3 does");
        }
        Path executable = Path.of(lines.get(0));
        Path prefix = Path.of(lines.get(1));
        if (!executable.startsWith(USR) && !executable.startsWith(prefix)) {
            throw unusable(program, "%s is not in %s".formatted(executable, prefix));
        }
        if (isShared(prefix)) {
            throw unusable(program, "its folder %s holds more than Python".formatted(prefix));
        }
        List<Path> packages = lines.stream().skip(3).map(Path::of).toList();
        return new Python(executable, prefix, lines.get(2), packages);
    }

    /// Tells whether the program would be in the box without being brought into it.
    boolean isOfSystem() {
        return prefix.startsWith(USR);
    }

    private static boolean liesInSystem(Path program) {
        try {
            return program.toRealPath().startsWith(USR);
        } catch (IOException _) {
            return false; // it has gone, or a folder on the way is closed to us
        }
    }

    /// Tells whether a folder is one that other things lie in: the root, this user's home, a folder
    /// above it, or its `.local`.
    private static boolean isShared(Path prefix) {
        Path home = real(Path.of(System.getProperty("user.home", "/root")));
        return !prefix.startsWith(USR)
                && (prefix.getNameCount() == 0
                        || home.startsWith(prefix)
                        || prefix.equals(home.resolve(".local"))
                        || !Files.isDirectory(prefix.resolve("lib")));
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException _) {
            return path; // there is no such home
        }
    }

    private static Fault unusable(Path program, String why) {
        return new Fault(
                Fault.Code.UNAVAILABLE,
                "%s cannot be used: %s. Install Python 3 (apt install python3)."
                        .formatted(program, why));
    }
}
