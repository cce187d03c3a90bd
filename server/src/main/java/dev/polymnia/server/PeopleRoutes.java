package dev.polymnia.server;

import dev.polymnia.core.model.Embedder;
import io.helidon.http.Method;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/// What people ask for who share the server, as data: a part of the [table][Routes]. Thread-safe.
final class PeopleRoutes {
    private final PeopleRequests people;
    private final KeyRequests keys;
    private final GroupRequests groups;
    private final QuotaRequests quotas;
    private final UsageRequests usage;
    private final SignInRequests signIns;
    private final OpenIdRequests openId;
    private final AuditRequests audit;
    private final ConversationRequests conversations;
    private final FileRequests files;
    private final ImportRequests imports;
    private final ShareRequests shares;
    private final Takeout takeout;
    private final MemoryRequests memories;
    private final Leaderboard leaderboard;

    PeopleRoutes(
            Household household,
            Runs runs,
            Models models,
            Embedder embedder,
            Browsers browsers,
            ServerLimits limits) {
        int mostBytes = limits.bodyBytes();
        people = new PeopleRequests(household, runs, mostBytes);
        keys = new KeyRequests(people, models, embedder.name());
        groups = new GroupRequests(household, mostBytes);
        quotas = new QuotaRequests(people, keys, groups);
        usage = new UsageRequests(household);
        conversations =
                new ConversationRequests(
                        new Turns(household.store().conversations(), runs.store()),
                        new Attachments(household.store().files()),
                        new Recall(household.store().memories(), embedder),
                        runs,
                        models,
                        InstantSource.system(),
                        mostBytes);
        files = new FileRequests(conversations, limits.files());
        imports =
                new ImportRequests(
                        household.store().files(),
                        limits.files(),
                        InstantSource.system(),
                        mostBytes);
        shares = new ShareRequests(conversations, household.store().shares());
        memories = new MemoryRequests(people);
        leaderboard = new Leaderboard(people);
        takeout = new Takeout(people, conversations.turns());
        audit = new AuditRequests(household.store().audit());
        signIns =
                new SignInRequests(
                        people,
                        new SignIns(household, InstantSource.system(), Hashing.ofMachine()),
                        browsers.cookies());
        openId =
                new OpenIdRequests(
                        people,
                        signIns,
                        browsers,
                        new Attempts(browsers.cookies(), InstantSource.system()));
    }

    List<Route> all() {
        return Stream.of(household(), signingIn(), openId(), conversations())
                .flatMap(List::stream)
                .toList();
    }

    /// Who they are, what they may spend, and what was done.
    private List<Route> household() {
        return List.of(
                Route.owner(
                                Method.POST,
                                "/api/owner",
                                "Lets the first person in, an owner.",
                                people::begin)
                        .with("Owner"),
                Route.client(Method.GET, "/api/me", "Who asks.", people::me),
                Route.owner(Method.GET, "/api/people", "People, the newest first.", people::list)
                        .withTags(),
                Route.owner(Method.POST, "/api/people", "Adds a person.", people::create)
                        .with("Person"),
                Route.self(Method.GET, "/api/people/{person}", "A person.", people::get).withTags(),
                Route.owner(
                                Method.PATCH,
                                "/api/people/{person}",
                                "Changes a person's name or role.",
                                people::change)
                        .with("PersonChange")
                        .withTags(),
                Route.self(
                                Method.DELETE,
                                "/api/people/{person}",
                                "Erases a person and all that is theirs.",
                                people::delete)
                        .withTags(),
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
                                quotas::ofPerson)
                        .withTags(),
                Route.owner(
                                Method.PUT,
                                "/api/people/{person}/quotas",
                                "Replaces a person's quotas.",
                                quotas::limitPerson)
                        .with("Quotas")
                        .withTags(),
                Route.self(
                                Method.GET,
                                "/api/people/{person}/keys/{key}/quotas",
                                "A key's quotas and how they stand.",
                                quotas::ofKey)
                        .withTags(),
                Route.self(
                                Method.PUT,
                                "/api/people/{person}/keys/{key}/quotas",
                                "Replaces a key's quotas.",
                                quotas::limitKey)
                        .with("Quotas")
                        .withTags(),
                Route.owner(Method.GET, "/api/groups", "Groups of people.", groups::list)
                        .withTags(),
                Route.owner(Method.POST, "/api/groups", "Makes a group.", groups::create)
                        .with("Group"),
                Route.owner(
                                Method.PATCH,
                                "/api/groups/{group}",
                                "Changes a group's name or people.",
                                groups::change)
                        .with("GroupChange")
                        .withTags(),
                Route.owner(Method.GET, "/api/groups/{group}", "A group.", groups::get).withTags(),
                Route.owner(
                                Method.DELETE,
                                "/api/groups/{group}",
                                "Removes a group.",
                                groups::delete)
                        .withTags(),
                Route.owner(
                                Method.GET,
                                "/api/groups/{group}/quotas",
                                "A group's quotas and how they stand.",
                                quotas::ofGroup)
                        .withTags(),
                Route.owner(
                                Method.PUT,
                                "/api/groups/{group}/quotas",
                                "Replaces a group's quotas.",
                                quotas::limitGroup)
                        .with("Quotas")
                        .withTags(),
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
                        usage::handle),
                Route.own(
                                Method.GET,
                                "/api/leaderboard",
                                "Who generated how many tokens, of those who want that seen.",
                                leaderboard::get)
                        .withTags(),
                Route.owner(
                                Method.PUT,
                                "/api/leaderboard",
                                "Switches the leaderboard on or off.",
                                leaderboard::turn)
                        .with("Switch"),
                Route.person(
                                Method.PUT,
                                "/api/people/{person}/leaderboard",
                                "Lets oneself be seen in the leaderboard, or not any more.",
                                leaderboard::join)
                        .with("Switch"));
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

    /// What people ask for who sign in by an account elsewhere.
    private List<Route> openId() {
        return List.of(
                Route.open("/api/sign-in", "How people sign in.", openId::ways),
                Route.open(
                                "/api/openid",
                                "Sends a browser to the provider of OpenID Connect, to sign in.",
                                openId::begin)
                        .in(Dialect.PAGE),
                Route.open(
                                Method.POST,
                                "/api/openid",
                                "Says where a browser goes to use an invitation.",
                                openId::join)
                        .with("OpenIdJoin"),
                Route.open(
                                OpenIdRequests.CALLBACK,
                                "Ends what a browser began that comes back from the provider.",
                                openId::end)
                        .in(Dialect.PAGE),
                Route.self(
                        Method.GET,
                        "/api/people/{person}/openid",
                        "The accounts by which a person signs in.",
                        openId::list),
                Route.person(
                        Method.POST,
                        "/api/people/{person}/openid",
                        "Says where a browser goes to link an account.",
                        openId::link),
                Route.self(
                        Method.DELETE,
                        "/api/people/{person}/openid/{account}",
                        "Takes the link with an account away.",
                        openId::unlink));
    }

    /// What people ask for who talk with Polymnia.
    private List<Route> conversations() {
        return List.of(
                Route.own(
                                Method.GET,
                                "/api/conversations",
                                "Conversations, those first in which something was said last.",
                                conversations::list)
                        .withTags(),
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
                                conversations::get)
                        .withTags(),
                Route.own(
                                Method.PATCH,
                                "/api/conversations/{conversation}",
                                "Changes how a conversation is filed.",
                                conversations::change)
                        .with("Filing")
                        .withTags(),
                Route.own(
                                Method.DELETE,
                                "/api/conversations/{conversation}",
                                "Removes a conversation.",
                                conversations::delete)
                        .withTags(),
                Route.own(
                                Method.POST,
                                "/api/conversations/{conversation}/messages",
                                "Says something, which a run answers.",
                                conversations::say)
                        .with("Saying"),
                Route.own(
                                Method.PUT,
                                "/api/conversations/{conversation}/messages/{message}/feedback",
                                "Says whether an answer helped.",
                                new FeedbackRequests(conversations)::give)
                        .with("Feedback"),
                Route.own(
                        Method.DELETE,
                        "/api/conversations/{conversation}/messages/{message}/feedback",
                        "Takes that back.",
                        new FeedbackRequests(conversations)::withdraw),
                Route.own(
                        Method.GET,
                        "/api/conversations/{conversation}/export",
                        "A conversation as a file.",
                        new ExportRequests(conversations)::export),
                Route.own(
                        Method.GET,
                        "/api/conversations/{conversation}/files",
                        "The files of a conversation.",
                        files::list),
                Route.own(
                                Method.POST,
                                "/api/conversations/{conversation}/files",
                                "Keeps a file in a conversation; 'name' says what it is called.",
                                files::create)
                        .taking(Route.Sent.BYTES),
                Route.own(
                        Method.GET,
                        "/api/conversations/{conversation}/files/{file}",
                        "What is in a file.",
                        files::get),
                Route.own(
                        Method.DELETE,
                        "/api/conversations/{conversation}/files/{file}",
                        "Deletes a file.",
                        files::delete),
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
                                imports::bring)
                        .with("Import")
                        .taking(Route.Sent.JSON_OR_ZIP),
                Route.person(
                                Method.GET,
                                "/api/people/{person}/memories",
                                "What is remembered of a person.",
                                memories::list)
                        .withTags(),
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
                        .with("Switch")
                        .withTags(),
                Route.person(
                                Method.GET,
                                "/api/people/{person}/memories/{memory}",
                                "One thing that is remembered.",
                                memories::get)
                        .withTags(),
                Route.person(
                                Method.PATCH,
                                "/api/people/{person}/memories/{memory}",
                                "Changes what is remembered.",
                                memories::change)
                        .with("Memory")
                        .withTags(),
                Route.person(
                                Method.DELETE,
                                "/api/people/{person}/memories/{memory}",
                                "Forgets something.",
                                memories::delete)
                        .withTags(),
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
}
