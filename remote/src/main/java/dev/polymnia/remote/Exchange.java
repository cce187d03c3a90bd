package dev.polymnia.remote;

import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/// One call on the network, as somebody sees it who wants to end it or to know whether it lives.
/// Thread-safe.
final class Exchange {
    /// The exchange for which the current thread calls.
    static final ScopedValue<Exchange> CURRENT = ScopedValue.newInstance();

    private final long mostBytes;
    private volatile long lastSign = System.nanoTime();
    private volatile boolean answered;
    private volatile boolean cancelled;
    private @Nullable Call call; // guarded by this
    private @Nullable Thread thread; // guarded by this

    /// @param mostBytes the most bytes that may be sent to us
    Exchange(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /// Starts a thread that makes the call; it is interrupted when the call is to end.
    void start(Runnable work) {
        Thread maker =
                Thread.ofVirtual()
                        .name("remote-reader")
                        .unstarted(() -> ScopedValue.where(CURRENT, this).run(work));
        synchronized (this) {
            thread = maker;
        }
        maker.start();
    }

    long mostBytes() {
        return mostBytes;
    }

    /// Takes the call that is about to be made; one that is retried comes several times.
    void begin(Call next) {
        synchronized (this) {
            call = next;
        }
        answered = false;
        sign();
        if (cancelled) {
            next.cancel();
        }
    }

    /// Notes that the headers of an answer were sent to us.
    void answer() {
        answered = true;
        sign();
    }

    /// Returns whether there were headers of an answer.
    boolean isAnswered() {
        return answered;
    }

    /// Notes that something was sent to us.
    void sign() {
        lastSign = System.nanoTime();
    }

    /// Returns the nanoseconds since something was sent to us, or since it was asked for.
    long silence() {
        return System.nanoTime() - lastSign;
    }

    /// Closes the connection, whatever state it is in, and ends a pause between two tries.
    void cancel() {
        Call open;
        Thread maker;
        synchronized (this) {
            cancelled = true;
            open = call;
            maker = thread;
        }
        if (open != null) {
            open.cancel();
        }
        if (maker != null) {
            maker.interrupt();
        }
    }
}
