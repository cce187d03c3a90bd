package dev.polymnia.bench.peers;

import dev.polymnia.core.Fault;
import dev.polymnia.testkit.ChildProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A llama-server that runs as a child of this process; ends with it.
final class ServerProcess implements AutoCloseable {
    private static final long START_SECONDS = 180;

    private static final Duration GRACE = Duration.ofSeconds(20);

    private final ChildProcess child;
    private final URI address;
    private final Path log;

    private ServerProcess(ChildProcess child, URI address, Path log) {
        this.child = child;
        this.address = address;
        this.log = log;
    }

    /// Starts it and waits until its model is loaded.
    ///
    /// @param program llama-server
    /// @param weights the model file
    /// @param flags all that is not said by the others
    /// @throws Fault `UNAVAILABLE` if it does not start
    static ServerProcess start(Path program, Path weights, List<String> flags)
            throws InterruptedException {
        int port = freePort();
        List<String> command = new ArrayList<>();
        command.add(program.toString());
        command.addAll(List.of("-m", weights.toString()));
        command.addAll(List.of("--host", "127.0.0.1", "--port", Integer.toString(port)));
        command.addAll(flags);
        try {
            Path log = Files.createTempFile("llama-server", ".log");
            log.toFile().deleteOnExit(); // if this process is stopped before it can close
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile());
            ServerProcess server =
                    new ServerProcess(
                            ChildProcess.start(builder, GRACE),
                            URI.create("http://127.0.0.1:" + port + "/"),
                            log);
            server.awaitModel();
            return server;
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    program + " did not start; build it with bench/peer. " + e.getMessage(),
                    e);
        }
    }

    URI address() {
        return address;
    }

    ProcessHandle handle() {
        return child.process().toHandle();
    }

    private void awaitModel() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("health")).build();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (!answers(client, request)) {
                if (!child.process().isAlive() || System.nanoTime() > deadline) {
                    String said = lastWords();
                    close();
                    throw new Fault(
                            Fault.Code.UNAVAILABLE,
                            "llama-server did not get ready. Its last words: " + said);
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    private static boolean answers(HttpClient client, HttpRequest request)
            throws InterruptedException {
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false; // it does not listen yet
        }
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
        } catch (IOException e) {
            return "(" + e + ")";
        }
    }

    @Override
    public void close() {
        child.close();
        try {
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new Fault(Fault.Code.UNAVAILABLE, log + " cannot be deleted: " + e, e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new Fault(Fault.Code.UNAVAILABLE, "no port is free: " + e.getMessage(), e);
        }
    }
}
