package dev.polymnia.models;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// What a [TroubleServer] answers to one request: a head, and then bytes that may stop anywhere.
final class Trouble {
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;
    private final End end;

    private Trouble(int status, Map<String, String> headers, byte[] body, End end) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.end = end;
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    byte[] body() {
        return body.clone();
    }

    End end() {
        return end;
    }

    /// What happens after the body.
    enum End {
        /// The connection is closed in good order.
        CLOSE,
        /// The connection is reset.
        RESET,
        /// Nothing happens until the client goes away.
        SILENCE
    }

    static Trouble status(int status, String... headers) {
        return new Trouble(status, headers(headers), new byte[0], End.CLOSE)
                .with("Content-Length", "0");
    }

    /// A head, and then nothing for ever.
    static Trouble silent() {
        return new Trouble(200, Map.of(), new byte[0], End.SILENCE);
    }

    /// The whole file.
    static Trouble whole(byte[] file) {
        return new Trouble(200, Map.of(), file, End.CLOSE)
                .with("Content-Length", Integer.toString(file.length));
    }

    /// What a good server answers to a request for the end of a file.
    static Trouble from(byte[] file, int from) {
        if (from >= file.length) {
            return status(416, "Content-Range", "bytes */" + file.length);
        }
        return new Trouble(206, Map.of(), Arrays.copyOfRange(file, from, file.length), End.CLOSE)
                .with("Content-Length", Integer.toString(file.length - from))
                .with(
                        "Content-Range",
                        "bytes " + from + "-" + (file.length - 1) + "/" + file.length);
    }

    static Trouble page(String html) {
        byte[] body = html.getBytes(StandardCharsets.UTF_8);
        return new Trouble(
                200, headers("Content-Type", "text/html; charset=utf-8"), body, End.CLOSE);
    }

    Trouble with(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new Trouble(status, more, body, end);
    }

    Trouble without(String name) {
        Map<String, String> fewer = new TreeMap<>(headers);
        fewer.remove(name);
        return new Trouble(status, fewer, body, end);
    }

    Trouble cut(int bytes, End how) {
        return new Trouble(status, headers, Arrays.copyOf(body, Math.min(bytes, body.length)), how);
    }

    private static Map<String, String> headers(String... pairs) {
        Map<String, String> headers = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            headers.put(pairs[i], pairs[i + 1]);
        }
        return headers;
    }
}
