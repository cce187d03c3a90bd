package dev.polymnia.bench.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// A client that asks for a stream and reads nothing but its first bytes. Confined to one thread.
final class SlowReader implements AutoCloseable {
    private static final int FIRST = 1 << 10;

    /// A connection on this machine holds megabytes on its way; so many words come with the
    /// probabilities of others.
    private static final byte[] BODY =
            """
            {"model": "instant", "stream": true, "n": 8, "max_completion_tokens": 400,
             "logprobs": true, "top_logprobs": 20, "polymnia": {"events": true},
             "messages": [{"role": "user", "content": "Tell a long story of a lighthouse."}]}
            """
                    .getBytes(StandardCharsets.UTF_8);

    private final Socket socket = new Socket();
    private final String begin;

    /// Asks, and returns when the stream has begun.
    ///
    /// @param url the base, with `/v1`
    SlowReader(String url) throws IOException {
        URI base = URI.create(url);
        socket.setReceiveBufferSize(1 << 12);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), base.getPort()));
        OutputStream out = socket.getOutputStream();
        out.write(
                "POST %s/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                        .formatted(base.getPath(), BODY.length)
                        .getBytes(StandardCharsets.UTF_8));
        out.write(BODY);
        out.flush();
        begin = new String(socket.getInputStream().readNBytes(FIRST), StandardCharsets.UTF_8);
    }

    /// Returns the first bytes of the answer.
    String begin() {
        return begin;
    }

    /// Returns what can still be read, and was lying on the way all the time.
    String rest() throws IOException {
        StringBuilder words = new StringBuilder();
        InputStream in = socket.getInputStream();
        byte[] some = new byte[1 << 16];
        try {
            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                words.append(new String(some, 0, n, StandardCharsets.ISO_8859_1));
            }
        } catch (SocketException e) {
            words.append("\n(reset)");
        }
        return words.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
