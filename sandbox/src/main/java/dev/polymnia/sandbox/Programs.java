package dev.polymnia.sandbox;

import dev.polymnia.core.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The programs that make the box.
///
/// @param shell opens files for the others
/// @param bubblewrap makes the namespaces
/// @param prlimit sets limits; run inside the box, so it lies in a folder that is there
/// @param setpriv changes the user; run outside or inside the box
record Programs(Path shell, Path bubblewrap, Path prlimit, Path setpriv) {
    private static final List<Path> SYSTEM =
            Stream.of("/usr/bin", "/bin", "/usr/sbin", "/sbin").map(Path::of).toList();

    /// Finds them.
    ///
    /// @throws Fault with `UNAVAILABLE` if one is missing, with what to install
    static Programs find() {
        return new Programs(
                find("sh", "dash", SYSTEM),
                find("bwrap", "bubblewrap", Stream.concat(onPath(), SYSTEM.stream()).toList()),
                find("prlimit", "util-linux", SYSTEM),
                find("setpriv", "util-linux", SYSTEM));
    }

    /// Returns the folders of the PATH, in order.
    static Stream<Path> onPath() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(":", -1))
                .filter(folder -> folder.startsWith("/"))
                .map(Path::of);
    }

    private static Path find(String name, String debian, List<Path> folders) {
        return folders.stream()
                .map(folder -> folder.resolve(name))
                .filter(Programs::isProgram)
                .findFirst()
                .orElseThrow(() ->
                        new Fault(
                                Fault.Code.UNAVAILABLE,
                                "The program %s was not found: install it (apt install %s)."
                                        .formatted(name, debian)));
    }

    static boolean isProgram(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }
}
