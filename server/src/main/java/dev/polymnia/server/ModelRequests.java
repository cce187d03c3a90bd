package dev.polymnia.server;

import dev.polymnia.core.Fault;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// Answers requests about the models that answer and those that could: fetches and loads them while
/// the server runs, one after the other, as they share a line and a memory. Thread-safe.
final class ModelRequests implements AutoCloseable {
    private final ModelLibrary library;
    private final Models models;
    private final Function<Served, Models.Answering> opening;

    /// Those that are on their way, and those that did not arrive.
    private final Map<String, Arriving> arriving = new ConcurrentHashMap<>();

    private final ReentrantLock turn = new ReentrantLock(true);
    private final ExecutorService porters =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("model-porter-", 0).factory());

    /// @param library stays the caller's
    /// @param models that answer, to which is added
    /// @param opening makes one that answers
    ModelRequests(ModelLibrary library, Models models, Function<Served, Models.Answering> opening) {
        this.library = library;
        this.models = models;
        this.opening = opening;
    }

    /// Lists what answers and what could.
    void list(Caller caller, ServerRequest request, ServerResponse response) {
        Bodies.sendList(response, library.offers(), this::put);
    }

    /// Fetches a model, loads it and lets it answer; returns at once. Asked again while it is on
    /// its way, or when it answers, nothing changes.
    void take(Caller caller, ServerRequest request, ServerResponse response) {
        ModelLibrary.Offer offer = find(request);
        if (!offer.hindrance().isEmpty()) {
            throw ApiError.refused(409, "model_unfit", offer.hindrance());
        }
        requireFree(offer.name());
        arriving.compute(
                offer.name(),
                (name, before) -> {
                    boolean begins = before == null || before.isOver();
                    return begins && !models.has(name) ? begin(offer) : before;
                });
        response.status(Status.ACCEPTED_202);
        send(response, offer);
    }

    private void requireFree(String name) {
        if (models.has(name) && !models.hasHere(name)) {
            throw ApiError.refused(
                    409,
                    "model_taken",
                    "'%s' answers already, at an endpoint; remove that first.".formatted(name));
        }
    }

    private Arriving begin(ModelLibrary.Offer offer) {
        Arriving coming = new Arriving(offer.bytes());
        porters.execute(() -> bring(offer.name(), coming));
        return coming;
    }

    private void bring(String name, Arriving coming) {
        turn.lock();
        try {
            coming.cancellation().check();
            library.fetch(name, coming, coming.cancellation());
            coming.load();
            // An endpoint may have been added meanwhile.
            requireFree(name);
            models.add(opening.apply(library.open(name, coming.cancellation())));
            arriving.remove(name, coming);
        } catch (ApiError why) {
            coming.fail(why.getMessage());
        } catch (Fault fault) {
            if (fault.code() == Fault.Code.CANCELLED) {
                arriving.remove(name, coming);
            } else {
                coming.fail(fault.getMessage());
            }
        } catch (RuntimeException | Error e) {
            // Else it would seem to be on its way for ever.
            coming.fail("The model could not be brought: " + e);
            throw e;
        } finally {
            turn.unlock();
        }
    }

    /// Stops what brings a model; what has come stays for another time.
    void stop(Caller caller, ServerRequest request, ServerResponse response) {
        ModelLibrary.Offer offer = find(request);
        arriving.computeIfPresent(
                offer.name(),
                (_, coming) -> {
                    coming.cancellation().request();
                    boolean begun =
                            coming.news().state() != Arriving.State.WAITING && !coming.isOver();
                    return begun ? coming : null;
                });
        send(response, offer);
    }

    /// Lets a model answer no more, and deletes its file. What it is at work on goes on.
    void delete(Caller caller, ServerRequest request, ServerResponse response) {
        String name = find(request).name();
        // Within it, so that nobody takes the model meanwhile.
        arriving.compute(
                name,
                (_, coming) -> {
                    if (coming != null && !coming.isOver()) {
                        throw ApiError.refused(
                                409,
                                "model_arriving",
                                "%s is on its way; stop that first, at POST /api/models/%s/cancel."
                                        .formatted(name, name));
                    }
                    library.remove(name);
                    models.removeHere(name);
                    return null;
                });
        Bodies.sendDeleted(response, "model", name);
    }

    private ModelLibrary.Offer find(ServerRequest request) {
        String name = request.path().pathParameters().get("name");
        return find(name);
    }

    private ModelLibrary.Offer find(String name) {
        return library.offers().stream()
                .filter(offer -> offer.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new Fault(
                                Fault.Code.NOT_FOUND,
                                "There is no model '%s' to be had; GET /api/models lists them."
                                        .formatted(name)));
    }

    private void send(ServerResponse response, ModelLibrary.Offer offer) {
        ObjectNode body = RunJson.object();
        put(body, offer);
        Bodies.send(response, body.toString());
    }

    private void put(ObjectNode object, ModelLibrary.Offer offer) {
        Arriving coming = arriving.get(offer.name());
        object.put("id", offer.name());
        object.put("object", "offer");
        object.put("title", offer.title());
        object.put("bytes", offer.bytes());
        object.put("licence", offer.licence());
        object.put("usual", offer.isUsual());
        object.put("removable", offer.isRemovable());
        object.put("hindrance", offer.hindrance());
        object.put("here", offer.hereBytes());
        object.put("error", "");
        if (models.hasHere(offer.name())) {
            object.put("state", "answering");
        } else if (coming == null) {
            object.put("state", offer.isHere() ? "here" : "absent");
        } else {
            Arriving.News news = coming.news();
            object.put("state", news.state().word());
            object.put("here", Math.max(news.here(), offer.hereBytes()));
            object.put("error", news.words());
        }
    }

    /// Stops what is on its way.
    @Override
    public void close() {
        arriving.values().forEach(coming -> coming.cancellation().request());
        porters.close();
    }
}
