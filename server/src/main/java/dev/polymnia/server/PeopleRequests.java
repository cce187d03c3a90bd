package dev.polymnia.server;

import dev.polymnia.core.Fault;
import dev.polymnia.server.people.Key;
import dev.polymnia.server.people.Person;
import dev.polymnia.server.people.PersonName;
import dev.polymnia.server.people.Role;
import dev.polymnia.server.people.Scope;
import dev.polymnia.server.people.Secret;
import dev.polymnia.server.people.Session;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Answers requests about the people who share the server. Thread-safe.
///
/// @param household who they are
/// @param runs are theirs
/// @param mostBytes of a request's body
record PeopleRequests(Household household, Runs runs, int mostBytes) {
    /// Lets the first person in, an owner; from then on everybody has to show a key.
    void begin(Caller caller, ServerRequest request, ServerResponse response) {
        Fields sent = new Fields(Bodies.read(request, mostBytes), "");
        PersonName name = name(sent.required("name"));
        sent.ignored(Set.of());
        Person owner = Person.create(name, Role.OWNER, household.now());
        Secret secret = Secret.random();
        Key key = Key.create(owner.id(), "first", secret, Scope.ALL, household.now(), null);
        if (!household.begin(owner, key, secret)) {
            throw ApiError.refused(
                    409,
                    "has_owner",
                    "There is an owner already; whoever is one adds people at POST /api/people.");
        }
        ObjectNode body = RunJson.object();
        PeopleJson.put(body.putObject("person"), owner);
        PeopleJson.put(body.putObject("key").put("secret", secret.text()), key);
        response.status(Status.CREATED_201);
        Bodies.send(response, body.toString());
    }

    /// Says who asks.
    void me(Caller caller, ServerRequest request, ServerResponse response) {
        ObjectNode body = RunJson.object();
        Person person = caller.person();
        Key key = caller.key();
        Session session = caller.session();
        body.putNull("person").putNull("key").putNull("session");
        if (person != null) {
            PeopleJson.put(body.putObject("person"), person);
        }
        if (key != null) {
            PeopleJson.put(body.putObject("key"), key);
        }
        if (session != null) {
            PeopleJson.put(body.putObject("session"), session);
        }
        body.put("shared", household.isShared());
        Bodies.send(response, body.toString());
    }

    /// Lists people, the newest first.
    void list(Caller caller, ServerRequest request, ServerResponse response) {
        String body =
                Pages.of(
                        request,
                        (limit, after) -> {
                            if (after != null) {
                                find(after);
                            }
                            return household.store().people().newest(limit, after);
                        },
                        PeopleJson::put);
        Tag.of(body).send(request, response, body);
    }

    /// Adds a person, who has no key yet.
    void create(Caller caller, ServerRequest request, ServerResponse response) {
        requireShared();
        Fields sent = new Fields(Bodies.read(request, mostBytes), "");
        Person person =
                Person.create(
                        name(sent.required("name")),
                        sent.text("role").map(PeopleRequests::role).orElse(Role.MEMBER),
                        household.now());
        sent.ignored(Set.of());
        household.store().people().add(person);
        response.status(Status.CREATED_201);
        send(response, person);
    }

    /// Checks whether there is an owner.
    void requireShared() {
        if (!household.isShared()) {
            throw ApiError.refused(
                    409,
                    "no_owner",
                    "There is no owner yet, so nobody could let this person in; begin with POST"
                            + " /api/owner.");
        }
    }

    /// Tells of one person.
    void get(Caller caller, ServerRequest request, ServerResponse response) {
        String body = body(find(request));
        tag(body).send(request, response, body);
    }

    /// Changes a person's name or role.
    void change(Caller caller, ServerRequest request, ServerResponse response) {
        Person found = find(request);
        Unchanged unchanged = Unchanged.of(request);
        Fields sent = new Fields(Bodies.read(request, mostBytes), "");
        Optional<PersonName> name = sent.text("name").map(PeopleRequests::name);
        Optional<Role> role = sent.text("role").map(PeopleRequests::role);
        sent.ignored(Set.of());
        Person after =
                household
                        .store()
                        .people()
                        .change(
                                found.id(),
                                before -> {
                                    require(unchanged, before);
                                    Person named = name.map(before::withName).orElse(before);
                                    return role.map(named::withRole).orElse(named);
                                })
                        .orElseThrow(() -> missing(found.id()));
        send(response, after);
    }

    private static void require(Unchanged unchanged, Person now) {
        unchanged.require(now.name().text(), body(now));
    }

    /// Erases a person: their keys and sessions, then their runs at work, then all that is theirs.
    /// What the caller shows stays good until the end, so that who erases themselves can ask again
    /// if a run does not end.
    void delete(Caller caller, ServerRequest request, ServerResponse response) {
        Person person = find(request);
        Unchanged unchanged = Unchanged.of(request);
        require(unchanged, person);
        household.store().people().requireOtherOwner(person);
        // So that others who have them begin nothing more.
        household.store().keys().of(person.id()).stream()
                .filter(key -> !caller.shows(key))
                .forEach(key -> household.store().keys().delete(person.id(), key.id()));
        household.store().sessions().of(person.id()).stream()
                .filter(session -> !caller.shows(session))
                .forEach(session -> household.store().sessions().end(person.id(), session.id()));
        runs.endAll(person.id());
        household.store().people().erase(person.id(), now -> require(unchanged, now));
        Bodies.sendDeleted(response, "person", person.id());
    }

    /// Returns to what a body switches something.
    boolean on(ServerRequest request) {
        Fields sent = new Fields(Bodies.read(request, mostBytes), "");
        boolean on =
                sent.flag("on")
                        .orElseThrow(
                                () -> ApiError.field("on", "'on' is missing; send true or false."));
        sent.ignored(Set.of());
        return on;
    }

    private static void send(ServerResponse response, Person person) {
        String body = body(person);
        tag(body).tell(response);
        Bodies.send(response, body);
    }

    private static String body(Person person) {
        ObjectNode body = RunJson.object();
        PeopleJson.put(body, person);
        return body.toString();
    }

    /// Nothing else is told of a person than what may be changed.
    private static Tag tag(String body) {
        return Tag.of(body, body);
    }

    /// Returns the person that the path names.
    Person find(ServerRequest request) {
        return find(request.path().pathParameters().get("person"));
    }

    /// Returns a person.
    ///
    /// @throws Fault `NOT_FOUND` if there is none of that id
    Person find(String id) {
        return household.store().people().find(id).orElseThrow(() -> missing(id));
    }

    /// Returns that there is no such person.
    static Fault missing(String id) {
        return new Fault(
                Fault.Code.NOT_FOUND,
                "There is no person '%s'; GET /api/people lists them.".formatted(id));
    }

    static PersonName name(String text) {
        try {
            return new PersonName(text);
        } catch (Fault fault) {
            throw ApiError.field("name", fault.getMessage());
        }
    }

    static Role role(String word) {
        return Role.of(word)
                .orElseThrow(() ->
                        ApiError.field(
                                "role",
                                "There is no role '%s'; send owner, member or guest."
                                        .formatted(word)));
    }
}
