package dev.polymnia.server.store;

import dev.polymnia.core.Fault;
import dev.polymnia.core.run.RunEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// The one thread that writes. What has come from all runs is committed together, at once where
/// nothing was committed a moment ago, else when that moment is over; what somebody waits for, at
/// once. While the database fails, the same is tried again for a while, and what comes meanwhile
/// waits in a queue that has an end. Thread-safe.
final class LogWriter implements AutoCloseable {
    /// A few seconds of many runs that speak, and at most some megabytes.
    private static final int MOST_QUEUED = 8192;

    private static final int MOST_TOGETHER = 2048;

    /// What a commit waits for more after its first entry: a word is told of its agent and of the
    /// answer, and both are to be seen at once.
    private static final Duration MOMENT = Duration.ofMillis(2);

    /// From the beginning of one commit to that of the next, which bounds how many there are; who
    /// speaks more slowly than that waits for the commit only.
    private static final Duration TOGETHER = Duration.ofMillis(25);

    /// How often it is looked whether broken logs can be ended.
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /// Long enough for a database that is started anew.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Database database;
    private final Function<RunEvent, String> json;
    private final Consumer<RunLog> onClosed;
    private final Map<String, StoredResponse> uncommitted;
    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(MOST_QUEUED);
    private final Queue<RunLog> debts = new ConcurrentLinkedQueue<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final AtomicBoolean warned = new AtomicBoolean();
    private final Thread thread;

    /// When the last commit began, as `System.nanoTime` has it. The thread's only.
    private long before;

    /// What is to be written.
    sealed interface Entry {}

    /// A run has begun, or goes on.
    record Begun(RunLog log) implements Entry {}

    /// An event of a run.
    record Told(RunLog log, RunEvent event) implements Entry {}

    /// An answer is to be kept, unless that is not wanted any more.
    record Kept(StoredResponse response) implements Entry {}

    /// A run goes on elsewhere.
    record Left(RunLog log) implements Entry {}

    /// Something else is to be written, which may happen twice.
    record Other(Consumer<Handle> work) implements Entry {}

    /// Wakes the writer, which is to stop.
    record Stop() implements Entry {}

    /// @param onClosed is told of each log that is committed to its end
    /// @param uncommitted the responses that are still to be kept, by their ids; they are taken out
    ///   of it
    LogWriter(
            Database database,
            Function<RunEvent, String> json,
            Consumer<RunLog> onClosed,
            Map<String, StoredResponse> uncommitted) {
        this.database = database;
        this.json = json;
        this.onClosed = onClosed;
        this.uncommitted = uncommitted;
        before = System.nanoTime() - TOGETHER.toNanos();
        thread = Thread.ofPlatform().name("run-store").daemon().start(this::write);
    }

    /// Takes an entry.
    ///
    /// @param patience how long to wait for room
    /// @return false if there is none, or the writer has stopped
    boolean offer(Entry entry, Duration patience) throws InterruptedException {
        return stop.getCount() > 0
                && (queue.offer(entry)
                        || queue.offer(entry, patience.toNanos(), TimeUnit.NANOSECONDS));
    }

    /// Takes something that is written soon, and may be written twice; returns at once.
    ///
    /// @return false if there is no room, or the writer has stopped
    boolean note(Consumer<Handle> work) {
        return stop.getCount() > 0 && queue.offer(new Other(work));
    }

    /// Takes a log that is broken, to end it when that is possible.
    void owe(RunLog log, Fault why) {
        debts.add(log);
        warn(why);
    }

    private void write() {
        List<Entry> entries = new ArrayList<>();
        do {
            collect(entries);
            before = System.nanoTime();
            commit(entries);
            settle();
            entries.clear();
        } while (stop.getCount() > 0 || !queue.isEmpty());
    }

    private void collect(List<Entry> entries) {
        Entry first = poll(debts.isEmpty() ? Duration.ofDays(1) : LOOK_AGAIN);
        long now = System.nanoTime();
        long until = now + Math.max(MOMENT.toNanos(), before + TOGETHER.toNanos() - now);
        for (Entry next = first; next != null; ) {
            entries.add(next);
            boolean enough = isUrgent(next) || entries.size() == MOST_TOGETHER;
            next = enough ? null : poll(Duration.ofNanos(until - System.nanoTime()));
        }
        queue.drainTo(entries, MOST_TOGETHER - entries.size());
    }

    private static boolean isUrgent(Entry entry) {
        return switch (entry) {
            case Begun(RunLog log) -> log.run().background();
            case Told(_, RunEvent event) -> RunState.after(event.event()).isPresent();
            case Kept _, Other _ -> false;
            case Left _, Stop _ -> true;
        };
    }

    private @Nullable Entry poll(Duration longest) {
        try {
            return queue.poll(Math.max(0, longest.toNanos()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the writer", e);
        }
    }

    private void commit(List<Entry> entries) {
        Batch batch = Batch.of(entries, json, uncommitted);
        if (batch.isEmpty()) {
            return;
        }
        Optional<Fault> trouble = save(batch);
        batch.responses().forEach(response -> uncommitted.remove(response.id(), response));
        if (trouble.isPresent()) {
            for (RunLog log : batch.logs()) {
                // What is still queued of it would come after a hole.
                log.seal();
                log.breakOff(trouble.get());
            }
            warn(trouble.get());
            return;
        }
        warned.set(false);
        batch.logs().forEach(this::committed);
    }

    private void committed(RunLog log) {
        // Who finds no live log finds all of it committed; so it goes before that is told.
        if (log.isSealed()) {
            onClosed.accept(log);
        }
        log.commit();
    }

    /// Writes a batch, and tries again while the database fails.
    ///
    /// @return why it is not written; empty if it is
    private Optional<Fault> save(Batch batch) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            Optional<Fault> trouble = tryOnce(batch::write);
            boolean last = System.nanoTime() > until || stop.getCount() == 0;
            if (trouble.isEmpty() || last || trouble.get().code() == Fault.Code.INTERNAL) {
                return trouble;
            }
            warn(trouble.get());
            pause(pause);
            pause = pause.multipliedBy(2);
            if (pause.compareTo(LONGEST_PAUSE) > 0) {
                pause = LONGEST_PAUSE;
            }
        }
    }

    private Optional<Fault> tryOnce(Consumer<Handle> work) {
        try {
            database.write(work);
            return Optional.empty();
        } catch (JdbiException e) {
            return Optional.of(Database.fault("The run cannot be kept: ", e));
        } catch (RuntimeException e) {
            // One batch that cannot be written must not end the thread that writes all others.
            return Optional.of(
                    new Fault(Fault.Code.INTERNAL, "The run could not be kept: " + e, e));
        }
    }

    private void pause(Duration time) {
        try {
            boolean _ = stop.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the writer", e);
        }
    }

    /// Ends broken logs in the database, as far as it can be written.
    private void settle() {
        for (RunLog log = debts.peek(); log != null; log = debts.peek()) {
            log.seal();
            Batch debt = Batch.ofDebt(log, json);
            if (tryOnce(debt::write).isPresent()) {
                return;
            }
            debts.remove();
            committed(log);
        }
    }

    private void warn(Fault why) {
        if (warned.compareAndSet(false, true)) {
            System.getLogger("polymnia").log(System.Logger.Level.WARNING, why.getMessage(), why);
        }
    }

    /// Commits what has come, and stops.
    @Override
    public void close() {
        boolean interrupted = false;
        stop.countDown();
        while (thread.isAlive()) {
            try {
                // The writer wakes by this, unless it has enough to do.
                boolean _ = queue.offer(new Stop(), LOOK_AGAIN.toNanos(), TimeUnit.NANOSECONDS);
                thread.join(LOOK_AGAIN.toMillis());
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
