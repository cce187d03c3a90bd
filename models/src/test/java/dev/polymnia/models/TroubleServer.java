package dev.polymnia.models;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.net.ssl.SSLServerSocketFactory;

/// A web server on this machine that answers whatever a test wants, byte for byte. Closing it ends
/// its connections.
final class TroubleServer implements AutoCloseable {
    private final ServerSocket listener;
    private final String scheme;
    private final Function<Request, Trouble> answers;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    /// What a client asked.
    ///
    /// @param path after the host; the whole address if the client takes this server for a proxy
    /// @param headers with small names
    record Request(String path, Map<String, String> headers) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        /// Returns the byte from which the client wants the file; 0 for all of it.
        int from() {
            String range = header("range");
            return range.isEmpty() ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        }
    }

    /// @param answers is asked for each request, in a thread for each connection
    TroubleServer(Function<Request, Trouble> answers) throws IOException {
        this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), "http", answers);
    }

    private TroubleServer(
            ServerSocket listener, String scheme, Function<Request, Trouble> answers) {
        this.listener = listener;
        this.scheme = scheme;
        this.answers = answers;
        Thread.ofVirtual().name("trouble-server").start(this::listen);
    }

    static TroubleServer encrypted(SSLServerSocketFactory keys, Function<Request, Trouble> answers)
            throws IOException {
        return new TroubleServer(
                keys.createServerSocket(0, 50, InetAddress.getLoopbackAddress()), "https", answers);
    }

    /// A server that has one file, and does everything right.
    static TroubleServer good(byte[] file) throws IOException {
        return new TroubleServer(request -> goodAnswer(file, request));
    }

    static Trouble goodAnswer(byte[] file, Request request) {
        Trouble answer =
                request.header("range").isEmpty()
                        ? Trouble.whole(file)
                        : Trouble.from(file, request.from());
        return answer.with("ETag", "\"good\"");
    }

    String address() {
        return scheme + "://localhost:" + listener.getLocalPort();
    }

    int port() {
        return listener.getLocalPort();
    }

    List<Request> requests() {
        return requests;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void listen() {
        try {
            while (true) {
                Socket socket = listener.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            gone(listener.isClosed(), e);
        }
    }

    /// A client may go away, and a test may end; nothing else may go wrong here.
    private static void gone(boolean expected, IOException failure) {
        if (!expected) {
            throw new UncheckedIOException(failure);
        }
    }

    private void serve(Socket socket) {
        try (socket;
                BufferedReader in =
                        new BufferedReader(
                                new InputStreamReader(socket.getInputStream(), ISO_8859_1));
                OutputStream out = socket.getOutputStream()) {
            String line = in.readLine();
            if (line == null) {
                return;
            }
            Request request = request(line, in);
            requests.add(request);
            answer(answers.apply(request), socket, in, out);
        } catch (IOException e) {
            gone(socket.isClosed(), e);
        }
    }

    private static Request request(String line, BufferedReader in) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (String each = in.readLine(); each != null && !each.isEmpty(); each = in.readLine()) {
            int colon = each.indexOf(':');
            headers.put(
                    each.substring(0, colon).toLowerCase(Locale.ROOT),
                    each.substring(colon + 1).strip());
        }
        return new Request(line.split(" ", -1)[1], headers);
    }

    private static void answer(Trouble trouble, Socket socket, BufferedReader in, OutputStream out)
            throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + trouble.status() + " x\r\n");
        trouble.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        head.append("Connection: close\r\n\r\n");
        out.write(head.toString().getBytes(ISO_8859_1));
        out.write(trouble.body());
        out.flush();
        switch (trouble.end()) {
            case CLOSE -> socket.shutdownOutput();
            case RESET -> socket.setSoLinger(true, 0);
            case SILENCE -> {
                int end = in.read();
                if (end >= 0) {
                    throw new IOException("the client sent more");
                }
            }
        }
    }
}
