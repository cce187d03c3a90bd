package dev.polymnia.server.store;

import dev.polymnia.core.Fault;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Ledger;
import dev.polymnia.core.run.RunEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Takes the events of one run while it lasts, and tells what of them is committed.
///
/// A log that cannot be kept in full is broken: it takes nothing more, and the run ends in the
/// store as failed as soon as the database can be written. So what is stored is the whole of a run
/// or says that it is not.
///
/// Events are added by one thread at a time; all else is thread-safe.
public final class RunLog {
    private final StoredRun run;
    private final LogWriter writer;
    private final Duration patience;
    private final Consumer<Fault> onBroken;
    private volatile long sequence;
    private volatile boolean told;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();

    /// Guarded by the lock, as all that follow.
    private long committed;

    private boolean begun;
    private boolean closed;
    private @Nullable Fault fault;

    /// The id that was given last. The writer's thread only.
    private long last;

    /// Whether nothing more is written. The writer's thread only.
    private boolean sealed;

    /// @param committed the id of its last event; 0 for none
    /// @param sequence of that event; -1 for none
    RunLog(
            StoredRun run,
            long committed,
            long sequence,
            LogWriter writer,
            Duration patience,
            Consumer<Fault> onBroken) {
        this.run = run;
        this.committed = committed;
        this.sequence = sequence;
        this.writer = writer;
        this.patience = patience;
        this.onBroken = onBroken;
        last = committed;
    }

    /// Returns the run as it began.
    public StoredRun run() {
        return run;
    }

    void begin() {
        offer(new LogWriter.Begun(this));
    }

    /// Adds an event. Waits only while the database is far behind, and then no longer than the
    /// log's patience. Does nothing if the log is broken or has had its last event.
    public void add(RunEvent event) {
        if (told || isBroken()) {
            return;
        }
        sequence = event.sequence();
        told = RunState.after(event.event()).isPresent();
        offer(new LogWriter.Told(this, event));
    }

    /// Ends the log with a failure, unless its run has said how it ended.
    public void fail(Fault why) {
        add(failure(why));
    }

    /// Leaves a run at work as it is, for the next server: nothing is added any more, and the log
    /// is no longer live once what came before is committed.
    public void leave() {
        if (!told && !isBroken()) {
            told = true;
            offer(new LogWriter.Left(this));
        }
    }

    private RunEvent failure(Fault why) {
        Ledger unknown = new Ledger(List.of(), List.of(), Duration.ZERO);
        return new RunEvent(
                run.id(),
                RunEvent.WHOLE,
                sequence + 1,
                Duration.ZERO,
                new Event.RunFailed(why.code(), why.getMessage(), unknown));
    }

    private void offer(LogWriter.Entry entry) {
        try {
            if (!writer.offer(entry, patience)) {
                breakOff(
                        new Fault(
                                Fault.Code.UNAVAILABLE,
                                "The run is not kept from here on, as the database of runs is too"
                                        + " slow; see what else writes to its disk."));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            breakOff(
                    new Fault(
                            Fault.Code.CANCELLED,
                            "The run was interrupted while it was being kept.",
                            e));
        }
    }

    /// Breaks the log off, once.
    void breakOff(Fault why) {
        lock.lock();
        try {
            if (fault != null || closed) {
                return;
            }
            fault = why;
            news.signalAll();
        } finally {
            lock.unlock();
        }
        writer.owe(this, why);
        onBroken.accept(why);
    }

    /// Returns whether nothing more is kept.
    public boolean isBroken() {
        return broken().isPresent();
    }

    /// Returns why nothing more is kept; empty if all is.
    public Optional<Fault> broken() {
        lock.lock();
        try {
            return Optional.ofNullable(fault);
        } finally {
            lock.unlock();
        }
    }

    /// Waits until the run is committed.
    ///
    /// @throws Fault why it is not; `CANCELLED` if this thread is interrupted
    public void awaitBegun() {
        lock.lock();
        try {
            while (!begun) {
                if (fault != null) {
                    throw new Fault(fault.code(), fault.getMessage(), fault);
                }
                news.await();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            lock.unlock();
        }
    }

    /// Waits until something is committed after an event, nothing will be any more, or the time is
    /// up.
    ///
    /// @param after the event's id
    /// @return false if the time is up
    /// @throws Fault `CANCELLED` if this thread is interrupted
    public boolean awaitNews(long after, Duration longest) {
        lock.lock();
        try {
            long left = longest.toNanos();
            while (committed <= after && !closed && fault == null) {
                if (left <= 0) {
                    return false;
                }
                left = news.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            lock.unlock();
        }
    }

    private static Fault interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new Fault(Fault.Code.CANCELLED, "The server stops.", cause);
    }

    /// Gives the next id. The writer's thread only.
    long nextId() {
        return ++last;
    }

    /// Returns whether nothing more is written. The writer's thread only.
    boolean isSealed() {
        return sealed;
    }

    /// Lets nothing more be written. The writer's thread only.
    void seal() {
        sealed = true;
    }

    /// Makes what was given ids known as committed. The writer's thread only.
    void commit() {
        lock.lock();
        try {
            begun = true;
            committed = last;
            closed = sealed;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Takes back the ids that came to nothing, and returns the event that says why there are no
    /// more. The writer's thread only.
    RunEvent debt() {
        lock.lock();
        try {
            last = committed;
            Fault why = fault;
            if (why == null) {
                throw new IllegalStateException("a log that is not broken");
            }
            return failure(why);
        } finally {
            lock.unlock();
        }
    }
}
