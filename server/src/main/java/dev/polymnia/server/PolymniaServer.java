package dev.polymnia.server;

import dev.polymnia.agents.Assistant;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.server.store.RunStore;
import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/// A server that answers with one model in every mode. It listens from the moment it is created
/// until it is closed. Thread-safe.
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

    private final WebServer server;
    private final Runs runs;
    private final String host;

    /// Opens a server.
    ///
    /// @param assistant answers; stays the caller's, who closes its model after the server
    /// @param model what answers
    /// @param store keeps the runs; stays the caller's, who closes it after the server. Those in
    ///   whose midst a server ended are taken up again
    /// @throws Fault `UNAVAILABLE` if it cannot listen there, or the store cannot be read
    public PolymniaServer(
            Assistant assistant, ModelInfo model, RunStore store, ServerOptions options) {
        host = options.host();
        runs = new Runs(assistant, model, store);
        Gate gate = new Gate(options.keys());
        Routes routes = new Routes(assistant, model, runs, options.mostBytes());
        HttpRouting.Builder routing =
                HttpRouting.builder()
                        .error(
                                Exception.class,
                                (request, response, error) ->
                                        send(response, error, routes.dialect(request)));
        for (Route route : routes.all()) {
            routing.route(
                    route.method(),
                    route.path(),
                    (request, response) -> {
                        response.header(HeaderNames.CACHE_CONTROL, "no-store");
                        response.header("X-Content-Type-Options", "nosniff");
                        if (route.access() == Route.Access.CLIENT) {
                            gate.pass(request);
                        }
                        route.handler().handle(request, response);
                    });
        }
        routing.any((request, _) -> unknown(request));
        runs.recover();
        try {
            server = start(options, routing);
        } catch (Fault fault) {
            runs.close();
            throw fault;
        }
    }

    private static WebServer start(ServerOptions options, HttpRouting.Builder routing) {
        LEVELS.forEach(Logger::setLevel);
        WebServer built =
                WebServer.builder()
                        .host(options.host())
                        .port(options.port())
                        .maxPayloadSize(options.mostBytes())
                        .shutdownHook(false)
                        .addRouting(routing)
                        .build();
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

    private static void unknown(ServerRequest request) {
        throw ApiError.refused(
                404,
                "unknown_url",
                "There is nothing at %s %s; /v1/models and /v1/chat/completions are here."
                        .formatted(request.prologue().method().text(), request.path().path()));
    }

    private static ApiError apiError(Throwable error) {
        return switch (error) {
            case ApiError known -> known;
            case Fault fault -> ApiError.of(fault);
            case RequestException wrong ->
                    ApiError.refused(
                            wrong.status().code(),
                            "bad_request",
                            "The request cannot be read: " + wrong.getMessage());
            default -> {
                System.getLogger("polymnia")
                        .log(System.Logger.Level.ERROR, "a request broke", error);
                yield ApiError.of(
                        new Fault(
                                Fault.Code.INTERNAL, "The server broke; its log says how.", error));
            }
        };
    }

    private static void send(ServerResponse response, Exception failure, Dialect dialect) {
        ApiError error = apiError(failure);
        response.status(Status.create(error.status()));
        Bodies.send(response, error.json(dialect));
    }

    /// Returns the port that it listens on.
    public int port() {
        return server.port();
    }

    /// Returns what clients call the base URL.
    public String url() {
        return "http://%s:%d/v1".formatted(host.contains(":") ? "[" + host + "]" : host, port());
    }

    /// Stops listening. Requests at work are cancelled; runs in the background end here, and go on
    /// when the next server takes up their store.
    @Override
    public void close() {
        server.stop();
        runs.close();
    }
}
