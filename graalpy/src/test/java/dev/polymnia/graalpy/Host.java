package dev.polymnia.graalpy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What there is outside of the sandbox to be reached: secrets in files, open ports, a local
/// socket, a process. Knows when something of it was touched.
final class Host implements AutoCloseable {
    private final Path folder;
    private final Map<Path, String> secrets;
    private final ServerSocketChannel tcp;
    private final DatagramChannel udp;
    private final Path socket;
    private final ServerSocketChannel local;
    private final Process sleeper;

    private Host() throws IOException {
        folder = Files.createTempDirectory("polymnia-host-");
        // GraalPy reads Python's own files by another way than others.
        secrets =
                Map.of(
                        folder.resolve("secret"), "a secret of the host",
                        folder.resolve("secret.py"), "secret = 'of the host'\n");
        for (Map.Entry<Path, String> secret : secrets.entrySet()) {
            Files.writeString(secret.getKey(), secret.getValue());
        }
        InetAddress loopback = InetAddress.getLoopbackAddress();
        tcp = ServerSocketChannel.open().bind(new InetSocketAddress(loopback, 0));
        tcp.configureBlocking(false);
        udp = DatagramChannel.open().bind(new InetSocketAddress(loopback, 0));
        udp.configureBlocking(false);
        socket = folder.resolve("socket");
        local = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        local.bind(UnixDomainSocketAddress.of(socket));
        local.configureBlocking(false);
        sleeper = new ProcessBuilder("sleep", "1000").start();
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
        return program.replace("SECRET_FILE", folder.resolve("secret").toString())
                .replace("HOST_FOLDER", folder.toString())
                .replace("WORKING_FOLDER", Path.of("").toAbsolutePath().toString())
                .replace("TCP_PORT", Integer.toString(tcp.socket().getLocalPort()))
                .replace("UDP_PORT", Integer.toString(udp.socket().getLocalPort()))
                .replace("SOCKET_FILE", socket.toString())
                .replace("SLEEPER_PID", Long.toString(sleeper.pid()))
                .replace("OUR_PID", Long.toString(ProcessHandle.current().pid()));
    }

    /// Returns what was touched, in words.
    List<String> harm() {
        List<String> harm = new ArrayList<>();
        try {
            for (Map.Entry<Path, String> secret : secrets.entrySet()) {
                if (!Files.readString(secret.getKey()).equals(secret.getValue())) {
                    harm.add("a secret was changed");
                }
            }
            try (Stream<Path> files = Files.list(folder)) {
                if (files.count() != secrets.size() + 1) {
                    harm.add("a file was made or removed in the host's folder");
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
            if (!sleeper.isAlive()) {
                harm.add("a process was killed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return harm;
    }

    /// Waits until the process is dead.
    void awaitSleeper() {
        sleeper.onExit().join();
    }

    private static boolean isReached(ServerSocketChannel server) throws IOException {
        try (var visitor = server.accept()) {
            return visitor != null;
        }
    }

    @Override
    public void close() throws IOException {
        sleeper.destroyForcibly().onExit().join();
        tcp.close();
        udp.close();
        local.close();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
