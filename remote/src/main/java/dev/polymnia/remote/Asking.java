package dev.polymnia.remote;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.BranchLife;
import dev.polymnia.core.model.ReasoningSwitch;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Usage;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/// Asks for courses with equal requests until they have their words or nothing is left to try:
/// waits for a place at the endpoint where their trunk is, makes the call, and if that fails before
/// there are words, makes it at the next endpoint. When all have failed it begins again after a
/// pause, as often as the options say. Confined to one thread.
final class Asking {
    private static final long WATCH_MILLIS = 10;

    private final ReasoningSwitch reasoning;
    private final Consumer<List<Course>> launch;
    private final Pool.Seat seat;
    private final Set<Link> failed = new HashSet<>();
    private final Backoff backoff = new Backoff(ThreadLocalRandom.current());
    private List<Course> courses;
    private int rounds;
    private Duration pause = Duration.ZERO;

    /// @param courses of one trunk, at least one
    /// @param reasoning how the model marks its thoughts
    /// @param launch asks for courses with other calls
    Asking(List<Course> courses, ReasoningSwitch reasoning, Consumer<List<Course>> launch) {
        this.courses = courses;
        this.reasoning = reasoning;
        this.launch = launch;
        seat = courses.getFirst().seat();
    }

    /// Blocks until every course is over or is asked for by another one.
    void run() throws InterruptedException {
        while (!courses.isEmpty()) {
            Optional<Link> link = seat.next(failed);
            if (link.isEmpty()) {
                fail(seat.unavailable());
            } else if (courses.size() > link.get().habits().mostTogether()) {
                launch.accept(courses); // the trunk has moved to where fewer go together
                return;
            } else {
                askAt(link.get());
                pause();
            }
        }
    }

    private void askAt(Link link) throws InterruptedException {
        try (Places.Place place = link.places().ask()) {
            if (!outlasts(place::await)) {
                return;
            }
            Optional<Breaker.Call> admission = link.breaker().admit();
            if (admission.isEmpty()) {
                return; // others found it to be ill meanwhile
            }
            try (Breaker.Call call = admission.get()) {
                fly(link, call);
            }
        }
    }

    private void fly(Link link, Breaker.Call call) throws InterruptedException {
        boolean priced = !link.prices().isFree();
        Admission admitted = Admission.admit(courses, link.endpoint().contextTokens(), priced);
        courses = admitted.courses();
        Bill bill = new Bill(admitted, priced);
        while (!courses.stream().allMatch(Course::isOver)) {
            Flight flight = new Flight(link, call, courses, bill, launch);
            switch (flight.make(reasoning)) {
                case Flight.Outcome.Over _ -> {
                    courses = List.of();
                    return;
                }
                case Flight.Outcome.Refused(Feature feature) -> link.habits().refuses(feature);
                case Flight.Outcome.Failed(Failure failure) -> {
                    failed(link, flight, failure);
                    return;
                }
            }
        }
        courses = List.of();
    }

    private void failed(Link link, Flight flight, Failure failure) {
        failed.add(link);
        // A call that may have to be paid is not made twice.
        boolean elsewhere =
                failure.mayWorkElsewhere() && (failure.passes() || link.prices().isFree());
        if (elsewhere && seat.next(failed).isPresent()) {
            courses = flight.recall(failure.untaken());
        } else if (failure.passes() && rounds < link.options().retries()) {
            courses = flight.recall(failure.untaken());
            failed.clear();
            rounds++;
            pause = backoff.next(failure.after());
        } else {
            flight.giveUp(failure);
            courses = List.of();
        }
    }

    private void pause() throws InterruptedException {
        long end = System.nanoTime() + pause.toNanos();
        pause = Duration.ZERO;
        outlasts(millis -> {
            long left = end - System.nanoTime();
            Thread.sleep(Duration.ofNanos(Math.clamp(left, 0, millis * 1_000_000)));
            return System.nanoTime() - end >= 0;
        });
    }

    private interface Waiting {
        /// Waits a moment.
        ///
        /// @return whether it is over
        boolean await(long millis) throws InterruptedException;
    }

    /// Waits, and ends those meanwhile that somebody has cancelled or whose time is up.
    ///
    /// @return whether somebody is left
    private boolean outlasts(Waiting waiting) throws InterruptedException {
        while (!courses.isEmpty() && !waiting.await(WATCH_MILLIS)) {
            courses.forEach(Asking::endStopped);
            courses = courses.stream().filter(course -> !course.isOver()).toList();
        }
        return !courses.isEmpty();
    }

    private static void endStopped(Course course) {
        try {
            StopReason stop = course.stop();
            if (stop != null) {
                course.end(stop, Usage.NONE);
            }
        } catch (Throwable thrown) {
            course.fail(BranchLife.faultOf(thrown), Usage.NONE);
        }
    }

    private void fail(Fault fault) {
        courses.forEach(course -> course.fail(fault, Usage.NONE));
        courses = List.of();
    }
}
