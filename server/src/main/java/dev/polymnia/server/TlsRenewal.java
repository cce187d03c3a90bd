package dev.polymnia.server;

import dev.polymnia.core.Fault;
import io.helidon.common.tls.Tls;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Looks once a minute whether the files for TLS have been renewed, and has the server show the new
/// ones to whoever connects from then on. Runs on a thread of its own until it is closed.
final class TlsRenewal implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final TlsFiles files;
    private final Consumer<Tls> server;

    /// What was looked at last.
    private String digest;

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("tls-renewal").daemon().factory());

    /// @param server takes what is new
    TlsRenewal(TlsFiles files, Consumer<Tls> server) {
        this.files = files;
        this.server = server;
        digest = files.digest();
        var _ =
                thread.scheduleWithFixedDelay(
                        this::look, PERIOD.toSeconds(), PERIOD.toSeconds(), TimeUnit.SECONDS);
    }

    /// Looks at the files. What cannot be used, as only one of them is new yet, is looked at again
    /// when it changes; the server goes on with what it has.
    synchronized void look() {
        try {
            String now = files.digest();
            if (!now.equals(digest)) {
                digest = now;
                server.accept(files.open());
            }
        } catch (Fault fault) {
            System.getLogger("polymnia")
                    .log(
                            System.Logger.Level.WARNING,
                            "The certificate that was used so far is used on. "
                                    + fault.getMessage(),
                            fault);
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
