package dev.polymnia.server.openid;

import dev.polymnia.core.Fault;
import dev.polymnia.core.platform.Proxies;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks a provider, a few times at once, with limits of time and size: whoever begins to sign in
/// has it asked, and that may be anybody. Thread-safe.
final class Wire implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration PLACE = Duration.ofSeconds(2);
    private static final int MOST_AT_ONCE = 8;
    private static final long MOST_BYTES = 1 << 18;

    private final HttpClient client;
    private final String host;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    /// What was answered.
    record Answer(int status, String body) {}

    /// @param environment looked up: the variables of the machine's proxies
    Wire(OpenIdOptions options, Map<String, String> environment) {
        host = options.host();
        Proxies proxies = Proxies.of(environment);
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(CONNECT)
                        .proxy(proxies);
        proxies.authenticator(options.discovery()).ifPresent(builder::authenticator);
        client = builder.build();
    }

    /// Reads what is at an address.
    ///
    /// @param headers names and values, in turns
    /// @throws Fault `UNAVAILABLE` if there is no answer, `OVERLOADED` if too many ask
    Answer get(URI address, String... headers) {
        return send(HttpRequest.newBuilder(address), headers);
    }

    /// Sends a form.
    ///
    /// @param headers names and values, in turns
    /// @throws Fault as [#get]
    Answer post(URI address, Map<String, String> form, String... headers) {
        String body =
                form.entrySet().stream()
                        .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                        .collect(Collectors.joining("&"));
        return send(
                HttpRequest.newBuilder(address)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body)),
                headers);
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Answer send(HttpRequest.Builder request, String... headers) {
        request.timeout(ANSWER).header("Accept", "application/json");
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            if (!places.tryAcquire(PLACE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Fault(Fault.Code.OVERLOADED, "Too many sign in just now; try again.");
            }
            try {
                return send(request.build());
            } finally {
                places.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault(Fault.Code.CANCELLED, "The server stops.", e);
        }
    }

    private Answer send(HttpRequest request) throws InterruptedException {
        CompletableFuture<HttpResponse<String>> sent =
                client.sendAsync(
                        request,
                        BodyHandlers.limiting(
                                BodyHandlers.ofString(StandardCharsets.UTF_8), MOST_BYTES));
        try {
            // The request's own limit ends with the head of the answer.
            HttpResponse<String> response = sent.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(response.statusCode(), response.body());
        } catch (TimeoutException e) {
            throw gone("it did not answer within %d seconds".formatted(ANSWER.toSeconds()), e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof IOException) {
                String words = cause.getMessage();
                throw gone(words == null ? cause.getClass().getSimpleName() : words, cause);
            }
            throw gone(String.valueOf(cause), e);
        } finally {
            // Does nothing to what is over.
            sent.cancel(true);
        }
    }

    private Fault gone(String why, Throwable cause) {
        return new Fault(
                Fault.Code.UNAVAILABLE,
                "The provider at %s cannot be asked just now (%s); try again in a while."
                        .formatted(host, why),
                cause);
    }

    /// Reads the JSON object of an answer that is what was asked for.
    ///
    /// @param what it should be, for the message
    /// @throws Fault `UNAVAILABLE` if its status says that it may be later, `CORRUPT` if it is
    ///   another one than 200, or the body is none
    JsonNode json(Answer answer, String what) {
        if (answer.status() != 200) {
            throw new Fault(
                    answer.status() >= 500 || answer.status() == 429
                            ? Fault.Code.UNAVAILABLE
                            : Fault.Code.CORRUPT,
                    "The provider at %s answered with the status %d when it was asked for %s; try again in a while."
                            .formatted(host, answer.status(), what));
        }
        return object(answer, what);
    }

    /// Reads the JSON object of any answer.
    ///
    /// @param what it should be, for the message
    /// @throws Fault `CORRUPT` if it has none
    JsonNode object(Answer answer, String what) {
        try {
            JsonNode node = JsonMapper.shared().readTree(answer.body());
            if (node.isObject()) {
                return node;
            }
        } catch (JacksonException _) {
            // It quotes what was sent, which may be a token.
            throw noJson(what);
        }
        throw noJson(what);
    }

    private Fault noJson(String what) {
        return new Fault(
                Fault.Code.CORRUPT,
                "The provider at %s answered with no JSON object when it was asked for %s; it cannot be used."
                        .formatted(host, what));
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
