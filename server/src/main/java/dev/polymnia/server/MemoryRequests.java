package dev.polymnia.server;

import dev.polymnia.core.Fault;
import dev.polymnia.server.people.Memory;
import dev.polymnia.server.people.Person;
import dev.polymnia.server.store.MemoryStore;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers requests about what is remembered of a person, which is theirs alone. Thread-safe.
///
/// @param people knows the person that a path names
record MemoryRequests(PeopleRequests people) {
    private static final int MOST = 200;

    private MemoryStore store() {
        return people.household().store().memories();
    }

    /// Lists what is remembered, the oldest first, and says whether it is used.
    void list(Caller caller, ServerRequest request, ServerResponse response) {
        Person person = people.find(request);
        ObjectNode body = RunJson.object();
        body.put("object", "list");
        body.put("on", person.remembers());
        ArrayNode data = body.putArray("data");
        store().of(person.id()).forEach(memory -> put(data.addObject(), memory));
        Bodies.send(response, body.toString());
    }

    /// Remembers something.
    void create(Caller caller, ServerRequest request, ServerResponse response) {
        Person person = people.find(request);
        String text = text(request);
        Memory memory = checked(() -> Memory.create(person.id(), text, people.household().now()));
        store().add(memory, MOST);
        response.status(Status.CREATED_201);
        send(response, memory);
    }

    /// Changes what is remembered.
    void change(Caller caller, ServerRequest request, ServerResponse response) {
        Memory before = find(request);
        String text = text(request);
        Memory after = checked(() -> before.withText(text));
        store().change(after);
        send(response, after);
    }

    private String text(ServerRequest request) {
        Fields sent = new Fields(Bodies.read(request, people.mostBytes()), "");
        String text = sent.required("text");
        sent.ignored(Set.of());
        return text;
    }

    private static Memory checked(Supplier<Memory> memory) {
        try {
            return memory.get();
        } catch (Fault fault) {
            throw ApiError.field("text", fault.getMessage());
        }
    }

    /// Forgets something.
    void delete(Caller caller, ServerRequest request, ServerResponse response) {
        Memory memory = find(request);
        store().delete(memory.person(), memory.id());
        Bodies.sendDeleted(response, "memory", memory.id());
    }

    /// Switches the memory on or off; what is remembered stays.
    void turn(Caller caller, ServerRequest request, ServerResponse response) {
        Person person = people.find(request);
        Fields sent = new Fields(Bodies.read(request, people.mostBytes()), "");
        boolean on =
                sent.flag("on")
                        .orElseThrow(
                                () -> ApiError.field("on", "'on' is missing; send true or false."));
        sent.ignored(Set.of());
        people.household().store().people().change(person.withMemory(on));
        Bodies.send(response, RunJson.object().put("on", on).toString());
    }

    private Memory find(ServerRequest request) {
        String id = request.path().pathParameters().get("memory");
        return store().of(people.find(request).id()).stream()
                .filter(memory -> memory.id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        new Fault(
                                Fault.Code.NOT_FOUND,
                                "There is no memory '%s'; GET …/memories lists them."
                                        .formatted(id)));
    }

    private static void send(ServerResponse response, Memory memory) {
        ObjectNode body = RunJson.object();
        put(body, memory);
        Bodies.send(response, body.toString());
    }

    /// Puts what is remembered.
    static void put(ObjectNode object, Memory memory) {
        object.put("id", memory.id());
        object.put("object", "memory");
        object.put("text", memory.text());
        object.put("created", memory.created().getEpochSecond());
    }
}
