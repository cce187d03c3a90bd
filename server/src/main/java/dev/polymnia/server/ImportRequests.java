package dev.polymnia.server;

import dev.polymnia.core.Fault;
import dev.polymnia.server.store.FileLimits;
import dev.polymnia.server.store.FileStore;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// Takes conversations from elsewhere. Thread-safe.
final class ImportRequests {
    private final FileStore store;
    private final FileLimits limits;
    private final InstantSource time;
    private final int mostBytes;

    /// What is in a ZIP is in memory as long as it is read, so one is at a time.
    private final Semaphore room = new Semaphore(1);

    /// @param store keeps conversations with their files
    /// @param limits how much of files is kept
    /// @param mostBytes of a request's body
    ImportRequests(FileStore store, FileLimits limits, InstantSource time, int mostBytes) {
        this.store = store;
        this.limits = limits;
        this.time = time;
        this.mostBytes = mostBytes;
    }

    /// Takes all that is in a file, or nothing: `conversations.json` of an export of OpenAI's or
    /// Anthropic's, a conversation as we export it, or a ZIP with these.
    void bring(Caller caller, ServerRequest request, ServerResponse response) {
        byte[] body = Bodies.bytes(request, mostBytes);
        Imports imports =
                ZipImport.isOne(body)
                        ? unpacked(caller, body)
                        : imports(caller, Map.of(), all -> all.read(Bodies.json(body)));
        response.status(Status.CREATED_201);
        Bodies.send(
                response,
                RunJson.object()
                        .put("conversations", imports.conversations().size())
                        .put("messages", imports.messages().size())
                        .put("files", imports.files().size())
                        .put("skipped", imports.skipped())
                        .toString());
    }

    private Imports unpacked(Caller caller, byte[] body) {
        if (!room.tryAcquire()) {
            throw new Fault(
                    Fault.Code.OVERLOADED, "Another ZIP is being read; send this one after it.");
        }
        try {
            ZipImport zip = new ZipImport(body, limits, mostBytes);
            return imports(caller, zip.look(), zip::read);
        } finally {
            room.release();
        }
    }

    private Imports imports(Caller caller, Map<String, byte[]> files, Consumer<Imports> reading) {
        String person = caller.spender().person();
        Imports imports = new Imports(person, time.instant(), new Brought(files));
        reading.accept(imports);
        FileRequests.require(
                store.add(
                        person,
                        imports.conversations(),
                        imports.messages(),
                        imports.files(),
                        limits),
                limits);
        return imports;
    }
}
