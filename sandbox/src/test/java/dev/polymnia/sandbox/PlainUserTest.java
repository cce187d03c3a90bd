package dev.polymnia.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Fault;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// All attempts again in a Java program of a user without rights. If we are such a user, it is us.
final class PlainUserTest {
    /// Nobody's number; see [Uids].
    private static final String UID = "61100";

    @Test
    void contains_all_attempts_as_a_plain_user(@TempDir Path folder) throws Exception {
        // It may not be able to read the folder that the classes are in.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path classes = place(Sandbox.class);
        List<Path> places =
                List.of(classes, classes.resolveSibling("test-classes"), place(Fault.class));
        List<String> classPath = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            Path copy = folder.resolve("classes-" + i);
            copy(places.get(i), copy);
            classPath.add(copy.toString());
        }
        List<String> command = new ArrayList<>();
        if (!Footing.possible().contains(Footing.PLAIN)) {
            String setpriv = Programs.find().setpriv().toString();
            command.addAll(List.of(setpriv, "--reuid", UID, "--regid", UID, "--clear-groups"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath)));
        command.add(PlainUser.class.getName());

        String output = run(command, folder);

        assertThat(output)
                .contains(Footing.PLAIN.words())
                .endsWith(PlainUser.lastLine(Attempts.all().size()) + "\n");
    }

    private static String run(List<String> command, Path folder) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return output;
    }

    private static Path place(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
