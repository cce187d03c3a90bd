package dev.polymnia.models;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The body of an answer, taken piece by piece, with a limit on the silence between two. The JDK's
/// own stream has none: it would wait for ever on a server that has gone. Read by one thread.
final class BodyQueue implements BodySubscriber<BodyQueue>, AutoCloseable {
    private static final Piece END = new Piece(List.of(), null);

    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private final AtomicReference<Flow.@Nullable Subscription> subscription =
            new AtomicReference<>();

    /// Some bytes, or the end: without a failure or with one.
    private record Piece(List<ByteBuffer> bytes, @Nullable Throwable failure) {}

    /// Returns the next bytes; blocks until there are some. Empty at the end, and after [#wake].
    ///
    /// @param silence how long to wait
    /// @throws HttpTimeoutException if nothing came for so long
    /// @throws IOException if the connection broke
    Optional<List<ByteBuffer>> next(Duration silence) throws IOException, InterruptedException {
        Piece piece = pieces.poll(silence.toNanos(), TimeUnit.NANOSECONDS);
        if (piece == null) {
            throw new HttpTimeoutException("silent for " + silence.toSeconds() + " s");
        }
        if (piece.failure() != null) {
            throw new IOException(piece.failure().getMessage(), piece.failure());
        }
        if (piece.equals(END)) {
            return Optional.empty();
        }
        Flow.Subscription open = subscription.get();
        if (open != null) {
            open.request(1);
        }
        return Optional.of(piece.bytes());
    }

    /// Lets a waiting [#next] go, as if the body had ended. From any thread.
    void wake() {
        pieces.add(END);
    }

    @Override
    public CompletionStage<BodyQueue> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription opened) {
        subscription.set(opened);
        opened.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        pieces.add(new Piece(bytes, null));
    }

    @Override
    public void onError(Throwable failure) {
        pieces.add(new Piece(List.of(), failure));
    }

    @Override
    public void onComplete() {
        pieces.add(END);
    }

    /// Takes no more; the connection is closed unless all has been read.
    @Override
    public void close() {
        Flow.Subscription open = subscription.get();
        if (open != null) {
            open.cancel();
        }
    }
}
