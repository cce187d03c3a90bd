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
        boolean isHere = backend.store().isInstalled(entry);
        long here = isHere ? entry.bytes() : backend.store().partialBytes(entry);
        return new Offer(
                entry.name(),
                entry.title(),
                entry.bytes(),
                here,
                isHere,
                entry.licence(),
                hindrance(entry),
                entry.equals(backend.store().usual()),
                here > 0 && !backend.store().isBundled(entry));
    }

    private String hindrance(CatalogueEntry entry) {
        if (entry.elsewhere().isPresent()) {
            return "The embedded engine does not run it, because %s."
                    .formatted(entry.elsewhere().get());
        }
        boolean known = machine.memoryBytes() > 0;
        if (known && !Recommendation.fits(entry, machine.memoryBytes())) {
            return "It is too big for the memory of this machine.";
        }
        return Backend.mostBytes(entry.bytes()) > pool.room()
                ? "It is too big for the memory that models may have here (models.memory-mb)."
                : "";
    }

    @Override
    public void fetch(String name, Arrivals arrivals, Cancellation cancellation) {
        backend.store().fetch(entry(name), new Told(arrivals), cancellation);
    }

    @Override
    public Served open(String name, Cancellation cancellation) {
        BranchingModel model = add(name, cancellation);
        open.put(name, model);
        try {
            cancellation.check();
            choose(() -> chosen.add(name));
            return serving.apply(model);
        } catch (RuntimeException e) {
            open.remove(name, model);
            pool.remove(model);
            throw e;
        }
    }

    private BranchingModel add(String name, Cancellation cancellation) {
        cancellation.check();
        // The wait for room ends with the cancellation.
        Thread self = Thread.currentThread();
        try (var _ = cancellation.onRequest(self::interrupt)) {
            // The pool loads it again and again, when nobody can stop it any more.
            return BackendOptions.add(pool, backend, name, new Cancellation());
        } finally {
            Thread.interrupted();
        }
    }

    private void choose(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void remove(String name) {
        // If that is refused nothing else is changed.
        backend.store().remove(entry(name));
        choose(() -> chosen.remove(name));
        BranchingModel model = open.remove(name);
        if (model != null) {
            pool.remove(model);
        }
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
