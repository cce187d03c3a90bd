package dev.polymnia.remote;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;

/// Stands between the library and the network: makes each call known to its [Exchange], and breaks
/// off what is longer than anybody can want. Thread-safe.
final class Guard implements Interceptor {
    /// The most bytes of one line; the library reads it as a whole.
    static final int LONGEST_LINE = 4 << 20;

    /// Says that an answer has no end.
    static final class EndlessException extends IOException {
        private static final long serialVersionUID = 1L;

        EndlessException(String message) {
            super(message);
        }
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Exchange exchange = Exchange.CURRENT.get();
        exchange.begin(chain.call());
        Response response = chain.proceed(chain.request());
        exchange.answer();
        ResponseBody body = response.body();
        return body == null
                ? response
                : response.newBuilder().body(new GuardedBody(body, exchange)).build();
    }

    private static final class GuardedBody extends ResponseBody {
        private final ResponseBody body;
        private final BufferedSource source;

        GuardedBody(ResponseBody body, Exchange exchange) {
            this.body = body;
            source = Okio.buffer(new GuardedSource(body.source(), exchange));
        }

        @Override
        public @Nullable MediaType contentType() {
            return body.contentType();
        }

        @Override
        public long contentLength() {
            return body.contentLength();
        }

        @Override
        public BufferedSource source() {
            return source;
        }
    }

    private static final class GuardedSource extends ForwardingSource {
        private final Exchange exchange;
        private long total;
        private long line;

        GuardedSource(Source source, Exchange exchange) {
            super(source);
            this.exchange = exchange;
        }

        @Override
        public long read(Buffer sink, long byteCount) throws IOException {
            long before = sink.size();
            long count = super.read(sink, byteCount);
            exchange.sign();
            if (count > 0) {
                total += count;
                long end = lastLineEnd(sink, before);
                line = end < 0 ? line + count : sink.size() - end - 1;
            }
            if (total > exchange.mostBytes() || line > LONGEST_LINE) {
                throw new EndlessException(
                        line > LONGEST_LINE
                                ? "a line of more than " + LONGEST_LINE + " bytes"
                                : "more than " + exchange.mostBytes() + " bytes");
            }
            return count;
        }

        private static long lastLineEnd(Buffer sink, long from) {
            long last = -1;
            long next = sink.indexOf((byte) '\n', from);
            while (next >= 0) {
                last = next;
                next = sink.indexOf((byte) '\n', next + 1);
            }
            return last;
        }
    }
}
