package dev.polymnia.server;

import dev.polymnia.core.model.Embedder;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What the server does, as data: the router and the checks of access follow from it. Thread-safe.
final class Routes {
    private final Models models;
    private final Embedder embedder;
    private final Embeddings embeddings;
    private final Readiness readiness;
    private final Meters meters;
    private final ChatCompletions chat;
    private final RunRequests runs;
    private final Messages messages;
    private final Responses responses;
    private final PeopleRequests people;
    private final KeyRequests keys;
    private final GroupRequests groups;
    private final QuotaRequests quotas;
    private final UsageRequests usage;
    private final SignInRequests signIns;
    private final AuditRequests audit;
    private final ConversationRequests conversations;
    private final ShareRequests shares;
    private final Takeout takeout;
    private final MemoryRequests memories;
    private final long started = Instant.now().getEpochSecond();

    Routes(
            Models models,
            Embedder embedder,
            Runs runs,
            Household household,
            Cookies cookies,
            ServerLimits limits,
            Readiness readiness,
            Meters meters) {
        this.models = models;
        this.embedder = embedder;
        this.readiness = readiness;
        this.meters = meters;
        int mostBytes = limits.bodyBytes();
        embeddings = new Embeddings(embedder, mostBytes, limits.runs() + limits.waiting());
        Exchange exchange = new Exchange(models, runs);
        this.runs = new RunRequests(runs, models, mostBytes);
        chat = new ChatCompletions(exchange, models, mostBytes);
        messages = new Messages(exchange, models, mostBytes);
        responses =
                new Responses(exchange, models, runs, new KeptResponses(runs.store()), mostBytes);
        people = new PeopleRequests(household, runs, mostBytes);
        keys = new KeyRequests(people, models, embedder.name());
        groups = new GroupRequests(household, mostBytes);
        quotas = new QuotaRequests(people, keys, groups);
        usage = new UsageRequests(household);
        conversations =
                new ConversationRequests(
                        new Turns(household.store().conversations(), runs.store()),
                        new Recall(household.store().memories(), embedder),
                        runs,
                        models,
                        InstantSource.system(),
                        mostBytes);
        shares = new ShareRequests(conversations);
        memories = new MemoryRequests(people);
        takeout = new Takeout(people, conversations.turns());
        audit = new AuditRequests(household.store().audit());
        signIns =
                new SignInRequests(people, new SignIns(household, InstantSource.system()), cookies);
    }

    List<Route> all() {
        return Stream.of(programs(), household(), signingIn(), conversations())
                .flatMap(List::stream)
                .toList();
    }

    /// What programs ask for.
    private List<Route> programs() {
        return List.of(
                Route.open("/healthz", "Says that the server runs.", Routes::health),
                Route.open("/readyz", "Says whether runs can begin.", this::ready),
                Route.owner(Method.GET, "/metrics", "Metrics for Prometheus.", this::metrics),
                Route.client(Method.GET, "/openapi.json", "This document.", this::document),
                Route.client(Method.GET, "/v1/models", "The models' names.", this::models),
                Route.client(Method.GET, "/v1/models/{name}", "One of these names.", this::model),
                Route.client(
                                Method.POST,
                                "/v1/chat/completions",
                                "OpenAI's Chat Completions.",
                                chat::handle)
                        .with("ChatRequest"),
                Route.client(
                                Method.POST,
                                "/v1/embeddings",
                                "OpenAI's Embeddings.",
                                embeddings::handle)
                        .with("EmbeddingsRequest"),
                Route.client(Method.POST, "/v1/responses", "OpenAI's Responses.", responses::create)
                        .with("ResponsesRequest"),
                Route.client(Method.GET, "/v1/responses/{id}", "A kept response.", responses::get),
                Route.client(
                        Method.DELETE,
                        "/v1/responses/{id}",
                        "Forgets a response.",
                        responses::delete),
                Route.client(
                        Method.POST,
                        "/v1/responses/{id}/cancel",
                        "Ends a response in the background.",
                        responses::cancel),
                Route.client(Method.POST, "/v1/messages", "Anthropic's Messages.", messages::handle)
                        .with("MessagesRequest")
                        .in(Dialect.ANTHROPIC),
                Route.client(
                                Method.POST,
                                "/v1/messages/count_tokens",
                                "Counts the tokens of a prompt.",
                                messages::count)
                        .with("MessagesRequest")
                        .in(Dialect.ANTHROPIC),
                Route.client(Method.GET, "/v1/runs", "Runs, the newest first.", runs::list),
                Route.client(
                                Method.POST,
                                "/v1/runs",
                                "Starts a run in the background.",
                                runs::create)
                        .with("ChatRequest"),
                Route.client(Method.GET, "/v1/runs/{id}", "A run.", runs::get),
                Route.client(
                        Method.DELETE,
                        "/v1/runs/{id}",
                        "Removes a run that is over.",
                        runs::delete),
                Route.client(
                        Method.GET,
                        "/v1/runs/{id}/events",
                        "A run's events, as they are committed.",
                        runs::events),
                Route.client(
                        Method.POST,
                        "/v1/runs/{id}/finish",
                        "Ends a run with its best answer so far.",
                        runs::finish),
                Route.client(
                                Method.POST,
                                "/v1/runs/{id}/budget",
                                "Raises a run's limits.",
                                runs::raise)
                        .with("Budget"),
                Route.client(Method.POST, "/v1/runs/{id}/cancel", "Ends a run.", runs::cancel));
    }

    /// What people ask for who share the server.
    private List<Route> household() {
        return List.of(
                Route.owner(
                                Method.POST,
                                "/api/owner",
                                "Lets the first person in, an owner.",
                                people::begin)
                        .with("Owner"),
                Route.client(Method.GET, "/api/me", "Who asks.", people::me),
                Route.owner(Method.GET, "/api/people", "People, the newest first.", people::list),
                Route.owner(Method.POST, "/api/people", "Adds a person.", people::create)
                        .with("Person"),
                Route.self(Method.GET, "/api/people/{person}", "A person.", people::get),
                Route.owner(
                                Method.PATCH,
                                "/api/people/{person}",
                                "Changes a person's name or role.",
                                people::change)
                        .with("PersonChange"),
                Route.owner(
                        Method.DELETE,
                        "/api/people/{person}",
                        "Erases a person and all that is theirs.",
                        people::delete),
                Route.self(Method.GET, "/api/people/{person}/keys", "A person's keys.", keys::list),
                Route.self(
                                Method.POST,
                                "/api/people/{person}/keys",
                                "Makes a key, and tells its secret this once.",
                                keys::create)
                        .with("Key"),
                Route.self(
                        Method.DELETE,
                        "/api/people/{person}/keys/{key}",
                        "Deletes a key.",
                        keys::delete),
                Route.self(
                        Method.GET,
                        "/api/people/{person}/quotas",
                        "A person's quotas and how they stand.",
                        quotas::ofPerson),
                Route.owner(
                                Method.PUT,
                                "/api/people/{person}/quotas",
                                "Replaces a person's quotas.",
                                quotas::limitPerson)
                        .with("Quotas"),
                Route.self(
                        Method.GET,
                        "/api/people/{person}/keys/{key}/quotas",
                        "A key's quotas and how they stand.",
                        quotas::ofKey),
                Route.self(
                                Method.PUT,
                                "/api/people/{person}/keys/{key}/quotas",
                                "Replaces a key's quotas.",
                                quotas::limitKey)
                        .with("Quotas"),
                Route.owner(Method.GET, "/api/groups", "Groups of people.", groups::list),
                Route.owner(Method.POST, "/api/groups", "Makes a group.", groups::create)
                        .with("Group"),
                Route.owner(
                                Method.PATCH,
                                "/api/groups/{group}",
                                "Changes a group's name or people.",
                                groups::change)
                        .with("GroupChange"),
                Route.owner(
                        Method.DELETE, "/api/groups/{group}", "Removes a group.", groups::delete),
                Route.owner(
                        Method.GET,
                        "/api/groups/{group}/quotas",
                        "A group's quotas and how they stand.",
                        quotas::ofGroup),
                Route.owner(
                                Method.PUT,
                                "/api/groups/{group}/quotas",
                                "Replaces a group's quotas.",
                                quotas::limitGroup)
                        .with("Quotas"),
                Route.owner(
                        Method.GET, "/api/audit", "What was done, the newest first.", audit::list),
                Route.owner(
                        Method.GET,
                        "/api/audit/check",
                        "Whether the audit log is whole.",
                        audit::check),
                Route.client(
                        Method.GET,
                        "/api/usage",
                        "What was spent, by day, model, mode, person and key.",
                        usage::handle));
    }

    /// What people ask for who sign in.
    private List<Route> signingIn() {
        return List.of(
                Route.open(Method.POST, "/api/session", "Signs somebody in.", signIns::signIn)
                        .with("SignIn"),
                Route.client(
                        Method.DELETE,
                        "/api/session",
                        "Signs out of the browser that asks.",
                        signIns::signOut),
                Route.open(
                                Method.POST,
                                "/api/join",
                                "Lets somebody in who was invited.",
                                signIns::join)
                        .with("Join"),
                Route.owner(
                        Method.GET,
                        "/api/invitations",
                        "Invitations that were not used, the newest first.",
                        signIns::invitations),
                Route.owner(
                                Method.POST,
                                "/api/invitations",
                                "Invites somebody, and tells the secret this once.",
                                signIns::invite)
                        .with("Invitation"),
                Route.owner(
                        Method.DELETE,
                        "/api/invitations/{invitation}",
                        "Takes an invitation back.",
                        signIns::withdraw),
                Route.person(
                                Method.PUT,
                                "/api/people/{person}/password",
                                "Changes one's password, and signs out everywhere else.",
                                signIns::changePassword)
                        .with("PasswordChange"),
                Route.self(
                        Method.GET,
                        "/api/people/{person}/sessions",
                        "Where a person is signed in.",
                        signIns::list),
                Route.self(
                        Method.DELETE,
                        "/api/people/{person}/sessions",
                        "Signs a person out everywhere.",
                        signIns::endAll),
                Route.self(
                        Method.DELETE,
                        "/api/people/{person}/sessions/{session}",
                        "Signs a person out of one browser.",
                        signIns::end));
    }

    /// What people ask for who talk with Polymnia.
    private List<Route> conversations() {
        return List.of(
                Route.own(
                        Method.GET,
                        "/api/conversations",
                        "Conversations, those first in which something was said last.",
                        conversations::list),
                Route.own(
                                Method.POST,
                                "/api/conversations",
                                "Begins a conversation.",
                                conversations::create)
                        .with("Filing"),
                Route.own(
                        Method.GET,
                        "/api/conversations/{conversation}",
                        "A conversation and all its messages.",
                        conversations::get),
                Route.own(
                                Method.PATCH,
                                "/api/conversations/{conversation}",
                                "Changes how a conversation is filed.",
                                conversations::change)
                        .with("Filing"),
                Route.own(
                        Method.DELETE,
                        "/api/conversations/{conversation}",
                        "Removes a conversation.",
                        conversations::delete),
                Route.own(
                                Method.POST,
                                "/api/conversations/{conversation}/messages",
                                "Says something, which a run answers.",
                                conversations::say)
                        .with("Saying"),
                Route.own(
                        Method.GET,
                        "/api/conversations/{conversation}/export",
                        "A conversation as a file.",
                        conversations::export),
                Route.own(
                        Method.GET,
                        "/api/conversations/{conversation}/shares",
                        "Links by which others read a conversation.",
                        shares::list),
                Route.own(
                                Method.POST,
                                "/api/conversations/{conversation}/shares",
                                "Makes a link, and tells its secret this once.",
                                shares::create)
                        .with("Share"),
                Route.own(
                        Method.DELETE,
                        "/api/conversations/{conversation}/shares/{share}",
                        "Takes a link back.",
                        shares::withdraw),
                Route.open(Method.POST, "/api/shared", "What is shared.", shares::read)
                        .with("Shared"),
                Route.own(
                                Method.POST,
                                "/api/import",
                                "Takes conversations from elsewhere.",
                                conversations::bring)
                        .with("Import"),
                Route.person(
                        Method.GET,
                        "/api/people/{person}/memories",
                        "What is remembered of a person.",
                        memories::list),
                Route.person(
                                Method.POST,
                                "/api/people/{person}/memories",
                                "Remembers something.",
                                memories::create)
                        .with("Memory"),
                Route.person(
                                Method.PUT,
                                "/api/people/{person}/memories",
                                "Switches the memory on or off.",
                                memories::turn)
                        .with("Switch"),
                Route.person(
                                Method.PATCH,
                                "/api/people/{person}/memories/{memory}",
                                "Changes what is remembered.",
                                memories::change)
                        .with("Memory"),
                Route.person(
                        Method.DELETE,
                        "/api/people/{person}/memories/{memory}",
                        "Forgets something.",
                        memories::delete),
                Route.person(
                        Method.GET,
                        "/api/people/{person}/export",
                        "All that is kept of a person, as a ZIP.",
                        takeout::send),
                Route.own(
                        Method.GET,
                        "/api/search",
                        "Messages with some words.",
                        conversations::search));
    }

    private void document(Caller caller, ServerRequest request, ServerResponse response) {
        Bodies.send(response, OpenApi.of(all()));
    }

    /// Returns how errors of a request look.
    Dialect dialect(ServerRequest request) {
        String path = request.path().path();
        return all().stream()
                .filter(route -> route.path().equals(path))
                .map(Route::dialect)
                .findFirst()
                .orElse(Dialect.OPENAI);
    }

    private static void health(Caller caller, ServerRequest request, ServerResponse response) {
        Bodies.send(response, "{\"status\":\"ok\"}");
    }

    private void ready(Caller caller, ServerRequest request, ServerResponse response) {
        String state = readiness.state();
        if (!state.equals(Readiness.READY)) {
            response.status(Status.SERVICE_UNAVAILABLE_503);
        }
        Bodies.send(response, "{\"status\":\"%s\"}".formatted(state));
    }

    private void metrics(Caller caller, ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
        response.send(meters.text().getBytes(StandardCharsets.UTF_8));
    }

    private void models(Caller caller, ServerRequest request, ServerResponse response) {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        body.put("object", "list");
        ArrayNode data = body.putArray("data");
        models.names().forEach(name -> describe(data.addObject(), name));
        describe(data.addObject(), embedder.name());
        Bodies.send(response, body.toString());
    }

    private void model(Caller caller, ServerRequest request, ServerResponse response) {
        String name = request.path().pathParameters().get("name");
        ObjectNode body = JsonMapper.shared().createObjectNode();
        describe(body, name);
        Bodies.send(response, body.toString());
    }

    private void describe(ObjectNode object, String name) {
        object.put("id", name);
        object.put("object", "model");
        object.put("created", started);
        object.put("owned_by", "polymnia");
        object.put(
                "context_length",
                name.equals(embedder.name())
                        ? embedder.mostTokens()
                        : models.of(name).info().contextTokens());
    }
}
