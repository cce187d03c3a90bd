package dev.polymnia.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Cancellation;
import dev.polymnia.models.CacheFolder;
import dev.polymnia.models.ModelStore;
import dev.polymnia.models.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;

/// llama.cpp's own server with the small test model, as a Python package brings it. The package
/// (102 MB) is installed once into the user's cache, the server started once for all tests of this
/// process; it ends with it, as its input does.
final class LlamaServer {
    private static final String PACKAGE = "xllamacpp";
    private static final String VERSION = "2026.10.11549";
    private static final Pattern BUSY = Pattern.compile("\"is_processing\":\\s*true");

    private LlamaServer() {}

    private static final class Started {
        static final int PORT = freePort();
        static final Process PROCESS = start();
    }

    /// Returns the server's address, once nothing is computed there any more: what an earlier test
    /// has cancelled may still be at work, and rows that are computed together have other rounding
    /// errors than alone.
    static String idleUrl() {
        if (!Started.PROCESS.isAlive()) {
            throw new IllegalStateException("llama.cpp's server has ended");
        }
        String url = "http://127.0.0.1:" + Started.PORT;
        try {
            while (BUSY.matcher(read(URI.create(url + "/slots"))).find()) {
                Thread.onSpinWait();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return url;
    }

    private static String read(URI address) throws IOException {
        try (InputStream in = address.toURL().openStream()) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static Process start() {
        ModelStore store = ModelStore.ofThisMachine();
        Path model =
                store.fetch(
                        store.catalogue().find("smollm2-135m"), Progress.NONE, new Cancellation());
        try {
            Path folder = Files.createTempDirectory("llama-server");
            Path script = folder.resolve("server.py");
            try (InputStream in =
                    requireNonNull(LlamaServer.class.getResourceAsStream("server.py"))) {
                Files.copy(in, script);
            }
            Path log = folder.resolve("log");
            Process process =
                    new ProcessBuilder(
                                    python(),
                                    script.toString(),
                                    installed().toString(),
                                    model.toString(),
                                    String.valueOf(Started.PORT))
                            .redirectError(log.toFile())
                            .start();
            awaitReady(process, log);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitReady(Process process, Path log) throws IOException {
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.equals("ready")) {
                return;
            }
        }
        throw new IllegalStateException(
                "llama.cpp's server does not start:\n" + Files.readString(log));
    }

    /// Returns the folder of the package.
    private static Path installed() throws IOException {
        Path tests = CacheFolder.ofThisMachine().root().resolve("test");
        Path target = tests.resolve(PACKAGE + "-" + VERSION);
        if (Files.isDirectory(target)) {
            return target;
        }
        Files.createDirectories(tests);
        Path fresh = Files.createTempDirectory(tests, ".install-");
        Path log = fresh.resolveSibling(fresh.getFileName() + ".log");
        run(
                log,
                List.of(
                        python(),
                        "-m",
                        "pip",
                        "install",
                        "--quiet",
                        "--disable-pip-version-check",
                        "--only-binary=:all:",
                        "--no-deps",
                        "--target",
                        fresh.toString(),
                        PACKAGE + "==" + VERSION));
        Files.deleteIfExists(log);
        try {
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            // Another process was quicker; what it has is the same.
            run(log, List.of("rm", "-r", fresh.toString()));
            Files.deleteIfExists(log);
        }
        return target;
    }

    private static void run(Path log, List<String> line) throws IOException {
        try {
            int code =
                    new ProcessBuilder(line)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start()
                            .waitFor();
            if (code != 0) {
                throw new IllegalStateException(
                        "This test needs python3 with pip and the package %s %s; '%s' says:\n%s"
                                .formatted(
                                        PACKAGE,
                                        VERSION,
                                        String.join(" ", line),
                                        Files.readString(log)));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String python() {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            Path python = Path.of(folder, "python3");
            if (Files.isExecutable(python)) {
                return python.toString();
            }
        }
        throw new IllegalStateException(
                "This test needs python3 with pip on the PATH, to run llama.cpp's server.");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
