package dev.polymnia.server;

import dev.polymnia.server.Attempts.Begun;
import dev.polymnia.server.Attempts.Purpose;
import dev.polymnia.server.openid.Attempt;
import dev.polymnia.server.openid.Identity;
import dev.polymnia.server.openid.OpenIdOptions;
import dev.polymnia.server.openid.Provider;
import dev.polymnia.server.people.Invitation;
import dev.polymnia.server.people.OpenIdAccount;
import dev.polymnia.server.people.Person;
import dev.polymnia.server.people.PersonName;
import dev.polymnia.server.people.Role;
import dev.polymnia.server.people.Secret;
import dev.polymnia.server.people.Session;
import dev.polymnia.server.store.OpenIdStore;
import dev.polymnia.server.store.Store;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Answers requests about signing in by an account at a provider of OpenID Connect. Thread-safe.
///
/// @param people knows the person that a path names
/// @param signIns begin sessions and know invitations
/// @param browsers say which provider there is
/// @param attempts remember what was begun
record OpenIdRequests(
        PeopleRequests people, SignInRequests signIns, Browsers browsers, Attempts attempts) {
    /// Where the provider sends browsers back to, as its operator has to be told.
    static final String CALLBACK = "/api/openid/callback";

    private static final int LONGEST_CODE = 4096;
    private static final int MOST_NAMESAKES = 1000;

    /// Says how people sign in.
    void ways(Caller caller, ServerRequest request, ServerResponse response) {
        ObjectNode body = RunJson.object();
        body.put("password", true);
        Provider provider = browsers.provider();
        if (provider == null) {
            body.putNull("openid");
        } else {
            OpenIdOptions options = provider.options();
            Role admits = options.admits();
            body.putObject("openid")
                    .put("issuer", options.issuer())
                    .put("host", options.host())
                    .put("admits", admits == null ? "invited" : admits.word());
        }
        Bodies.send(response, body.toString());
    }

    /// Sends a browser to the provider, to sign in.
    void begin(Caller caller, ServerRequest request, ServerResponse response) {
        people.requireShared();
        URI address = begin(response, new Purpose.SignIn());
        response.status(Status.FOUND_302);
        response.header(HeaderNames.LOCATION, address.toString());
        response.send();
    }

    /// Says where a browser goes to use an invitation.
    void join(Caller caller, ServerRequest request, ServerResponse response) {
        Fields sent = new Fields(Bodies.read(request, people.mostBytes()), "");
        String digest = new Secret(sent.required("invitation")).digest();
        String name = sent.text("name").map(PeopleRequests::name).map(PersonName::text).orElse("");
        sent.ignored(Set.of());
        if (signIns.invitation(digest).person() != null && !name.isEmpty()) {
            throw ApiError.field(
                    "name",
                    "'name' is '%s', but the invitation is for somebody who is here and has a name; leave it out."
                            .formatted(name));
        }
        send(response, begin(response, new Purpose.Join(digest, name)));
    }

    /// Says where a browser goes to link an account with the person who is signed in with it.
    void link(Caller caller, ServerRequest request, ServerResponse response) {
        Person person = people.find(request);
        Session session = caller.session();
        if (session == null) {
            throw ApiError.refused(
                    400,
                    "no_session",
                    "An account is linked in a browser in which its person is signed in; sign in.");
        }
        send(response, begin(response, new Purpose.Link(person.id(), session.id())));
    }

    private URI begin(ServerResponse response, Purpose purpose) {
        Attempt attempt = Attempt.random();
        URI address = provider().address(attempt, redirect());
        attempts.begin(response, new Begun(attempt, purpose));
        return address;
    }

    private static void send(ServerResponse response, URI address) {
        Bodies.send(response, RunJson.object().put("location", address.toString()).toString());
    }

    /// Ends what a browser began that comes back from the provider.
    void end(Caller caller, ServerRequest request, ServerResponse response) {
        Provider provider = provider();
        Begun begun = attempts.end(request, response);
        provider.requireOwn(Pages.parameter(request, "iss"));
        Pages.parameter(request, "error")
                .ifPresent(error -> {
                    throw refused(provider, error);
                });
        String code =
                Pages.parameter(request, "code")
                        .filter(it -> !it.isEmpty() && it.length() <= LONGEST_CODE)
                        .orElseThrow(() ->
                                ApiError.refused(
                                        400,
                                        "no_code",
                                        "The provider at %s sent you back without a code; begin again."
                                                .formatted(provider.options().host())));
        Identity identity = provider.identify(code, begun.attempt(), redirect());
        switch (begun.purpose()) {
            case Purpose.SignIn _ -> signIns.begin(person(identity), request, response);
            case Purpose.Join join -> signIns.begin(joined(join, identity), request, response);
            case Purpose.Link link -> link(link, identity);
        }
        Bodies.send(response, Dialect.PAGE, HtmlPage.onward());
    }

    private static ApiError refused(Provider provider, String error) {
        return ApiError.refused(
                403,
                "refused_elsewhere",
                "The provider at %s did not let you in (%s); begin again."
                        .formatted(provider.options().host(), Provider.word(error)));
    }

    /// Returns who signs in by an account, letting them in if everybody of the provider may.
    private Person person(Identity identity) {
        Optional<Person> known =
                accounts()
                        .find(identity.issuer(), identity.subject())
                        .flatMap(account -> store().people().find(account.person()));
        if (known.isPresent()) {
            return known.get();
        }
        OpenIdOptions options = provider().options();
        Role role = options.admits();
        if (role == null) {
            throw ApiError.refused(
                    403,
                    "not_invited",
                    "The provider at %s knows you, but nobody here signs in by that account; ask an owner for an invitation, or sign in with your password and link it."
                            .formatted(options.host()));
        }
        Person person = Person.create(name(identity), role, now());
        accounts().admit(person, account(person, identity));
        return person;
    }

    private Person joined(Purpose.Join join, Identity identity) {
        Invitation invitation = signIns.invitation(join.digest());
        Person person = person(invitation, join, identity);
        if (!accounts().accept(invitation, person, account(person, identity))) {
            throw SignInRequests.unknown();
        }
        return person;
    }

    private Person person(Invitation invitation, Purpose.Join join, Identity identity) {
        String there = invitation.person();
        if (there != null) {
            return people.find(there);
        }
        PersonName name = join.name().isEmpty() ? name(identity) : PeopleRequests.name(join.name());
        return Person.create(name, invitation.role(), now());
    }

    /// Returns a name that nobody has: what the provider calls somebody, with a number behind it if
    /// need be.
    private PersonName name(Identity identity) {
        OpenIdOptions options = provider().options();
        String called =
                identity.name()
                        .filter(name -> !name.isBlank())
                        .orElseThrow(() ->
                                ApiError.refused(
                                        403,
                                        "no_name",
                                        "The provider at %s does not tell your name (%s); ask an owner for an invitation, with which you choose one."
                                                .formatted(options.host(), options.nameClaim())));
        return Stream.concat(
                        Stream.of(called),
                        IntStream.rangeClosed(2, MOST_NAMESAKES)
                                .mapToObj(number -> called + " " + number))
                .map(PeopleRequests::name)
                .filter(name -> store().people().named(name.text()).isEmpty())
                .findFirst()
                .orElseThrow(() ->
                        ApiError.refused(
                                409,
                                "name_taken",
                                "Too many are called as you are; ask an owner for an invitation,"
                                        + " with which you choose a name."));
    }

    /// Who began is who comes back: the cookie of the session does not come along from another
    /// site, so it is looked up whether that session goes on.
    private void link(Purpose.Link link, Identity identity) {
        Instant now = now();
        Person person =
                store().sessions().of(link.person()).stream()
                        .filter(session -> session.id().equals(link.session()))
                        .filter(session -> !session.isOver(now))
                        .findFirst()
                        .flatMap(session -> store().people().find(session.person()))
                        .orElseThrow(() ->
                                ApiError.refused(
                                        401,
                                        "signed_out",
                                        "You are not signed in any more; sign in, and link the"
                                                + " account then."));
        people.household().audit().is(person);
        accounts().add(account(person, identity));
    }

    /// Lists the accounts by which a person signs in, the oldest first.
    void list(Caller caller, ServerRequest request, ServerResponse response) {
        Bodies.sendList(response, accounts().of(people.find(request).id()), PeopleJson::put);
    }

    /// Takes a link away, but the last way to sign in from nobody who asks for it themselves.
    void unlink(Caller caller, ServerRequest request, ServerResponse response) {
        Person person = people.find(request);
        String id = request.path().pathParameters().get("account");
        List<OpenIdAccount> all = accounts().of(person.id());
        boolean last = all.size() == 1 && all.getFirst().id().equals(id);
        if (last && caller.is(person.id()) && store().sessions().hash(person.id()).isEmpty()) {
            throw ApiError.refused(
                    409,
                    "last_way",
                    "You have no password, so you could not sign in any more; choose one before.");
        }
        accounts().remove(person.id(), id);
        Bodies.sendDeleted(response, "openid_account", id);
    }

    private OpenIdAccount account(Person person, Identity identity) {
        return OpenIdAccount.create(person.id(), identity.issuer(), identity.subject(), now());
    }

    private Provider provider() {
        @Nullable Provider provider = browsers.provider();
        if (provider == null) {
            throw ApiError.refused(
                    404,
                    "no_openid",
                    "Nobody signs in over OpenID Connect here; whoever runs this server can name a"
                            + " provider (openid.issuer).");
        }
        return provider;
    }

    private String redirect() {
        return browsers.origin().get() + CALLBACK;
    }

    private Store store() {
        return people.household().store();
    }

    private OpenIdStore accounts() {
        return store().openIds();
    }

    private Instant now() {
        return people.household().now();
    }
}
