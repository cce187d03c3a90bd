package dev.polymnia.app;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.core.model.ModelPool;
import dev.polymnia.models.CatalogueEntry;
import dev.polymnia.models.Progress;
import dev.polymnia.models.Recommendation;
import dev.polymnia.server.ModelLibrary;
import dev.polymnia.server.Served;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// The models of the catalogue, for a server that loads them into a pool. Thread-safe.
final class MachineLibrary implements ModelLibrary {
    private final Backend backend;
    private final Machine machine;
    private final ModelPool pool;
    private final Function<BranchingModel, Served> serving;
    private final Map<String, BranchingModel> open = new ConcurrentHashMap<>();

    /// Guards what was chosen.
    private final ReentrantLock lock = new ReentrantLock();

    private final ChosenModels chosen;

    /// @param pool stays the caller's
    /// @param answering models of the pool that answer already
    /// @param chosen is told of what owners choose
    /// @param serving makes of a model what a server answers with
    MachineLibrary(
            Backend backend,
            Machine machine,
            ModelPool pool,
            List<BranchingModel> answering,
            ChosenModels chosen,
            Function<BranchingModel, Served> serving) {
        this.backend = backend;
        this.machine = machine;
        this.pool = pool;
        this.chosen = chosen;
        this.serving = serving;
        answering.forEach(model -> open.put(model.info().name(), model));
    }

    @Override
    public List<Offer> offers() {
        return backend.store().catalogue().entries().stream().map(this::offer).toList();
    }

    private Offer offer(CatalogueEntry entry) {
        boolean here = backend.store().isInstalled(entry);
        return new Offer(
                entry.name(),
                entry.title(),
                entry.bytes(),
                here ? entry.bytes() : backend.store().partialBytes(entry),
                here,
                entry.licence(),
                hindrance(entry),
                entry.equals(backend.store().usual()));
    }

    private String hindrance(CatalogueEntry entry) {
        if (entry.elsewhere().isPresent()) {
            return "The embedded engine does not run it, because %s."
                    .formatted(entry.elsewhere().get());
        }
        boolean known = machine.memoryBytes() > 0;
        return known && !Recommendation.fits(entry, machine.memoryBytes())
                ? "It is too big for the memory of this machine."
                : "";
    }

    @Override
    public void fetch(String name, Arrivals arrivals, Cancellation cancellation) {
        backend.store().fetch(entry(name), new Told(arrivals), cancellation);
    }

    @Override
    public Served open(String name, Cancellation cancellation) {
        BranchingModel model = BackendOptions.add(pool, backend, name, cancellation);
        open.put(name, model);
        lock.lock();
        try {
            chosen.add(name);
        } finally {
            lock.unlock();
        }
        return serving.apply(model);
    }

    @Override
    public long remove(String name) {
        lock.lock();
        try {
            chosen.remove(name);
        } finally {
            lock.unlock();
        }
        BranchingModel model = open.remove(name);
        if (model != null) {
            pool.remove(model);
        }
        return backend.store().remove(entry(name));
    }

    private CatalogueEntry entry(String name) {
        return backend.store().catalogue().find(name);
    }

    /// Tells of a transfer. Confined to the thread that does it.
    private static final class Told implements Progress {
        private final Arrivals arrivals;
        private long here;
        private long all;

        Told(Arrivals arrivals) {
            this.arrivals = arrivals;
        }

        @Override
        public void begin(String what, long totalBytes, long hereBytes) {
            all = totalBytes;
            here = hereBytes;
            arrivals.here(here, all);
        }

        @Override
        public void advance(long bytes) {
            here += bytes;
            arrivals.here(here, all);
        }

        @Override
        public void note(String words) {
            arrivals.note(words);
        }

        @Override
        public void done() {
            arrivals.here(all, all);
        }
    }
}
