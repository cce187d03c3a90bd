package dev.polymnia.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.core.platform.MessageDigests;
import dev.polymnia.remote.RemoteOptions;
import dev.polymnia.server.Endpoints;
import dev.polymnia.server.Served;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The endpoints that owners add, kept in a file. What answers by them is closed with this, also
/// what was removed before: it may be at work, and holds no connection while it is not.
/// Thread-safe.
final class KeptEndpoints implements Endpoints, AutoCloseable {
    private static final int ID_BYTES = 8;

    private final EndpointFile file;
    private final BiFunction<RemoteOptions, Cancellation, BranchingModel> opening;
    private final BiFunction<BranchingModel, Set<String>, Served> serving;
    private final List<BranchingModel> open = new CopyOnWriteArrayList<>();

    /// Guards the file.
    private final ReentrantLock lock = new ReentrantLock();

    /// @param opening connects to an endpoint
    /// @param serving makes of a model, and where it is asked, what a server answers with
    KeptEndpoints(
            EndpointFile file,
            BiFunction<RemoteOptions, Cancellation, BranchingModel> opening,
            BiFunction<BranchingModel, Set<String>, Served> serving) {
        this.file = file;
        this.opening = opening;
        this.serving = serving;
    }

    @Override
    public List<Kept> all() {
        return locked(file::read).stream().map(KeptEndpoints::kept).toList();
    }

    @Override
    public Heard test(Wanted wanted, Cancellation cancellation) {
        return EndpointTrial.of(options(wanted)).run(cancellation);
    }

    @Override
    public Added add(Wanted wanted, Consumer<Kept> check, Cancellation cancellation) {
        RemoteOptions endpoint = options(wanted);
        BranchingModel model = opening.apply(endpoint, cancellation);
        String name = model.info().name();
        RemoteOptions named = endpoint.withModel(name);
        Kept kept = kept(named);
        try {
            if (!isName(name) || !endpoint.withoutKey(name).equals(name)) {
                throw new Fault(
                        Fault.Code.CORRUPT,
                        "The endpoint %s calls its model what is no name: over %d characters, blank, with some that cannot be seen, or with the key in it; see what answers there."
                                .formatted(endpoint.base(), LONGEST_NAME));
            }
            locked(() -> {
                check.accept(kept);
                file.add(named);
                return named;
            });
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
        return new Added(kept, served(model, named));
    }

    private static boolean isName(String name) {
        return !name.isBlank()
                && name.equals(name.strip())
                && name.length() <= LONGEST_NAME
                && name.codePoints().noneMatch(Character::isISOControl);
    }

    @Override
    public Served connect(String id, Cancellation cancellation) {
        RemoteOptions endpoint = find(id);
        return served(opening.apply(endpoint, cancellation), endpoint);
    }

    @Override
    public void remove(String id) {
        locked(() -> {
            RemoteOptions gone = find(id);
            file.remove(each -> id(each).equals(id));
            return gone;
        });
    }

    private Served served(BranchingModel model, RemoteOptions endpoint) {
        open.add(model);
        return serving.apply(model, Set.of(endpoint.base().getAuthority()));
    }

    private RemoteOptions find(String id) {
        return locked(file::read).stream()
                .filter(each -> id(each).equals(id))
                .findFirst()
                .orElseThrow(() ->
                        new Fault(
                                Fault.Code.NOT_FOUND,
                                "The endpoint '%s' has been removed.".formatted(id)));
    }

    private static RemoteOptions options(Wanted wanted) {
        RemoteOptions options = RemoteOptions.of(wanted.url()).withModel(wanted.model());
        return wanted.key().isEmpty() ? options : options.withKey(wanted.key());
    }

    private static Kept kept(RemoteOptions endpoint) {
        return new Kept(
                id(endpoint), endpoint.base().toString(), endpoint.model(), endpoint.key() != null);
    }

    /// The same at each start, and in a file that somebody changed.
    private static String id(RemoteOptions endpoint) {
        byte[] digest =
                MessageDigests.sha256()
                        .digest((endpoint.base() + "\n" + endpoint.model()).getBytes(UTF_8));
        return HexFormat.of().formatHex(digest, 0, ID_BYTES);
    }

    private <T> T locked(Supplier<T> deed) {
        lock.lock();
        try {
            return deed.get();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        open.forEach(BranchingModel::close);
    }
}
