package dev.polymnia.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;

/// An OpenAI-compatible endpoint on a real socket that does what a test wants, however wrong. It
/// answers one request a connection. Thread-safe.
public final class FakeServer implements AutoCloseable {
    /// What is done with a request.
    @FunctionalInterface
    public interface Answer {
        /// Answers.
        ///
        /// @throws IOException if the client goes away, which is no failure of the test
        /// @throws InterruptedException never in a test that goes well
        void to(Call call) throws IOException, InterruptedException;
    }

    private final ServerSocket socket;
    private final List<Call> calls = new ArrayList<>(); // guarded by this
    private final List<Socket> open = new ArrayList<>(); // guarded by this
    private final LinkedBlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private volatile Answer models = call -> call.json(200, list("tiny", "somebody", ""));
    private volatile Answer last = call -> call.json(500, "{}");

    /// Starts a server that has the one model `tiny` and fails when it is asked for words.
    public FakeServer() {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("fake-server").start(this::accept);
    }

    /// Returns a list of one model.
    ///
    /// @param owner by which endpoints are known
    /// @param more further JSON fields, each after a comma
    public static String list(String name, String owner, String more) {
        return """
        {"object":"list","data":[{"id":"%s","object":"model","created":1,"owned_by":"%s"%s}]}\
        """
                .formatted(name, owner, more);
    }

    /// Returns its address, without a path.
    public String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    /// Returns its port.
    public int port() {
        return socket.getLocalPort();
    }

    /// Sets what is said of the models.
    ///
    /// @return this server
    public FakeServer models(Answer answer) {
        models = answer;
        return this;
    }

    /// Sets what is said of the models.
    ///
    /// @return this server
    public FakeServer models(String json) {
        return models(call -> call.json(200, json));
    }

    /// Adds what is done with the next requests; the last one is done again and again.
    ///
    /// @return this server
    public FakeServer then(Answer... more) {
        answers.addAll(List.of(more));
        last = more[more.length - 1];
        return this;
    }

    /// Returns the requests for answers so far.
    public synchronized List<Call> calls() {
        return calls.stream().filter(call -> call.path().endsWith("/completions")).toList();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = socket.accept();
                synchronized (this) {
                    open.add(connection);
                }
                Thread.ofVirtual().name("fake-server-call").start(() -> serve(connection));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            Call call = Call.read(connection);
            synchronized (this) {
                calls.add(call);
            }
            if (call.path().endsWith("/completions")) {
                Answer next = answers.poll();
                (next == null ? last : next).to(call);
            } else {
                models.to(call);
            }
        } catch (IOException | InterruptedException e) {
            // The client went away, or the test is over.
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
            synchronized (this) {
                for (Socket each : open) {
                    each.close();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One request, and the means to answer it.
    ///
    /// @param path what was asked for
    /// @param headers their names in small letters
    /// @param body what was sent
    /// @param out to the client
    /// @param in from the client
    public record Call(
            String path,
            Map<String, String> headers,
            String body,
            OutputStream out,
            InputStream in) {
        static Call read(Socket connection) throws IOException {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            String[] request = line(in).split(" ", -1);
            if (request.length < 3) {
                throw new IOException("that is no HTTP");
            }
            String path = request[1];
            Map<String, String> headers = new LinkedHashMap<>();
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
            String body = new String(in.readNBytes(length), UTF_8);
            return new Call(path, headers, body, connection.getOutputStream(), in);
        }

        private static String line(InputStream in) throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    throw new IOException("the client went away");
                }
                if (next != '\r') {
                    line.write(next);
                }
            }
            return line.toString(ISO_8859_1);
        }

        /// Answers with JSON.
        public void json(int status, String json, String... headers) throws IOException {
            respond(status, "application/json", json, headers);
        }

        /// Answers with an error as endpoints write it.
        public void error(int status, String message, String... headers) throws IOException {
            json(status, "{\"error\":{\"message\":\"" + message + "\"}}", headers);
        }

        /// Answers.
        public void respond(int status, String type, String body, String... headers)
                throws IOException {
            head(status, type, headers);
            raw(body);
        }

        private void head(int status, String type, String... headers) throws IOException {
            raw("HTTP/1.1 " + status + " X\r\nConnection: close\r\nContent-Type: " + type + "\r\n");
            for (String header : headers) {
                raw(header + "\r\n");
            }
            raw("\r\n");
        }

        /// Begins an answer in pieces.
        public Call stream() throws IOException {
            head(200, "text/event-stream");
            return this;
        }

        /// Sends one event.
        public Call data(String data) throws IOException {
            raw("data: " + data + "\n\n");
            return this;
        }

        /// Sends a piece of an answer.
        public Call delta(int index, String delta) throws IOException {
            return data(
                    "{\"choices\":[{\"index\":%d,\"delta\":{%s},\"finish_reason\":null}]}"
                            .formatted(index, delta));
        }

        /// Sends words.
        public Call says(int index, String words) throws IOException {
            return delta(index, "\"content\":\"" + words + "\"");
        }

        /// Sends the end of an answer.
        public Call finish(int index, String reason) throws IOException {
            return data(
                    "{\"choices\":[{\"index\":%d,\"delta\":{},\"finish_reason\":\"%s\"}]}"
                            .formatted(index, reason));
        }

        /// Sends what it cost.
        public Call usage(long prompt, long cached, long generated) throws IOException {
            return data(
                    """
                    {"choices":[],"usage":{"prompt_tokens":%d,"completion_tokens":%d,"total_tokens":%d,\
                    "prompt_tokens_details":{"cached_tokens":%d}}}\
                    """
                            .formatted(prompt, generated, prompt + generated, cached));
        }

        /// Sends the end of the stream.
        public void done() throws IOException {
            data("[DONE]");
        }

        /// Sends bytes as they are.
        public void raw(String text) throws IOException {
            out.write(text.getBytes(UTF_8));
            out.flush();
        }

        /// Waits until the client has closed the connection.
        public void awaitGone() {
            try {
                while (in.read() >= 0) {
                    // The client has nothing more to say.
                }
            } catch (IOException e) {
                // Closed hard.
            }
        }
    }
}
