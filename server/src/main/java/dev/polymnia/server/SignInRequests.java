package dev.polymnia.server;

import dev.polymnia.core.Fault;
import dev.polymnia.server.people.Invitation;
import dev.polymnia.server.people.Password;
import dev.polymnia.server.people.Person;
import dev.polymnia.server.people.PersonName;
import dev.polymnia.server.people.Role;
import dev.polymnia.server.people.Secret;
import dev.polymnia.server.people.Session;
import dev.polymnia.server.store.SessionStore;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Answers requests about signing in and being invited. Thread-safe.
///
/// @param people knows the person that a path names
/// @param signIns know passwords
/// @param cookies hold the secrets of sessions
record SignInRequests(PeopleRequests people, SignIns signIns, Cookies cookies) {
    /// Signs somebody in.
    void signIn(Caller caller, ServerRequest request, ServerResponse response) {
        Fields sent = new Fields(Bodies.read(request, people.mostBytes()), "");
        String name = sent.required("name");
        Password password = new Password(sent.required("password"));
        sent.ignored(Set.of());
        open(signIns.signIn(name, password), request, response);
    }

    private void open(Person person, ServerRequest request, ServerResponse response) {
        Session session = begin(person, request, response);
        ObjectNode body = RunJson.object();
        PeopleJson.put(body.putObject("person"), person);
        PeopleJson.put(body.putObject("session"), session);
        response.status(Status.CREATED_201);
        Bodies.send(response, body.toString());
    }

    /// Begins a session of a person, whose secret the browser keeps that is answered.
    Session begin(Person person, ServerRequest request, ServerResponse response) {
        Secret secret = Secret.random();
        String client =
                request.headers().contains(HeaderNames.USER_AGENT)
                        ? request.headers().get(HeaderNames.USER_AGENT).get()
                        : "";
        Session session = Session.create(person.id(), client, people.household().now());
        sessions().add(session, secret.digest());
        people.household().audit().is(person);
        cookies.set(response, secret);
        return session;
    }

    /// Signs the caller out of the browser that asks.
    void signOut(Caller caller, ServerRequest request, ServerResponse response) {
        Session session = caller.session();
        if (session == null) {
            throw ApiError.refused(
                    400, "no_session", "Nobody is signed in; a key is deleted where keys are.");
        }
        sessions().end(session.person(), session.id());
        cookies.clear(response);
        Bodies.sendDeleted(response, "session", session.id());
    }

    /// Lists the sessions of a person that have not ended, the oldest first.
    void list(Caller caller, ServerRequest request, ServerResponse response) {
        Instant now = people.household().now();
        List<Session> open =
                sessions().of(people.find(request).id()).stream()
                        .filter(session -> !session.isOver(now))
                        .toList();
        Bodies.sendList(response, open, PeopleJson::put);
    }

    /// Ends all sessions of a person.
    void endAll(Caller caller, ServerRequest request, ServerResponse response) {
        String id = people.find(request).id();
        sessions().endAll(id);
        Bodies.sendDeleted(response, "session", id);
    }

    /// Ends one of a person's sessions.
    void end(Caller caller, ServerRequest request, ServerResponse response) {
        String id = request.path().pathParameters().get("session");
        sessions().end(people.find(request).id(), id);
        Bodies.sendDeleted(response, "session", id);
    }

    /// Gives the caller another password, and ends all their sessions but a new one.
    void changePassword(Caller caller, ServerRequest request, ServerResponse response) {
        Person person = people.find(request);
        Fields sent = new Fields(Bodies.read(request, people.mostBytes()), "");
        Password password = good(sent, person.name());
        Optional<String> current = sent.text("current");
        sent.ignored(Set.of());
        if (sessions().hash(person.id()).isPresent()) {
            signIns.signIn(
                    person.name().text(),
                    new Password(
                            current.orElseThrow(() ->
                                    ApiError.field(
                                            "current",
                                            "'current' is missing; send the password until"
                                                    + " now."))));
        }
        sessions().setPassword(person.id(), signIns.hashing().run(password::hash));
        open(person, request, response);
    }

    private static Password good(Fields sent, PersonName name) {
        Password password = new Password(sent.required("password"));
        try {
            password.requireGood(name);
        } catch (Fault fault) {
            throw ApiError.field("password", fault.getMessage());
        }
        return password;
    }

    /// Invites somebody new, or somebody who lost their password; the only answer that shows the
    /// secret.
    void invite(Caller caller, ServerRequest request, ServerResponse response) {
        people.requireShared();
        Fields sent = new Fields(Bodies.read(request, people.mostBytes()), "");
        Optional<Person> person = sent.text("person").map(people::find);
        Role role = sent.text("role").map(PeopleRequests::role).orElse(Role.MEMBER);
        sent.ignored(Set.of());
        Secret secret = Secret.random();
        Invitation invitation =
                Invitation.create(
                        person.map(Person::id).orElse(null),
                        person.map(Person::role).orElse(role),
                        people.household().now());
        sessions().add(invitation, secret.digest());
        ObjectNode body = RunJson.object();
        PeopleJson.put(body.put("secret", secret.text()), invitation);
        response.status(Status.CREATED_201);
        Bodies.send(response, body.toString());
    }

    /// Lists invitations that were not used, the newest first.
    void invitations(Caller caller, ServerRequest request, ServerResponse response) {
        Bodies.send(response, Pages.of(request, sessions()::invitations, PeopleJson::put));
    }

    /// Takes an invitation back.
    void withdraw(Caller caller, ServerRequest request, ServerResponse response) {
        String id = request.path().pathParameters().get("invitation");
        sessions().withdraw(id);
        Bodies.sendDeleted(response, "invitation", id);
    }

    /// Lets somebody in who was invited, and signs them in.
    void join(Caller caller, ServerRequest request, ServerResponse response) {
        Fields sent = new Fields(Bodies.read(request, people.mostBytes()), "");
        Invitation invitation = invitation(new Secret(sent.required("invitation")).digest());
        Person person = person(invitation, sent);
        Password password = good(sent, person.name());
        sent.ignored(Set.of());
        if (!sessions().accept(invitation, person, signIns.hashing().run(password::hash))) {
            throw unknown();
        }
        open(person, request, response);
    }

    /// Returns the invitation with a secret of that digest.
    ///
    /// @throws ApiError if there is none, or it has ended
    Invitation invitation(String digest) {
        return sessions()
                .invitation(digest)
                .filter(it -> !it.isExpired(people.household().now()))
                .orElseThrow(SignInRequests::unknown);
    }

    private Person person(Invitation invitation, Fields sent) {
        String there = invitation.person();
        return there == null
                ? Person.create(
                        PeopleRequests.name(sent.required("name")),
                        invitation.role(),
                        people.household().now())
                : people.find(there);
    }

    /// Returns that there is no such invitation.
    static ApiError unknown() {
        return ApiError.refused(
                404,
                "unknown_invitation",
                "There is no such invitation: it was used, has ended or was taken back; ask for"
                        + " another.");
    }

    private SessionStore sessions() {
        return people.household().store().sessions();
    }
}
