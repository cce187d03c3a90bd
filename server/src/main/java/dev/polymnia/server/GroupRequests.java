package dev.polymnia.server;

import dev.polymnia.core.Fault;
import dev.polymnia.server.people.Group;
import dev.polymnia.server.people.PersonName;
import dev.polymnia.server.store.GroupStore;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers requests about groups of people. Thread-safe.
///
/// @param household whose they are
/// @param mostBytes of a request's body
record GroupRequests(Household household, int mostBytes) {
    private static final int MOST = 100;

    private GroupStore store() {
        return household.store().groups();
    }

    /// Lists groups, the oldest first.
    void list(Caller caller, ServerRequest request, ServerResponse response) {
        String body = Bodies.list(store().all(), GroupRequests::put);
        Tag.of(body).send(request, response, body);
    }

    /// Tells of a group.
    void get(Caller caller, ServerRequest request, ServerResponse response) {
        String body = body(find(request));
        tag(body).send(request, response, body);
    }

    /// Makes a group.
    void create(Caller caller, ServerRequest request, ServerResponse response) {
        Fields sent = new Fields(Bodies.read(request, mostBytes), "");
        Group group =
                Group.create(
                        PeopleRequests.name(sent.required("name")), people(sent), household.now());
        sent.ignored(Set.of());
        if (store().all().size() >= MOST) {
            throw ApiError.refused(
                    409,
                    "too_many_groups",
                    "There are %d groups; delete one before.".formatted(MOST));
        }
        store().add(group);
        response.status(Status.CREATED_201);
        send(response, group);
    }

    /// Changes a group's name or people.
    void change(Caller caller, ServerRequest request, ServerResponse response) {
        Group found = find(request);
        Unchanged unchanged = Unchanged.of(request);
        Fields sent = new Fields(Bodies.read(request, mostBytes), "");
        Optional<PersonName> name = sent.text("name").map(PeopleRequests::name);
        Optional<Set<String>> people = sent.any("people").map(_ -> people(sent));
        sent.ignored(Set.of());
        Group after =
                store().change(
                                found.id(),
                                before -> {
                                    require(unchanged, before);
                                    return new Group(
                                            before.id(),
                                            name.orElse(before.name()),
                                            people.orElse(before.people()),
                                            before.created());
                                })
                        .orElseThrow(() -> missing(found.id()));
        send(response, after);
    }

    private static void require(Unchanged unchanged, Group now) {
        unchanged.require("The group '%s'".formatted(now.name()), body(now));
    }

    private static Set<String> people(Fields sent) {
        Set<String> people = new HashSet<>();
        for (JsonNode id : sent.array("people")) {
            if (!id.isString()) {
                throw ApiError.field("people", "'people' has something other than ids.");
            }
            people.add(id.asString());
        }
        return people;
    }

    /// Removes a group; its people stay.
    void delete(Caller caller, ServerRequest request, ServerResponse response) {
        Group group = find(request);
        Unchanged unchanged = Unchanged.of(request);
        store().delete(group.id(), now -> require(unchanged, now));
        Bodies.sendDeleted(response, "group", group.id());
    }

    /// Returns the group that the path names.
    Group find(ServerRequest request) {
        String id = request.path().pathParameters().get("group");
        return store().find(id).orElseThrow(() -> missing(id));
    }

    private static Fault missing(String id) {
        return new Fault(
                Fault.Code.NOT_FOUND,
                "There is no group '%s'; GET /api/groups lists them.".formatted(id));
    }

    private static void send(ServerResponse response, Group group) {
        String body = body(group);
        tag(body).tell(response);
        Bodies.send(response, body);
    }

    private static String body(Group group) {
        ObjectNode body = RunJson.object();
        put(body, group);
        return body.toString();
    }

    /// Nothing else is told of a group than what may be changed.
    private static Tag tag(String body) {
        return Tag.of(body, body);
    }

    private static void put(ObjectNode object, Group group) {
        object.put("id", group.id());
        object.put("object", "group");
        object.put("name", group.name().text());
        ArrayNode people = object.putArray("people");
        group.people().stream().sorted().forEach(people::add);
        object.put("created", group.created().getEpochSecond());
    }
}
