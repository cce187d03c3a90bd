package dev.polymnia.server;

import static java.util.Objects.requireNonNull;

import dev.polymnia.testkit.ChildProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The npm package `oidc-provider` on this machine, for the tests of a class. It is installed when
/// it is not there yet. Confined to one thread.
final class NodeProvider implements BeforeAllCallback, AfterAllCallback {
    static final String CLIENT = "polymnia";
    static final String SECRET = "the secret/of%it";

    private static final Path SOURCES = Path.of("src", "test", "oidc");
    private static final Path PLACE = Path.of("target", "oidc");

    private @Nullable ChildProcess child;
    private @Nullable BufferedReader out;
    private @Nullable Writer in;
    private String issuer = "";

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        install();
        ProcessBuilder node = new ProcessBuilder("node", "provider.mjs").directory(PLACE.toFile());
        node.redirectError(PLACE.resolve("provider.log").toFile());
        child = start(node);
        out = child.process().inputReader(StandardCharsets.UTF_8);
        in = child.process().outputWriter(StandardCharsets.UTF_8);
        issuer = line();
    }

    private static void install() throws Exception {
        Files.createDirectories(PLACE);
        Path lock = PLACE.resolve("package-lock.json");
        boolean there =
                Files.exists(PLACE.resolve("installed"))
                        && Files.mismatch(SOURCES.resolve("package-lock.json"), lock) < 0;
        for (String name : List.of("provider.mjs", "package.json", "package-lock.json")) {
            Files.copy(
                    SOURCES.resolve(name),
                    PLACE.resolve(name),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        if (there) {
            return;
        }
        Files.deleteIfExists(PLACE.resolve("installed"));
        Path log = PLACE.resolve("npm.log");
        ProcessBuilder npm =
                new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                        .directory(PLACE.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        try (ChildProcess installs = start(npm)) {
            if (installs.process().waitFor() != 0) {
                throw new IllegalStateException(
                        "npm could not install oidc-provider:\n" + Files.readString(log));
            }
        }
        Files.createFile(PLACE.resolve("installed"));
    }

    private static ChildProcess start(ProcessBuilder program) {
        try {
            return ChildProcess.start(program, Duration.ofSeconds(5));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "There is no %s; install Node.js with npm (Debian: apt-get install npm)."
                            .formatted(program.command().getFirst()),
                    e);
        }
    }

    private String line() throws IOException {
        String line = requireNonNull(out).readLine();
        if (line == null) {
            throw new IllegalStateException(
                    "The provider has ended:\n" + Files.readString(PLACE.resolve("provider.log")));
        }
        return line;
    }

    /// Returns what it calls itself.
    String issuer() {
        return issuer;
    }

    /// Begins anew, with nobody signed in.
    ///
    /// @param redirect where it may send browsers back to
    void sendBackTo(String redirect) throws IOException {
        Writer writer = requireNonNull(in);
        writer.write(redirect + "\n");
        writer.flush();
        String line = line();
        while (!line.equals("ready")) {
            // What it thinks of being used in a test.
            line = line();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        if (in != null) {
            in.close();
        }
        if (child != null) {
            child.close();
        }
    }
}
