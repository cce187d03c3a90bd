package dev.polymnia.server;

import dev.polymnia.server.people.Person;
import dev.polymnia.server.people.Spender;
import dev.polymnia.server.store.Store;
import dev.polymnia.server.store.StoredConversation;
import dev.polymnia.server.store.StoredFile;
import dev.polymnia.server.store.StoredRun;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// All that a server keeps of a person, as a ZIP of JSON files and the files of their
/// conversations, for them to take. Thread-safe.
///
/// @param people knows the person that a path names
/// @param turns read conversations
record Takeout(PeopleRequests people, Turns turns) {
    private static final int TOGETHER = 100;

    /// Sends it, piece by piece.
    void send(Caller caller, ServerRequest request, ServerResponse response) {
        Person person = people.find(request);
        ZippedFiles.send(
                response,
                "polymnia.zip",
                zip -> {
                    put(zip, "person.json", account(person));
                    conversations(zip, person.id());
                    runs(zip, person.id());
                });
    }

    private ObjectNode account(Person person) {
        Store store = people.household().store();
        ObjectNode account = RunJson.object();
        PeopleJson.put(account.putObject("person"), person);
        account.put("leaderboard", store.leaderboard().has(person.id()));
        ArrayNode keys = account.putArray("keys");
        store.keys().of(person.id()).forEach(key -> PeopleJson.put(keys.addObject(), key));
        ArrayNode sessions = account.putArray("sessions");
        store.sessions()
                .of(person.id())
                .forEach(session -> PeopleJson.put(sessions.addObject(), session));
        ArrayNode openIds = account.putArray("openid");
        store.openIds().of(person.id()).forEach(each -> PeopleJson.put(openIds.addObject(), each));
        ArrayNode memories = account.putArray("memories");
        store.memories()
                .of(person.id())
                .forEach(memory -> MemoryRequests.put(memories.addObject(), memory));
        ArrayNode quotas = account.putArray("quotas");
        store.spendings()
                .standings(person.id())
                .forEach(standing -> PeopleJson.put(quotas.addObject(), standing));
        ArrayNode usage = account.putArray("usage");
        store.spendings()
                .uses(new Spender(person.id(), ""), Instant.EPOCH, people.household().now())
                .forEach(use ->
                        usage.addObject()
                                .put("from", use.from().toString())
                                .put("key", use.spender().key())
                                .put("model", use.model())
                                .put("mode", use.mode().word())
                                .put("runs", use.runs())
                                .put("cached", use.usage().cached())
                                .put("computed", use.usage().computed())
                                .put("generated", use.usage().generated())
                                .put("branches", use.branches())
                                .put("money", use.money()));
        return account;
    }

    private void conversations(ZipOutputStream zip, String person) throws IOException {
        Store store = people.household().store();
        for (boolean archived : new boolean[] {false, true}) {
            StoredConversation.Filter filter =
                    new StoredConversation.Filter("", "", false, archived);
            for (StoredConversation each :
                    all(
                            after -> store.conversations().newest(person, filter, TOGETHER, after),
                            StoredConversation::id)) {
                List<StoredFile> files = store.files().of(each.id());
                ZippedFiles zipped =
                        new ZippedFiles(store.files(), ZipImport.FILES + each.id() + "/", files);
                ObjectNode whole =
                        ConversationRequests.whole(each, turns.messages(each.id()), files);
                zipped.locate(whole);
                put(zip, "conversations/" + each.id() + ".json", whole);
                zipped.write(zip);
            }
        }
    }

    private void runs(ZipOutputStream zip, String person) throws IOException {
        Store store = people.household().store();
        for (StoredRun run :
                all(
                        after -> store.runs().newest(new Spender(person, ""), TOGETHER, after),
                        StoredRun::id)) {
            ObjectNode object = RunJson.object();
            RunObjects.put(object, run);
            RunObjects.putRequest(object, run);
            put(zip, "runs/" + run.id() + ".json", object);
        }
    }

    /// Returns the elements of all pages; each is read when it is reached.
    private static <T> Iterable<T> all(Source<T> pages, Function<T, String> id) {
        return () ->
                Stream.iterate(
                                pages.page(null),
                                page -> !page.isEmpty(),
                                page -> pages.page(id.apply(page.getLast())))
                        .flatMap(List::stream)
                        .iterator();
    }

    /// Reads pages.
    private interface Source<T> {
        List<T> page(@Nullable String after);
    }

    private static void put(ZipOutputStream zip, String name, ObjectNode object)
            throws IOException {
        ZippedFiles.write(zip, name, object.toPrettyString());
    }
}
