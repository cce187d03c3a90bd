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
        String body = list(person);
        Tag.of(onOrOff(person), body).send(request, response, body);
    }

    private String list(Person person) {
        ObjectNode body = RunJson.object();
        body.put("object", "list");
        body.put("on", person.remembers());
        ArrayNode data = body.putArray("data");
        store().of(person.id()).forEach(memory -> put(data.addObject(), memory));
        return body.toString();
    }

    /// What of the list can be changed as a whole.
    private static String onOrOff(Person person) {
        return Boolean.toString(person.remembers());
    }

    /// Tells one thing that is remembered.
    void get(Caller caller, ServerRequest request, ServerResponse response) {
        String body = body(find(request));
        tag(body).send(request, response, body);
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
        Memory found = find(request);
        Unchanged unchanged = Unchanged.of(request);
        String text = text(request);
        Memory after =
                store().change(
                                found.person(),
                                found.id(),
                                before -> {
                                    require(unchanged, before);
                                    return checked(() -> before.withText(text));
                                })
                        .orElseThrow(() -> missing(found.id()));
        send(response, after);
    }

    private static void require(Unchanged unchanged, Memory now) {
        unchanged.require("The memory '%s'".formatted(now.id()), body(now));
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
        Unchanged unchanged = Unchanged.of(request);
        store().delete(memory.person(), memory.id(), now -> require(unchanged, now));
        Bodies.sendDeleted(response, "memory", memory.id());
    }

    /// Switches the memory on or off; what is remembered stays.
    void turn(Caller caller, ServerRequest request, ServerResponse response) {
        Person person = people.find(request);
        boolean on = people.on(request);
        Unchanged unchanged = Unchanged.of(request);
        Person after =
                people.household()
                        .store()
                        .people()
                        .change(
                                person.id(),
                                before -> {
                                    unchanged.require("The memory's switch", onOrOff(before));
                                    return before.withMemory(on);
                                })
                        .orElseThrow(() -> PeopleRequests.missing(person.id()));
        Tag.of(onOrOff(after), list(after)).tell(response);
        Bodies.send(response, RunJson.object().put("on", on).toString());
    }

    private Memory find(ServerRequest request) {
        String id = request.path().pathParameters().get("memory");
        return store().find(people.find(request).id(), id).orElseThrow(() -> missing(id));
    }

    private static Fault missing(String id) {
        return new Fault(
                Fault.Code.NOT_FOUND,
                "There is no memory '%s'; GET …/memories lists them.".formatted(id));
    }

    private static void send(ServerResponse response, Memory memory) {
        String body = body(memory);
        tag(body).tell(response);
        Bodies.send(response, body);
    }

    private static String body(Memory memory) {
        ObjectNode body = RunJson.object();
        put(body, memory);
        return body.toString();
    }

    /// Nothing else is told of a memory than what may be changed.
    private static Tag tag(String body) {
        return Tag.of(body, body);
    }

    /// Puts what is remembered.
    static void put(ObjectNode object, Memory memory) {
        object.put("id", memory.id());
        object.put("object", "memory");
        object.put("text", memory.text());
        object.put("created", memory.created().getEpochSecond());
    }
}
