package dev.polymnia.sandbox;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How the child JVM is started: this program's Java, with nothing but GraalPy on its class path.
///
/// @param java the program that starts a JVM
/// @param folder the jars of the module `graalpy`; what GraalPy unpacks is kept below it
/// @param version GraalPy's
record ChildJvm(Path java, Path folder, String version) {
    private static final Pattern GRAAL_PY = Pattern.compile("python-language-(.+)\\.jar");
    private static final long MIB = 1024 * 1024;

    /// What GraalPy itself takes of the heap.
    private static final long OWN_BYTES = 192 * MIB;

    /// Looks at a folder.
    ///
    /// @throws Fault with `UNAVAILABLE` if GraalPy is not there
    static ChildJvm of(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            Optional<String> version =
                    files.map(file -> GRAAL_PY.matcher(file.getFileName().toString()))
                            .filter(Matcher::matches)
                            .map(matcher -> matcher.group(1))
                            .findFirst();
            return new ChildJvm(
                    ownJava(),
                    folder,
                    version.orElseThrow(() -> missing("%s has no GraalPy".formatted(folder))));
        } catch (IOException e) {
            throw missing("the folder %s cannot be read".formatted(folder));
        }
    }

    /// Returns the fault that tells how to get GraalPy.
    ///
    /// @param what is missing
    static Fault missing(String what) {
        return new Fault(
                Fault.Code.UNAVAILABLE,
                "GraalPy cannot be used, as %s: in a checkout, ./build graalpy fetches it; POLYMNIA_GRAALPY names another folder."
                        .formatted(what));
    }

    /// Returns the command for a program.
    List<String> command(Limits limits) {
        long heap = OWN_BYTES + limits.memoryBytes() + limits.scratchBytes();
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.add("-Xmx%dm".formatted((heap + MIB - 1) / MIB));
        command.addAll(
                List.of(
                        // What is not the heap.
                        "-XX:MaxMetaspaceSize=256m",
                        "-XX:ReservedCodeCacheSize=96m",
                        "-XX:MaxDirectMemorySize=16m",
                        // Few threads; and the second compiler costs a start more than it gains.
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        // No files, and no way in.
                        "-XX:-UsePerfData",
                        "-XX:+DisableAttachMechanism",
                        "-XX:-CreateCoredumpOnCrash",
                        "-XX:+ErrorFileToStderr",
                        // Standard output belongs to the frames.
                        "-XX:+DisplayVMOutputToStderr",
                        "--sun-misc-unsafe-memory-access=allow",
                        // No code in this JVM, GraalPy's included, may call native functions.
                        "--illegal-native-access=deny",
                        "-Dpolyglot.engine.userResourceCache=" + folder.resolve("unpacked"),
                        "-Dpolyglot.engine.WarnInterpreterOnly=false",
                        "-Dpolyglotimpl.AttachLibraryFailureAction=ignore",
                        "--class-path",
                        folder.resolve("*").toString(),
                        "dev.polymnia.graalpy.Child"));
        return command;
    }

    private static Path ownJava() {
        Path bin = Path.of(System.getProperty("java.home"), "bin");
        Path windows = bin.resolve("java.exe");
        return Files.exists(windows) ? windows : bin.resolve("java");
    }
}
