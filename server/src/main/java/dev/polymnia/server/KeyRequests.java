package dev.polymnia.server;

import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.server.people.Key;
import dev.polymnia.server.people.Label;
import dev.polymnia.server.people.Person;
import dev.polymnia.server.people.Role;
import dev.polymnia.server.people.Scope;
import dev.polymnia.server.people.Secret;
import dev.polymnia.server.store.KeyStore;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers requests about a person's keys. Thread-safe.
///
/// @param people knows the person that a path names
/// @param models that there are
/// @param embedder the name of what makes vectors
record KeyRequests(PeopleRequests people, Models models, String embedder) {
    /// More than these nobody can tell apart.
    private static final int MOST = 100;

    private static final int LONGEST_NAME = 100;

    /// Lists the keys of a person, the oldest first.
    void list(Caller caller, ServerRequest request, ServerResponse response) {
        Person person = people.find(request);
        Bodies.sendList(response, keys().of(person.id()), PeopleJson::put);
    }

    /// Makes a key; the only answer that shows its secret.
    void create(Caller caller, ServerRequest request, ServerResponse response) {
        Person person = people.find(request);
        if (person.role() == Role.GUEST && !caller.isOwner()) {
            throw ApiError.refused(
                    403, "not_allowed", "Guests have the keys that an owner makes for them.");
        }
        Fields sent = new Fields(Bodies.read(request, people.mostBytes()), "");
        Instant now = people.household().now();
        Secret secret = Secret.random();
        Key key = Key.create(person.id(), name(sent), secret, scope(sent), now, expires(sent, now));
        sent.ignored(Set.of());
        keys().add(new KeyStore.Sealed(key, secret.digest()), MOST);
        ObjectNode body = RunJson.object();
        PeopleJson.put(body.put("secret", secret.text()), key);
        response.status(Status.CREATED_201);
        Bodies.send(response, body.toString());
    }

    private static String name(Fields sent) {
        try {
            return Label.of(sent.required("name"), LONGEST_NAME);
        } catch (Fault fault) {
            throw ApiError.field("name", fault.getMessage());
        }
    }

    private Scope scope(Fields sent) {
        return new Scope(
                words(sent, "models").stream().map(this::model).collect(Collectors.toSet()),
                words(sent, "modes").stream().map(KeyRequests::mode).collect(Collectors.toSet()),
                sent.flag("tools").orElse(true),
                sent.flag("manages").orElse(false));
    }

    private static Set<String> words(Fields sent, String field) {
        Set<String> words = new HashSet<>();
        for (JsonNode word : sent.array(field)) {
            if (!word.isString()) {
                throw ApiError.field(
                        field, "'%s' has something other than names.".formatted(field));
            }
            words.add(word.asString());
        }
        return words;
    }

    private String model(String name) {
        return name.equals(embedder) ? name : models.of(name).info().name();
    }

    private static Mode mode(String word) {
        return Mode.of(word)
                .orElseThrow(() ->
                        ApiError.field(
                                "modes",
                                "There is no mode '%s'; send instant, thinking or contemplating."
                                        .formatted(word)));
    }

    private static @Nullable Instant expires(Fields sent, Instant now) {
        return sent.whole("expires", now.getEpochSecond() + 1, Instant.MAX.getEpochSecond() / 1000)
                .map(Instant::ofEpochSecond)
                .orElse(null);
    }

    /// Deletes a key, which lets nobody in from then on.
    void delete(Caller caller, ServerRequest request, ServerResponse response) {
        Key key = find(request);
        keys().delete(key.person(), key.id());
        Bodies.sendDeleted(response, "key", key.id());
    }

    /// Returns the key that the path names.
    Key find(ServerRequest request) {
        String id = request.path().pathParameters().get("key");
        Person person = people.find(request);
        return keys().of(person.id()).stream()
                .filter(key -> key.id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        new Fault(
                                Fault.Code.NOT_FOUND,
                                "%s has no key '%s'; GET /api/people/%s/keys lists them."
                                        .formatted(person.name(), id, person.id())));
    }

    private KeyStore keys() {
        return people.household().store().keys();
    }
}
