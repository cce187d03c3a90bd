package dev.polymnia.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// What there is outside of the sandbox to be reached: a secret in a file, open ports, local
/// sockets, a process. Knows when something of it was touched.
final class Host implements AutoCloseable {
    /// Listens on a local socket without a file, tells when somebody comes, and ends with its
    /// input.
    private static final String LISTENER =
            """
            import socket, sys, threading
            server = socket.socket(socket.AF_UNIX)
            server.bind("\\0" + sys.argv[1])
            server.listen()
            def accept():
                server.accept()
                print("reached", flush=True)
            threading.Thread(target=accept, daemon=True).start()
            print("ready", flush=True)
            sys.stdin.read()
            """;

    private static final String SECRET = "a secret of the host";

    private final String id = UUID.randomUUID().toString();
    private final Path folder;
    private final Path secret;
    private final ServerSocketChannel tcp;
    private final DatagramChannel udp;
    private final Path socket;
    private final ServerSocketChannel local;
    private final Process listener;
    private final BufferedReader listenerWords;

    private Host() throws IOException {
        folder = Files.createTempDirectory("polymnia-host-");
        secret = Files.writeString(folder.resolve("secret"), SECRET);
        tcp =
                ServerSocketChannel.open()
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        tcp.configureBlocking(false);
        udp =
                DatagramChannel.open()
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        udp.configureBlocking(false);
        socket = folder.resolve("socket");
        local = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        local.bind(UnixDomainSocketAddress.of(socket));
        local.configureBlocking(false);
        String python = Python.candidates().getFirst().toString();
        listener =
                new ProcessBuilder(python, "-c", LISTENER, id)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        listenerWords = new BufferedReader(new InputStreamReader(listener.getInputStream(), UTF_8));
        if (!"ready".equals(listenerWords.readLine())) {
            throw new IOException("The listener does not start.");
        }
    }

    static Host open() {
        try {
            return new Host();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Returns a program with what it needs to know about the host.
    String fill(String program) {
        return program.replace("MARKER", marker())
                .replace("SECRET_FILE", secret.toString())
                .replace("HOST_FOLDER", folder.toString())
                .replace("WORKING_FOLDER", Path.of("").toAbsolutePath().toString())
                .replace("TCP_PORT", Integer.toString(tcp.socket().getLocalPort()))
                .replace("UDP_PORT", Integer.toString(udp.socket().getLocalPort()))
                .replace("SOCKET_FILE", socket.toString())
                .replace("SOCKET_NAME", id)
                .replace("LISTENER_PID", Long.toString(listener.pid()));
    }

    /// Returns what was touched since the last time, in words.
    List<String> harm() {
        List<String> harm = new ArrayList<>();
        try {
            if (!Files.readString(secret).equals(SECRET)) {
                harm.add("the secret was changed");
            }
            try (var files = Files.list(folder)) {
                if (files.count() != 2) {
                    harm.add("a file was made in the host's folder");
                }
            }
            if (isReached(tcp)) {
                harm.add("the TCP port was reached");
            }
            if (udp.receive(ByteBuffer.allocate(16)) != null) {
                harm.add("the UDP port was reached");
            }
            if (isReached(local)) {
                harm.add("the local socket was reached");
            }
            if (!listener.isAlive()) {
                harm.add("the listener was killed");
            } else if (listenerWords.ready()) {
                harm.add("the listener was " + listenerWords.readLine());
            }
            if (isAlive(marker())) {
                harm.add("a process of the program is alive");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return harm;
    }

    /// Waits until the listener is dead.
    void awaitListener() {
        listener.onExit().join();
    }

    /// Tells whether there is a process that has a word in its command line.
    static boolean isAlive(String word) throws IOException {
        try (DirectoryStream<Path> processes =
                Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (commandLine(process).contains(word)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static String commandLine(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"), ISO_8859_1);
        } catch (IOException _) {
            return ""; // it ended meanwhile
        }
    }

    private static boolean isReached(ServerSocketChannel server) throws IOException {
        try (var visitor = server.accept()) {
            return visitor != null;
        }
    }

    private String marker() {
        return "marker-" + id;
    }

    @Override
    public void close() throws IOException {
        listener.destroyForcibly().onExit().join();
        listenerWords.close();
        tcp.close();
        udp.close();
        local.close();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
