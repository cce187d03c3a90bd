package dev.polymnia.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/// Puts shell scripts where programs are looked for.
///
/// @param folder the only folder on the `PATH`
record FakeProgram(Path folder) {
    FakeProgram {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Writes a script; it finds the usual tools, whoever calls it does not.
    void write(String name, String body) throws IOException {
        Path script = folder.resolve(name);
        Files.writeString(script, "#!/bin/sh\nPATH=/usr/bin:/bin\n" + body + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /// Writes a script that tells the id of a child of its own and then waits for ever.
    ///
    /// @return a pipe; reading it blocks until the script has started and gives the id
    Path writeEndless(String name) throws IOException, InterruptedException {
        Path pipe = folder.resolve("started");
        int exitCode = new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
        if (exitCode != 0) {
            throw new IOException("mkfifo ended with " + exitCode);
        }
        write(name, "sleep 100000 &\necho $! > '" + pipe + "'\nwait");
        return pipe;
    }

    Map<String, String> environment() {
        return Map.of("PATH", folder.toString());
    }
}
