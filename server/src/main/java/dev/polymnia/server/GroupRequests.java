package dev.polymnia.server;

import dev.polymnia.core.Fault;
import dev.polymnia.server.people.Group;
import dev.polymnia.server.people.PersonName;
import dev.polymnia.server.store.GroupStore;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.HashSet;
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
        Bodies.sendList(response, store().all(), GroupRequests::put);
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
        store().put(group);
        response.status(Status.CREATED_201);
        send(response, group);
    }

    /// Changes a group's name or people.
    void change(Caller caller, ServerRequest request, ServerResponse response) {
        Group before = find(request);
        Fields sent = new Fields(Bodies.read(request, mostBytes), "");
        PersonName name = sent.text("name").map(PeopleRequests::name).orElse(before.name());
        Set<String> people = sent.any("people").isPresent() ? people(sent) : before.people();
        sent.ignored(Set.of());
        Group after = new Group(before.id(), name, people, before.created());
        store().put(after);
        send(response, after);
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
        store().delete(group.id());
        Bodies.sendDeleted(response, "group", group.id());
    }

    /// Returns the group that the path names.
    Group find(ServerRequest request) {
        String id = request.path().pathParameters().get("group");
        return store().find(id)
                .orElseThrow(() ->
                        new Fault(
                                Fault.Code.NOT_FOUND,
                                "There is no group '%s'; GET /api/groups lists them."
                                        .formatted(id)));
    }

    private static void send(ServerResponse response, Group group) {
        ObjectNode body = RunJson.object();
        put(body, group);
        Bodies.send(response, body.toString());
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
