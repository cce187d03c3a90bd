package dev.polymnia.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.testkit.Script;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A server that people share.
abstract class SharedFixture extends ServerFixture {
    /// A reply of ten tokens, the end among them.
    static final String TEN = "one two three four five six seven eight nine";

    static final String OPERATOR = "operator-operator-operator";
    private static final ServerLimits MANY =
            new ServerLimits(100_000, 10_000, 1000, 300, 0, Duration.ZERO, 1000);

    /// A line for each request.
    final Queue<String> log = new ConcurrentLinkedQueue<>();

    private @Nullable PolymniaServer server;
    private String owner = "";

    /// Opens a server and lets the first person in.
    PolymniaServer share(Script script) throws Exception {
        PolymniaServer opened = start(script);
        JsonNode begun = made(ask("POST", api("/owner"), OPERATOR, "{\"name\": \"Ada\"}"));
        owner = begun.at("/key/secret").asString();
        return opened;
    }

    /// Returns how much the server takes on.
    ServerLimits limits() {
        return MANY;
    }

    /// Returns how the server is opened, from how it usually is.
    ServerOptions options(ServerOptions usual) {
        return usual;
    }

    private PolymniaServer start(Script script) {
        PolymniaServer opened =
                serve(
                        script,
                        options(
                                new ServerOptions(ServerOptions.USUAL_HOST, 0, Set.of(OPERATOR))
                                        .withLimits(limits())),
                        log::add);
        server = opened;
        return opened;
    }

    /// Closes the server and opens another with the same store.
    void reopen(Script script) {
        requireNonNull(server).close();
        start(script);
    }

    /// Opens a server that nobody shares yet.
    void open(Script script) {
        server = serve(script);
    }

    String owner() {
        return owner;
    }

    /// Invites somebody and returns the secret.
    String invite(String fields) throws Exception {
        return made(ask("POST", api("/invitations"), owner, "{" + fields + "}"))
                .get("secret")
                .asString();
    }

    String api(String path) {
        return requireNonNull(server).url().replace("/v1", "/api") + path;
    }

    String v1(String path) {
        return requireNonNull(server).url() + path;
    }

    static JsonNode made(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return json(response.body());
    }

    JsonNode ok(String method, String url, String key, @Nullable String body) throws Exception {
        HttpResponse<String> response = ask(method, url, key, body);
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 202);
        return json(response.body());
    }

    int status(String method, String url, @Nullable String key, @Nullable String body)
            throws Exception {
        return ask(method, url, key, body).statusCode();
    }

    /// Adds a person and returns their id.
    String person(String name, String role) throws Exception {
        return made(ask(
                        "POST",
                        api("/people"),
                        owner,
                        "{\"name\": \"%s\", \"role\": \"%s\"}".formatted(name, role)))
                .get("id")
                .asString();
    }

    /// Makes a key and returns its secret.
    String key(String person, String fields) throws Exception {
        return made(ask(
                        "POST",
                        api("/people/" + person + "/keys"),
                        owner,
                        "{\"name\": \"test\"%s}".formatted(fields)))
                .get("secret")
                .asString();
    }

    void limit(String person, String quota) throws Exception {
        ok(
                "PUT",
                api("/people/" + person + "/quotas"),
                owner,
                "{\"quotas\": [{%s}]}".formatted(quota));
    }

    JsonNode standing(String person) throws Exception {
        return ok("GET", api("/people/" + person + "/quotas"), owner, null).at("/data/0");
    }

    HttpResponse<String> chat(String key, String fields) throws Exception {
        return ask(
                "POST",
                v1("/chat/completions"),
                key,
                "{\"model\": \"instant\", %s%s}".formatted(ASKED, fields));
    }

    String ownId() throws Exception {
        return ok("GET", api("/me"), owner, null).at("/person/id").asString();
    }
}
