package dev.polymnia.models;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLContext;

/// Asks the model hub for files. Redirects are followed here and not by the JDK, because the token
/// must not leave the hub and because a loop, or a way out of encryption, must be seen. Closing it
/// ends its connections. Confined to one thread.
final class HubClient implements AutoCloseable {
    private static final int MOST_REDIRECTS = 10;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final Hub hub;
    private final Limits limits;
    private final HttpClient client;

    /// How long to wait for a server.
    ///
    /// @param connect for a connection
    /// @param answer for the head of an answer
    /// @param silence for more of its body
    record Limits(Duration connect, Duration answer, Duration silence) {
        static final Limits DEFAULT =
                new Limits(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(30));
    }

    /// An answer, with its body still to be read.
    ///
    /// @param first the head of the hub's own answer, before any redirect
    /// @param head the head of the last answer
    record Answer(int status, HttpHeaders first, HttpHeaders head, BodyQueue body)
            implements AutoCloseable {
        @Override
        public void close() {
            body.close();
        }
    }

    HubClient(Hub hub, Limits limits, Optional<SSLContext> trust) {
        this.hub = hub;
        this.limits = limits;
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(limits.connect())
                        .proxy(hub.proxies());
        hub.proxies().authenticator(hub.base()).ifPresent(builder::authenticator);
        trust.ifPresent(builder::sslContext);
        client = builder.build();
    }

    /// Asks for an address and follows redirects; blocks until the head of the answer is here.
    ///
    /// @param headers beside those that every request has
    /// @throws Unobtainable for a redirect that must not be followed
    /// @throws IOException if there is no answer
    /// @throws Fault with `CANCELLED`
    Answer get(URI address, Map<String, String> headers, Cancellation cancellation)
            throws IOException, Unobtainable {
        Set<URI> seen = new HashSet<>();
        Optional<HttpHeaders> first = Optional.empty();
        URI next = address;
        while (true) {
            HttpResponse<BodyQueue> response = send(request(next, headers), cancellation);
            HttpHeaders head = response.headers();
            HttpHeaders start = first.orElse(head);
            if (!REDIRECTS.contains(response.statusCode())) {
                return new Answer(response.statusCode(), start, head, response.body());
            }
            response.body().close();
            seen.add(next);
            first = Optional.of(start);
            next = target(next, head);
            if (seen.contains(next)) {
                throw Unobtainable.unavailable("it redirects in a circle", "");
            }
            if (seen.size() > MOST_REDIRECTS) {
                throw Unobtainable.unavailable(
                        "it redirects more than " + MOST_REDIRECTS + " times", "");
            }
        }
    }

    Duration silence() {
        return limits.silence();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private HttpRequest request(URI address, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address)
                        .timeout(limits.answer())
                        .header("User-Agent", "polymnia")
                        // What is hashed and resumed is the file, not a compressed form of it.
                        .header("Accept-Encoding", "identity");
        headers.forEach(request::header);
        if (hub.owns(address)) {
            hub.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        }
        return request.build();
    }

    private HttpResponse<BodyQueue> send(HttpRequest request, Cancellation cancellation)
            throws IOException {
        cancellation.check();
        CompletableFuture<HttpResponse<BodyQueue>> sent =
                client.sendAsync(request, _ -> new BodyQueue());
        try (var _ = cancellation.onRequest(() -> sent.cancel(true))) {
            return sent.get();
        } catch (CancellationException e) {
            throw new Fault(Fault.Code.CANCELLED, "The download was cancelled.", e);
        } catch (InterruptedException e) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            throw new Fault(Fault.Code.CANCELLED, "The download was interrupted.", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IOException(e.getCause());
        }
    }

    private static URI target(URI from, HttpHeaders head) throws Unobtainable {
        String location =
                head.firstValue("Location")
                        .orElseThrow(() -> Unobtainable.unavailable("it redirects to nowhere", ""));
        try {
            URI to = from.resolve(location);
            if (to.getHost() == null) {
                throw Unobtainable.unavailable("it redirects to nowhere", "");
            }
            if (!Hub.isSafe(to) || (isEncrypted(from) && !isEncrypted(to))) {
                throw Unobtainable.unavailable(
                        "it redirects to " + to.getHost() + " without encryption", "");
            }
            return to;
        } catch (IllegalArgumentException e) {
            throw Unobtainable.unavailable("it redirects to nowhere", "").causedBy(e);
        }
    }

    private static boolean isEncrypted(URI address) {
        return "https".equalsIgnoreCase(address.getScheme());
    }
}
