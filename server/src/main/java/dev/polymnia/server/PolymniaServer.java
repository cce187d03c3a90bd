package dev.polymnia.server;

import dev.polymnia.agents.Leg;
import dev.polymnia.agents.SuspendedRuns;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Embedder;
import dev.polymnia.server.openid.OpenIdOptions;
import dev.polymnia.server.openid.Provider;
import dev.polymnia.server.store.Store;
import dev.polymnia.server.trace.Traces;
import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// A server that answers with one or more models in every mode. It listens from the moment it is
/// created until it is closed. Thread-safe.
public final class PolymniaServer implements AutoCloseable {
    /// What Helidon tells of its starts and stops is nothing that a person has to do something
    /// about; why it cannot start is said by us. Held, as loggers that nobody holds forget their
    /// levels.
    private static final Map<Logger, Level> LEVELS =
            Map.of(
                    Logger.getLogger("io.helidon"),
                    Level.WARNING,
                    Logger.getLogger("io.helidon.webserver.LoomServer"),
                    Level.OFF);

    private static final String MOMENT = "5";

    /// How long a run waits for its client's tools, and how many of a model do.
    private static final Duration KEPT = Duration.ofMinutes(15);

    private static final int MOST_WAITING = 1000;

    private final WebServer server;
    private final BackgroundRuns background;
    private final ModelRequests offers;
    private final EndpointRequests endpoints;
    private final Routes routes;
    private final ServerOptions options;
    private final Admission admission;
    private final Meters meters;
    private final @Nullable TlsRenewal renewal;
    private final Traces traces;
    private final @Nullable Provider provider;

    /// Opens a server whose models stay the same.
    public PolymniaServer(
            List<Served> served,
            Embedder embedder,
            Store store,
            ServerOptions options,
            Consumer<String> log) {
        this(served, ModelLibrary.EMPTY, Endpoints.NONE, embedder, store, options, log);
    }

    /// Opens a server.
    ///
    /// @param served what answers; a request that names only a mode is the first one's. They stay
    ///   the caller's, who closes their models after the server
    /// @param library what owners may add while it runs; stays the caller's
    /// @param kept endpoints that owners add; stay the caller's, who closes their models after the
    ///   server. Those that are kept are connected when it listens
    /// @param embedder makes vectors of texts; stays the caller's, who closes it after the server
    /// @param store keeps what there is to keep; stays the caller's, who closes it after the
    ///   server. Those in whose midst a server ended are taken up again
    /// @param log takes a line of JSON for each request, from any thread
    /// @throws Fault `UNAVAILABLE` if it cannot listen there, or the store cannot be read;
    ///   `NOT_FOUND` or `INVALID` if the files for TLS cannot be used
    public PolymniaServer(
            List<Served> served,
            ModelLibrary library,
            Endpoints kept,
            Embedder embedder,
            Store store,
            ServerOptions options,
            Consumer<String> log) {
        this.options = options;
        ServerLimits limits = options.limits();
        admission = new Admission(limits.runs(), limits.waiting(), limits.patience());
        meters = Meters.of(admission);
        traces = Traces.to(options.traces());
        Readiness readiness = new Readiness(admission, System::nanoTime);
        Audit audit = new Audit(store.audit());
        Quotas quotas = new Quotas(store.spendings(), InstantSource.system());
        Settlement settlement =
                run -> {
                    meters.settle(run);
                    readiness.settle(run);
                    quotas.settle(run);
                };
        Function<Served, Models.Answering> opening =
                each ->
                        new Models.Answering(
                                each,
                                new RunStarter(
                                        each,
                                        admission,
                                        allowance(quotas, audit, each),
                                        settlement,
                                        traces,
                                        limits.events()),
                                new SuspendedRuns(Clock.SYSTEM, KEPT, MOST_WAITING));
        Models models = new Models(served.stream().map(opening).toList());
        background = new BackgroundRuns(models, store, new Titles(models, store));
        Runs runs = new Runs(store.runs(), background, quotas);
        Cors cors = new Cors(options.origins());
        Household household = new Household(store, audit, InstantSource.system());
        Cookies cookies = new Cookies(options.isSecure());
        Gate gate = new Gate(options.keys(), household, cookies, cors);
        OpenIdOptions openId = options.openId();
        provider =
                openId == null
                        ? null
                        : new Provider(openId, System.getenv(), InstantSource.system());
        Browsers browsers = new Browsers(cookies, provider, this::origin);
        offers = new ModelRequests(library, models, opening);
        endpoints = new EndpointRequests(kept, models, opening, limits.bodyBytes());
        routes =
                new Routes(
                        models, offers, endpoints, embedder, runs, household, browsers, limits,
                        readiness, meters);
        HttpRouting.Builder routing =
                HttpRouting.builder()
                        .addFilter(new Watch(cors, meters, new RequestLog(log)))
                        .error(
                                Exception.class,
                                (request, response, error) ->
                                        send(response, error, routes.dialect(request)));
        for (Route route : routes.all()) {
            routing.route(
                    route.method(),
                    route.path(),
                    (request, response) -> {
                        RequestTrace.current().takes(route.path());
                        requireNames(request);
                        audit.watch(route, request, response);
                        Caller caller = Caller.OPERATOR;
                        if (route.access() == Route.Access.ANYBODY) {
                            Gate.requireJson(request);
                        } else {
                            caller = gate.pass(request, route.sent());
                            audit.is(route, caller);
                        }
                        route.access()
                                .require(
                                        caller,
                                        () -> request.path().pathParameters().get("person"));
                        route.handler().handle(caller, request, response);
                    });
        }
        Page page = Page.load(Page.FOLDER);
        routing.any((request, response) -> {
            if (!page.answer(request, response)) {
                unknown(request);
            }
        });
        background.recover(endpoints.isExpecting());
        try {
            server = start(options, routing);
        } catch (Fault fault) {
            endpoints.close();
            offers.close();
            background.close();
            traces.close();
            closeProvider();
            throw fault;
        }
        TlsFiles tls = options.tls();
        renewal = tls == null ? null : new TlsRenewal(tls, server::reloadTls);
        endpoints.begin(background::recoverRest);
    }

    /// What is asked elsewhere is written down as soon as it is settled what it may spend.
    private static Allowance allowance(Quotas quotas, Audit audit, Served served) {
        if (served.hosts().isEmpty()) {
            return quotas;
        }
        return (spender, leg, model) -> {
            Leg allowed = quotas.allow(spender, leg, model);
            audit.outbound(spender, leg.request().run(), served.hosts());
            return allowed;
        };
    }

    private static WebServer start(ServerOptions options, HttpRouting.Builder routing) {
        LEVELS.forEach(Logger::setLevel);
        ServerLimits limits = options.limits();
        WebServerConfig.Builder builder =
                WebServer.builder()
                        .host(options.host())
                        .port(options.port())
                        .maxPayloadSize(limits.bodyBytes())
                        .maxTcpConnections(limits.connections())
                        .addProtocol(
                                Http1Config.builder().maxHeadersSize(limits.headerBytes()).build())
                        .directHandlers(Malformed.handlers())
                        // Else an event waits up to 40 ms for the acknowledgement of the one
                        // before.
                        .connectionOptions(socket -> socket.tcpNoDelay(true))
                        .shutdownHook(false)
                        .addRouting(routing);
        TlsFiles tls = options.tls();
        if (tls != null) {
            builder.tls(tls.open());
        }
        WebServer built = builder.build();
        built.start();
        if (!built.isRunning()) {
            built.stop();
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "Nothing can listen on %s, port %d: it is taken, or not allowed; choose another."
                            .formatted(options.host(), options.port()));
        }
        return built;
    }

    /// No id has what cannot be seen, and not every database takes it.
    private static void requireNames(ServerRequest request) {
        if (request.path().path().chars().anyMatch(Character::isISOControl)) {
            unknown(request);
        }
    }

    private static void unknown(ServerRequest request) {
        throw ApiError.refused(
                404,
                "unknown_url",
                "There is nothing at %s %s; /v1/models, /v1/chat/completions, /v1/responses, /v1/messages and /v1/embeddings are here."
                        .formatted(request.prologue().method().text(), request.path().path()));
    }

    private static ApiError apiError(Throwable error) {
        return switch (error) {
            case ApiError known -> known;
            case Fault fault -> ApiError.of(fault);
            case RequestException wrong ->
                    Malformed.error(wrong.status().code(), String.valueOf(wrong.getMessage()));
            default -> {
                System.getLogger("polymnia")
                        .log(System.Logger.Level.ERROR, "a request broke", error);
                yield ApiError.of(
                        new Fault(
                                Fault.Code.INTERNAL, "The server broke; its log says how.", error));
            }
        };
    }

    private void send(ServerResponse response, Exception failure, Dialect dialect) {
        ApiError error = apiError(failure);
        error.reason().ifPresent(meters::refused);
        response.status(Status.create(error.status()));
        if (error.isPassing()) {
            response.header(HeaderNames.RETRY_AFTER, MOMENT);
        }
        Bodies.send(response, dialect, error.body(dialect));
    }

    /// Looks now whether the files for TLS have been renewed, which it does by itself once a
    /// minute.
    void renewTls() {
        if (renewal != null) {
            renewal.look();
        }
    }

    /// Returns the port that it listens on.
    public int port() {
        return server.port();
    }

    /// Returns what clients call the base URL.
    public String url() {
        String host = options.host();
        return "%s://%s:%d/v1"
                .formatted(
                        options.tls() == null ? "http" : "https",
                        host.contains(":") ? "[" + host + "]" : host,
                        port());
    }

    /// Returns how the address begins by which browsers reach it; the page is there.
    public String origin() {
        String named = options.publicUrl();
        return named == null ? url().substring(0, url().lastIndexOf('/')) : named;
    }

    /// Prepares the end: from now on no run begins and the server says that it is not ready, while
    /// those at work go on; blocks until none is left.
    ///
    /// @param grace how long it waits
    /// @return false if runs are at work after that time; [#close] cancels them
    /// @throws InterruptedException if this thread is interrupted
    public boolean drain(Duration grace) throws InterruptedException {
        admission.stop();
        return admission.awaitEnd(grace);
    }

    /// Cancels the runs that are at work and stops listening. Runs in the background go on when the
    /// next server takes up their store.
    @Override
    public void close() {
        admission.stop();
        if (renewal != null) {
            renewal.close();
        }
        // They begin runs in the background.
        endpoints.close();
        // Before all are cancelled, so that those in the background are not taken to have ended.
        background.close();
        admission.cancelAll();
        // A model may wait for the room that a run has.
        offers.close();
        server.stop();
        meters.close();
        traces.close();
        closeProvider();
    }

    private void closeProvider() {
        if (provider != null) {
            provider.close();
        }
    }
}
