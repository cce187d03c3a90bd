package dev.polymnia.remote;

import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether an endpoint is asked: a circuit breaker (Nygard, "Release It!", 2018, chapter 5). After
/// some calls in a row that came to no word it opens, and the endpoint is left alone for a while.
/// Then one call tries it: with its first words the breaker closes, and if it fails the endpoint is
/// left alone for twice as long. Thread-safe.
final class Breaker {
    private static final int FAILURES = 3;
    private static final Duration FIRST_REST = Duration.ofSeconds(15);
    private static final Duration LONGEST_REST = Duration.ofMinutes(4);

    private final Clock clock;
    private final int mostFailures;
    private int failures; // guarded by this
    private @Nullable Open open; // guarded by this; null while closed
    private @Nullable Call trial; // guarded by this

    /// @param since when it opened
    /// @param rest how long it lasts
    /// @param end on the scale of the clock's nanoseconds
    /// @param retry when that is, for people
    /// @param why what the last failure was
    private record Open(Instant since, Duration rest, long end, Instant retry, String why) {}

    private Breaker(Clock clock, int mostFailures) {
        this.clock = clock;
        this.mostFailures = mostFailures;
    }

    static Breaker of(Clock clock) {
        return new Breaker(clock, FAILURES);
    }

    /// Returns the breaker of an endpoint beside which there is no other: it never opens.
    static Breaker never() {
        return new Breaker(Clock.SYSTEM, Integer.MAX_VALUE);
    }

    /// Returns whether a call would be let through now.
    synchronized boolean mayBeAsked() {
        return open == null || (trial == null && clock.nanos() - open.end() >= 0);
    }

    /// Lets a call through.
    ///
    /// @return the call, which says how it went; empty if the endpoint is not to be asked
    synchronized Optional<Call> admit() {
        if (!mayBeAsked()) {
            return Optional.empty();
        }
        Call call = new Call();
        if (open != null) {
            trial = call;
        }
        return Optional.of(call);
    }

    /// Returns since when the endpoint is not asked, when it is tried again and why, for people;
    /// empty if it is asked.
    synchronized Optional<String> standing() {
        return Optional.ofNullable(open)
                .map(it ->
                        "has failed since %s and %s: %s"
                                .formatted(
                                        it.since().truncatedTo(ChronoUnit.SECONDS),
                                        trial != null
                                                ? "is being tried again now"
                                                : "is tried again at "
                                                        + it.retry()
                                                                .truncatedTo(ChronoUnit.SECONDS),
                                        it.why()));
    }

    private synchronized void worked() {
        failures = 0;
        open = null;
        trial = null;
    }

    private synchronized void failed(Call call, Fault fault) {
        failures++;
        if (open == null && failures >= mostFailures) {
            open = rest(clock.instant(), FIRST_REST, fault);
        } else if (open != null && call == trial) {
            Duration twice = open.rest().multipliedBy(2);
            open =
                    rest(
                            open.since(),
                            twice.compareTo(LONGEST_REST) < 0 ? twice : LONGEST_REST,
                            fault);
            trial = null;
        }
    }

    private Open rest(Instant since, Duration rest, Fault fault) {
        return new Open(
                since,
                rest,
                clock.nanos() + rest.toNanos(),
                clock.instant().plus(rest),
                fault.getMessage());
    }

    private synchronized void forget(Call call) {
        if (trial == call) {
            trial = null;
        }
    }

    /// A call that was let through. One that ends without having told anything, as it was
    /// cancelled, counts for nothing.
    final class Call implements AutoCloseable {
        /// Notes that the endpoint answers.
        void worked() {
            Breaker.this.worked();
        }

        /// Notes that it did not come to a word.
        void failed(Fault fault) {
            Breaker.this.failed(this, fault);
        }

        @Override
        public void close() {
            forget(this);
        }
    }
}
