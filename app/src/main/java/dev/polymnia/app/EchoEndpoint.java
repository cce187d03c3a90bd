package dev.polymnia.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// An endpoint of Chat Completions on this machine, for rehearsals: it has one model, and whatever
/// that is asked, it says the same. Listens on loopback until it is closed.
final class EchoEndpoint implements AutoCloseable {
    private static final String CHUNK =
            """
            data: {"id":"1","object":"chat.completion.chunk","created":0,"model":"echo",\
            "choices":[%s],"usage":%s}

            """;
    private static final String USAGE =
            """
            {"prompt_tokens":9,"completion_tokens":2,"total_tokens":11}\
            """;

    private final ServerSocket socket;

    EchoEndpoint() throws IOException {
        socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("echo-endpoint").start(this::serve);
    }

    String address() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket caller = socket.accept()) {
                answer(caller);
            } catch (IOException e) {
                System.getLogger("polymnia")
                        .log(
                                System.Logger.Level.TRACE,
                                "a caller went away, or this is the end",
                                e);
            }
        }
    }

    private static void answer(Socket caller) throws IOException {
        InputStream in = new BufferedInputStream(caller.getInputStream());
        String first = line(in);
        long length = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Long.parseLong(line.substring(15).strip());
            }
        }
        in.skipNBytes(length);
        String text;
        if (first.contains("/chat/completions")) {
            text = head("200 OK", "text/event-stream") + words();
        } else if (first.contains("/models")) {
            text =
                    head("200 OK", "application/json")
                            + "{\"object\":\"list\",\"data\":[{\"id\":\"echo\",\"object\":\"model\"}]}";
        } else {
            text = head("404 Not Found", "application/json") + "{}";
        }
        caller.getOutputStream().write(text.getBytes(UTF_8));
    }

    private static String head(String status, String type) {
        return "HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nConnection: close\r\n\r\n";
    }

    private static String words() {
        return CHUNK.formatted(choice("{\"role\":\"assistant\",\"content\":\"4\"}", "null"), "null")
                + CHUNK.formatted(choice("{}", "\"stop\""), "null")
                + CHUNK.formatted("", USAGE)
                + "data: [DONE]\n\n";
    }

    private static String choice(String delta, String reason) {
        return "{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + reason + "}";
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int each = in.read(); each >= 0 && each != '\n'; each = in.read()) {
            line.append((char) each);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
