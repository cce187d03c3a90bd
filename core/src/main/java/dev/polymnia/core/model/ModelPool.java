package dev.polymnia.core.model;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Models that share the memory of a machine. Each is loaded when it is asked, and stays until
/// another needs its room; then the one that was left longest ago is unloaded. One that is at work,
/// which is as long as it has an open trunk, is never unloaded: who needs its room waits, and who
/// comes later waits behind. A thread that has a trunk of a model may open more of them at once.
/// Thread-safe.
public final class ModelPool implements AutoCloseable {
    private final long room;

    /// Held by the one whose turn it is, while it waits for room and loads; fair, so that turns
    /// come in order of arrival.
    private final ReentrantLock turn = new ReentrantLock(true);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();
    // All that follows is guarded by the lock, as are the fields of the models.
    private final List<Pooled> models = new ArrayList<>();
    private long taken;
    private long departures;
    private boolean closed;

    /// Opens a pool.
    ///
    /// @param room for all models together, in bytes
    public ModelPool(long room) {
        this.room = room;
    }

    /// Adds a model; loads it, to learn what it can.
    ///
    /// @param name for messages
    /// @param bytes the most that it takes
    /// @param loader loads it; may be called again and again, by one thread at a time
    /// @return the model, which is closed with the pool; its trunks are opened and closed by one
    ///   thread each, and opening one waits while the model is loaded
    /// @throws Fault `INVALID` if the model is larger than the room of all; as the loader
    public BranchingModel add(String name, long bytes, Supplier<BranchingModel> loader) {
        if (bytes > room) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "%s takes up to %d MB of memory, but the models may have %d MB together; allow more, or leave it out."
                            .formatted(name, megabytes(bytes), megabytes(room)));
        }
        Pooled model = new Pooled(bytes, loader);
        // Before it is loaded, so that whoever looks for room finds it.
        lock.lock();
        try {
            models.add(model);
        } finally {
            lock.unlock();
        }
        try {
            model.learn();
        } catch (RuntimeException e) {
            remove(model);
            throw e;
        }
        return model;
    }

    /// Takes a model out: it can be asked no more, and is unloaded as soon as nothing is at work on
    /// it. One that is not of this pool, or was taken out before, changes nothing.
    public void remove(BranchingModel model) {
        if (model instanceof Pooled pooled) {
            pooled.remove();
        }
    }

    private static long megabytes(long bytes) {
        return bytes / 1_000_000;
    }

    /// Returns how many bytes all models may have together.
    public long room() {
        return room;
    }

    /// Returns the model that takes the fewest bytes, of several the one that was added first;
    /// empty if there is none.
    public Optional<BranchingModel> smallest() {
        lock.lock();
        try {
            return models.stream()
                    .min(Comparator.comparingLong(each -> each.bytes))
                    .map(BranchingModel.class::cast);
        } finally {
            lock.unlock();
        }
    }

    /// Returns whether somebody waits for a model, or loads one.
    boolean isWaitedFor() {
        return turn.isLocked();
    }

    /// Unloads all models.
    @Override
    public void close() {
        List<BranchingModel> loaded = new ArrayList<>();
        lock.lock();
        try {
            closed = true;
            models.forEach(model -> model.unload().ifPresent(loaded::add));
            left.signalAll();
        } finally {
            lock.unlock();
        }
        loaded.forEach(BranchingModel::close);
    }

    private static Fault interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new Fault(Fault.Code.CANCELLED, "The wait for a model was interrupted.", cause);
    }

    /// A model of the pool.
    private final class Pooled implements BranchingModel {
        private final long bytes;
        private final Supplier<BranchingModel> loader;
        private final Map<Thread, Integer> trunks = new HashMap<>();
        private @Nullable BranchingModel loaded;
        private long departed;
        private boolean removed;
        private @Nullable ModelInfo info;

        Pooled(long bytes, Supplier<BranchingModel> loader) {
            this.bytes = bytes;
            this.loader = loader;
        }

        void learn() {
            info = enter().info();
            leave();
        }

        @Override
        public ModelInfo info() {
            return requireNonNull(info, "not loaded before");
        }

        @Override
        public Trunk open(Prompt prompt) {
            BranchingModel model = enter();
            try {
                return new PooledTrunk(this, model.open(prompt));
            } catch (RuntimeException e) {
                leave();
                throw e;
            }
        }

        @Override
        public List<Probe.Result> probe(List<Probe> probes) {
            BranchingModel model = enter();
            try {
                return model.probe(probes);
            } finally {
                leave();
            }
        }

        private BranchingModel enter() {
            Optional<BranchingModel> held = again();
            if (held.isPresent()) {
                return held.get();
            }
            try {
                turn.lockInterruptibly();
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
            try {
                makeRoom();
                return take();
            } finally {
                turn.unlock();
            }
        }

        /// Returns the model if this thread has a trunk of it already: it must not wait for others
        /// that wait for its end.
        private Optional<BranchingModel> again() {
            lock.lock();
            try {
                Optional<BranchingModel> held =
                        trunks.containsKey(Thread.currentThread())
                                ? Optional.ofNullable(loaded)
                                : Optional.empty();
                held.ifPresent(_ -> trunks.merge(Thread.currentThread(), 1, Integer::sum));
                return held;
            } finally {
                lock.unlock();
            }
        }

        /// Unloads others until there is room for this one, and waits while all are at work.
        private void makeRoom() {
            for (Optional<BranchingModel> other = other(); other.isPresent(); other = other()) {
                other.get().close();
            }
        }

        /// Takes out the one that is to give up its room; empty if there is room.
        private Optional<BranchingModel> other() {
            lock.lock();
            try {
                while (loaded == null && taken + bytes > room && !closed && !removed) {
                    Optional<BranchingModel> idle =
                            models.stream()
                                    .filter(model -> model.loaded != null && model.trunks.isEmpty())
                                    .min(Comparator.comparingLong(model -> model.departed))
                                    .flatMap(Pooled::unload);
                    if (idle.isPresent()) {
                        return idle;
                    }
                    left.await();
                }
                return Optional.empty();
            } catch (InterruptedException e) {
                throw interrupted(e);
            } finally {
                lock.unlock();
            }
        }

        /// Takes the model, which is loaded first if it is not.
        private BranchingModel take() {
            Optional<BranchingModel> there = loaded();
            BranchingModel model = there.orElseGet(loader);
            if (!hold(model)) {
                if (there.isEmpty()) {
                    model.close();
                }
                throw gone();
            }
            return model;
        }

        private Fault gone() {
            return new Fault(
                    Fault.Code.UNAVAILABLE,
                    "The model is being unloaded; ask again when it is back.");
        }

        private Optional<BranchingModel> loaded() {
            lock.lock();
            try {
                if (closed || removed) {
                    throw gone();
                }
                return Optional.ofNullable(loaded);
            } finally {
                lock.unlock();
            }
        }

        /// Returns whether this thread has the model now; not if the pool was closed meanwhile.
        private boolean hold(BranchingModel model) {
            lock.lock();
            try {
                if (closed || removed) {
                    return false;
                }
                taken += loaded == null ? bytes : 0;
                loaded = model;
                trunks.put(Thread.currentThread(), 1);
                return true;
            } finally {
                lock.unlock();
            }
        }

        void remove() {
            Optional<BranchingModel> idle;
            lock.lock();
            try {
                removed = removed || models.remove(this);
                idle = takeIfUseless();
            } finally {
                lock.unlock();
            }
            idle.ifPresent(this::free);
        }

        private void leave() {
            Optional<BranchingModel> useless;
            lock.lock();
            try {
                trunks.computeIfPresent(
                        Thread.currentThread(), (_, count) -> count == 1 ? null : count - 1);
                departed = ++departures;
                useless = takeIfUseless();
                left.signalAll();
            } finally {
                lock.unlock();
            }
            useless.ifPresent(this::free);
        }

        /// Takes what is loaded of a model that was taken out, if nobody has it any more. Its room
        /// is taken until it is [free][#free].
        private Optional<BranchingModel> takeIfUseless() {
            if (!removed || !trunks.isEmpty()) {
                return Optional.empty();
            }
            Optional<BranchingModel> was = Optional.ofNullable(loaded);
            loaded = null;
            return was;
        }

        private void free(BranchingModel model) {
            model.close();
            lock.lock();
            try {
                taken -= bytes;
                left.signalAll();
            } finally {
                lock.unlock();
            }
        }

        private Optional<BranchingModel> unload() {
            Optional<BranchingModel> was = Optional.ofNullable(loaded);
            if (was.isPresent()) {
                loaded = null;
                taken -= bytes;
            }
            return was;
        }

        /// Does nothing: it is closed with the pool.
        @Override
        public void close() {}
    }

    /// A trunk of a model that stays loaded as long as it is open.
    private record PooledTrunk(Pooled model, Trunk trunk, AtomicBoolean open) implements Trunk {
        PooledTrunk(Pooled model, Trunk trunk) {
            this(model, trunk, new AtomicBoolean(true));
        }

        @Override
        public int tokens() {
            return trunk.tokens();
        }

        @Override
        public Usage usage() {
            return trunk.usage();
        }

        @Override
        public void pin() {
            trunk.pin();
        }

        @Override
        public Branch fork(BranchRequest request, BranchListener listener) {
            return trunk.fork(request, listener);
        }

        @Override
        public List<Branch> forkAll(List<Fork> forks) {
            return trunk.forkAll(forks);
        }

        @Override
        public void close() {
            trunk.close();
            if (open.compareAndSet(true, false)) {
                model.leave();
            }
        }
    }
}
