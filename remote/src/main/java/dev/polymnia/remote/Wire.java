package dev.polymnia.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.LogLevel;
import com.openai.core.ObjectMappers;
import com.openai.core.RequestOptions;
import com.openai.core.Timeout;
import com.openai.core.http.HttpResponse;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.core.platform.EnvironmentProxy;
import java.io.IOException;
import java.net.Proxy;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import okhttp3.ConnectionPool;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/// The connection to an endpoint: openai-java over OkHttp. Thread-safe; its calls block.
///
/// What goes wrong is thrown as a fault that [Faults] words.
final class Wire implements AutoCloseable {
    private static final Duration LISTING = Duration.ofSeconds(20);
    private static final int MOST_LISTED = 64 << 20;

    private final RemoteOptions options;
    private final OkHttpClient http;
    private final OpenAIClient client;
    private final Faults faults;

    /// @param environment looked up: the variables of [EnvironmentProxy]
    Wire(RemoteOptions options, Map<String, String> environment) {
        this.options = options;
        Optional<EnvironmentProxy> proxy = proxy(options, environment);
        faults = new Faults(options, proxy.map(EnvironmentProxy::shown));
        http = http(options, proxy);
        client = client(options, http);
    }

    private static Optional<EnvironmentProxy> proxy(
            RemoteOptions options, Map<String, String> environment) {
        return isThisMachine(options)
                ? Optional.empty()
                : EnvironmentProxy.find(options.base(), environment);
    }

    /// A server on this machine is asked directly, whatever the environment says.
    private static boolean isThisMachine(RemoteOptions options) {
        String host = options.base().getHost().toLowerCase(Locale.ROOT);
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    private static OkHttpClient http(RemoteOptions options, Optional<EnvironmentProxy> proxy) {
        OkHttpClient.Builder builder =
                new OkHttpClient.Builder()
                        .connectTimeout(options.connectTimeout())
                        // Who waits for the call knows how long: see Flight.
                        .readTimeout(Duration.ZERO)
                        .writeTimeout(Duration.ofSeconds(60))
                        // Nothing idle is kept: servers close what lies idle, and a call that meets
                        // such a connection fails. A new one costs little beside an answer.
                        .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                        // Elsewhere might be somebody who should not see the question.
                        .followRedirects(false)
                        .followSslRedirects(false)
                        .addInterceptor(new Guard());
        if (isThisMachine(options)) {
            builder.proxy(Proxy.NO_PROXY);
        }
        proxy.ifPresent(found -> builder.proxy(found.proxy()));
        proxy.filter(found -> !found.user().isEmpty())
                .ifPresent(found ->
                        builder.proxyAuthenticator((route, response) ->
                                response.request().header("Proxy-Authorization") != null
                                        ? null
                                        : response.request()
                                                .newBuilder()
                                                .header(
                                                        "Proxy-Authorization",
                                                        Credentials.basic(
                                                                found.user(), found.password()))
                                                .build()));
        return builder.build();
    }

    private static OpenAIClient client(RemoteOptions options, OkHttpClient http) {
        OpenAIOkHttpClient.Builder builder =
                OpenAIOkHttpClient.builder()
                        .okHttpClient(http)
                        .baseUrl(options.base().toString())
                        // Other endpoints, places and cancelling matter to a second try: see
                        // Asking.
                        .maxRetries(0)
                        .logLevel(LogLevel.OFF)
                        .disableTelemetry(true)
                        .putHeader("User-Agent", "polymnia");
        String key = options.key();
        // The library wants some key.
        builder.apiKey(key == null ? "none" : key);
        if (key == null) {
            builder.removeHeaders("Authorization");
        }
        return builder.build();
    }

    Faults faults() {
        return faults;
    }

    /// Returns what the endpoint says of its models; empty if it has no such list.
    ///
    /// @throws Fault if it cannot be asked, with `CANCELLED` if it is not to be asked any more
    Optional<JsonNode> models(Cancellation cancellation) {
        RequestOptions limited =
                RequestOptions.builder()
                        .timeout(
                                Timeout.builder()
                                        .connect(options.connectTimeout())
                                        .read(LISTING)
                                        .request(LISTING)
                                        .build())
                        .build();
        return exchange(
                cancellation,
                () ->
                        trying(() -> {
                            try (HttpResponse response =
                                    client.models().withRawResponse().list(limited)) {
                                checkType(response, "json");
                                return Optional.of(
                                        ObjectMappers.jsonMapper().readTree(response.body()));
                            } catch (com.openai.errors.NotFoundException e) {
                                return Optional.empty();
                            }
                        }));
    }

    /// Asks again what fails before there is an answer, as the options say.
    private <T> T trying(Question<T> question) throws IOException, InterruptedException {
        Backoff backoff = new Backoff(ThreadLocalRandom.current());
        for (int left = options.retries(); ; left--) {
            try {
                return question.ask();
            } catch (RuntimeException e) {
                if (left == 0 || !Failure.passes(e, Exchange.CURRENT.get().isAnswered())) {
                    throw e;
                }
                Thread.sleep(backoff.next(Failure.after(e)));
            }
        }
    }

    /// Returns what llama.cpp's server says of itself; empty if it does not.
    Optional<JsonNode> properties(Cancellation cancellation) {
        Request.Builder request =
                new Request.Builder()
                        .url(options.base().resolve("/props").toString())
                        .header("User-Agent", "polymnia");
        String key = options.key();
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        return exchange(
                cancellation,
                () -> {
                    OkHttpClient limited = http.newBuilder().callTimeout(LISTING).build();
                    try (Response response = limited.newCall(request.build()).execute()) {
                        return response.isSuccessful() && response.body() != null
                                ? Optional.of(
                                        ObjectMappers.jsonMapper()
                                                .readTree(response.body().byteStream()))
                                : Optional.empty();
                    }
                });
    }

    /// Asks for answers; blocks until all have been told or the [exchange][Exchange#CURRENT] is
    /// cancelled.
    ///
    /// @param told is given the answers in pieces
    /// @throws RuntimeException as the library throws; [Faults] words it
    void stream(ChatCompletionCreateParams request, ChunkReader reader, Consumer<Chunk> told) {
        try (HttpResponseFor<StreamResponse<ChatCompletionChunk>> response =
                client.chat().completions().withRawResponse().createStreaming(request)) {
            checkType(response, "event-stream");
            try (StreamResponse<ChatCompletionChunk> chunks = response.parse()) {
                Iterator<ChatCompletionChunk> next = chunks.stream().iterator();
                while (next.hasNext()) {
                    told.accept(reader.read(next.next()));
                }
            }
        }
    }

    private void checkType(HttpResponse response, String expected) {
        String type =
                response.headers().values("content-type").stream().findFirst().orElse(expected);
        if (!type.toLowerCase(Locale.ROOT).contains(expected)) {
            throw faults.notAnEndpoint(type, expected);
        }
    }

    private interface Question<T> {
        T ask() throws IOException, InterruptedException;
    }

    private <T> T exchange(Cancellation cancellation, Question<T> question) {
        Exchange exchange = new Exchange(MOST_LISTED);
        CompletableFuture<T> answer = new CompletableFuture<>();
        exchange.start(() -> {
            try {
                answer.complete(question.ask());
            } catch (Throwable thrown) {
                answer.completeExceptionally(thrown);
            }
        });
        try (var _ = cancellation.onRequest(exchange::cancel)) {
            return answer.join();
        } catch (CompletionException | CancellationException e) {
            cancellation.check();
            throw faults.of(e, "", List.of());
        }
    }

    @Override
    public void close() {
        client.close();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
