package dev.polymnia.remote;

import com.openai.errors.OpenAIServiceException;
import com.openai.errors.SseException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.BranchLife;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.Detail;
import dev.polymnia.core.model.ReasoningSwitch;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One call for the answers of one or more courses with equal requests. This thread tells all of
/// them and watches their limits; another one waits for the network. So a limit of time, a
/// cancellation and a silence are seen without a word arriving, and a course is touched by one
/// thread.
final class Flight {
    private static final long WATCH_MILLIS = 10;
    private static final Duration LONGEST_FOR_BILL = Duration.ofSeconds(5);
    private static final int MOST_UNREAD = 256;
    private static final long BYTES = 16L << 20;
    private static final long BYTES_PER_TOKEN = 16L << 10;
    private static final long MOST_BYTES = 1L << 30;

    private sealed interface Item {
        record Told(Chunk chunk) implements Item {}

        record Broken(Throwable thrown) implements Item {}

        record Over() implements Item {}
    }

    /// What came of a call.
    sealed interface Outcome {
        /// Every course is over or is asked for by another flight.
        record Over() implements Outcome {}

        /// The endpoint refuses to be sent something: it is to be asked again without.
        record Refused(Feature feature) implements Outcome {}

        /// It failed before there were words; whoever made it decides what becomes of the courses.
        record Failed(Failure failure) implements Outcome {}
    }

    private final Link link;
    private final Breaker.Call admission;
    private final Consumer<List<Course>> launch;
    private final List<Course> courses;
    private final Bill bill;
    private final RequestWriter writer;
    private final Exchange exchange;
    private final BlockingQueue<Item> items = new LinkedBlockingQueue<>(MOST_UNREAD);
    private @Nullable Outcome outcome;
    private long lastWords = System.nanoTime();
    private boolean hasWords; // some piece of an answer, which may be empty
    private boolean hasSpoken; // something of an answer

    /// @param admission is told whether the endpoint comes to words
    /// @param courses with equal requests, their seeds aside, and the same number of tokens
    /// @param bill of the call, which has told nothing yet
    /// @param launch asks for courses with other calls
    Flight(
            Link link,
            Breaker.Call admission,
            List<Course> courses,
            Bill bill,
            Consumer<List<Course>> launch) {
        this.link = link;
        this.admission = admission;
        this.courses = new ArrayList<>(courses);
        this.bill = bill;
        this.launch = launch;
        courses.forEach(course -> course.askedAt(link));
        long most = courses.stream().mapToLong(Course::granted).sum();
        writer = new RequestWriter(link.endpoint(), link.habits(), link.wire().faults());
        exchange = new Exchange(Math.min(MOST_BYTES, BYTES + BYTES_PER_TOKEN * most));
    }

    /// Makes the call; blocks until every course is over, or it is known that this call will not
    /// get them there.
    ///
    /// @param reasoning how the model marks its thoughts
    Outcome make(ReasoningSwitch reasoning) throws InterruptedException {
        BranchRequest first = courses.getFirst().request();
        ChatCompletionCreateParams request;
        try {
            request = writer.write(first, reasoning, limit(), courses.size());
        } catch (Fault fault) {
            failUntaken(fault);
            return new Outcome.Over();
        }
        exchange.start(() -> read(request, first.options().detail()));
        try {
            while (outcome == null && !courses.stream().allMatch(Course::isOver)) {
                Item item = items.poll(WATCH_MILLIS, TimeUnit.MILLISECONDS);
                endStopped();
                take(item == null ? Optional.empty() : Optional.of(item));
                endFinished();
            }
        } finally {
            exchange.cancel();
        }
        return outcome == null ? new Outcome.Over() : outcome;
    }

    /// Fails the courses of a call that failed before there were words.
    void giveUp(Failure failure) {
        if (failure.untaken()) {
            bill.refuse();
        }
        failAll(failure.fault());
    }

    /// Takes back the courses of a call that came to no words: settles it and gives back what was
    /// reserved.
    ///
    /// @param untaken whether it is certain that the call costs nothing
    /// @return those that are not over
    List<Course> recall(boolean untaken) {
        List<Course> open = courses.stream().filter(course -> !course.isOver()).toList();
        if (open.isEmpty()) {
            return open; // the last one that was told its end has settled the call
        }
        open.forEach(course -> course.release(course.granted()));
        if (untaken) {
            bill.refuse();
        }
        bill.close(courses);
        courses.clear();
        return open;
    }

    private OptionalInt limit() {
        Course first = courses.getFirst();
        boolean unlimited = first.request().options().maxTokens() == Integer.MAX_VALUE;
        return unlimited && first.isFullyGranted() && link.prices().isFree()
                ? OptionalInt.empty()
                : OptionalInt.of(first.granted());
    }

    /// Runs on the thread that waits for the network.
    private void read(ChatCompletionCreateParams request, Detail detail) {
        try {
            Item last;
            try {
                link.wire().stream(
                        request, new ChunkReader(detail), chunk -> put(new Item.Told(chunk)));
                last = new Item.Over();
            } catch (Throwable thrown) {
                last = new Item.Broken(thrown);
            }
            put(last);
        } catch (Abandoned _) {
            // Nobody takes the items any more, so nobody wants to know.
        }
    }

    /// Says that the flight is over for everybody in it.
    private static final class Abandoned extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private void put(Item item) {
        try {
            items.put(item);
        } catch (InterruptedException e) {
            throw new Abandoned();
        }
    }

    private void take(Optional<Item> item) {
        switch (item.orElse(null)) {
            case null -> checkSilence();
            case Item.Told(Chunk chunk) -> take(chunk);
            case Item.Broken(Throwable thrown) -> broken(thrown);
            case Item.Over() -> over();
        }
    }

    private void take(Chunk chunk) {
        lastWords = System.nanoTime();
        hasWords = true;
        bill.take(chunk);
        for (Chunk.Part part : chunk.parts()) {
            if (part.index() < 0 || part.index() >= courses.size()) {
                continue; // an answer that nobody asked for
            }
            Course course = courses.get(part.index());
            if (course.isRunning()) {
                try {
                    course.take(part);
                } catch (Throwable thrown) {
                    fail(course, BranchLife.faultOf(thrown));
                }
            }
        }
        if (!hasSpoken && courses.stream().anyMatch(Course::spoke)) {
            hasSpoken = true;
            admission.worked();
        }
    }

    /// Ends those that somebody has cancelled or whose time is up.
    private void endStopped() {
        for (Course course : courses) {
            if (course.isOver()) {
                continue;
            }
            try {
                StopReason stop = course.stop();
                if (stop != null && course.isRunning()) {
                    course.end(stop, usage(course));
                } else if (stop != null) {
                    course.end(usage(course));
                }
            } catch (Throwable thrown) {
                fail(course, BranchLife.faultOf(thrown));
            }
        }
    }

    /// Ends those that have all their words and need not wait for the bill, because it will be told
    /// to another one or because we do not let it come.
    private void endFinished() {
        boolean others = courses.stream().anyMatch(course -> course.isRunning() && course.spoke());
        courses.stream()
                .filter(Course::isFinished)
                .filter(course -> others || course.isCutByUs())
                .forEach(course -> course.end(usage(course)));
    }

    /// Returns what a course is told as it ends now.
    private Usage usage(Course course) {
        boolean last = courses.stream().allMatch(each -> each == course || each.isOver());
        if (!last) {
            return bill.early(course);
        }
        return bill.last(course, courses);
    }

    private void fail(Course course, Fault fault) {
        course.fail(fault, usage(course));
    }

    /// Fails those that wait for words, and ends those that have them.
    private void failAll(Fault fault) {
        for (Course course : courses) {
            if (course.isRunning()) {
                fail(course, fault);
            } else if (course.isFinished()) {
                course.end(usage(course));
            }
        }
    }

    private void over() {
        List<Course> missing =
                courses.stream().filter(course -> course.isRunning() && !course.spoke()).toList();
        int given = courses.size() - missing.size();
        if (given > 0 && !missing.isEmpty()) {
            link.habits().givesAtMost(given);
            courses.removeAll(missing);
            missing.forEach(course -> course.release(course.granted()));
            if (courses.stream().allMatch(Course::isOver)) {
                bill.close(courses); // they went before it came
            }
            launch.accept(missing);
        }
        failed(Failure.taken(link.wire().faults().brokenOff()));
    }

    /// Fails those that have words and wait for more; if none has, it is not decided here.
    private void failed(Failure failure) {
        if (hasSpoken) {
            failAll(failure.fault());
            return;
        }
        if (failure.isOfEndpoint()) {
            admission.failed(failure.fault());
        } else {
            admission.worked();
        }
        outcome = new Outcome.Failed(failure);
    }

    private void broken(Throwable thrown) {
        Optional<Refusal> refusal = hasWords ? Optional.empty() : refusal(thrown);
        Optional<Feature> blamed = refusal.flatMap(each -> Feature.blamed(writer.sent(), each));
        if (refusal.isPresent()) {
            admission.worked();
        }
        if (blamed.filter(Feature.TOGETHER::equals).isPresent()) {
            link.habits().givesAtMost(courses.size() / 2);
            launch.accept(recall(true));
        } else if (blamed.filter(Feature::isDemanded).isPresent()) {
            failUntaken(refusedDemand(blamed.get(), refusal.orElseThrow(), thrown));
        } else if (blamed.isPresent()) {
            outcome = new Outcome.Refused(blamed.get());
        } else {
            failed(
                    new Failure(
                            link.fault(thrown),
                            !hasWords && Failure.passes(thrown, exchange.isAnswered()),
                            Failure.after(thrown),
                            !hasWords));
        }
    }

    /// Fails a call that the endpoint has not taken, so it costs nothing.
    private void failUntaken(Fault fault) {
        bill.refuse();
        failAll(fault);
    }

    /// Returns what a call is told that was refused for what it relies on: that the endpoint does
    /// not have it, or in the endpoint's words what is wrong with it.
    private Fault refusedDemand(Feature feature, Refusal refusal, Throwable thrown) {
        if (!refusal.isOfLackingField()) {
            return link.fault(thrown);
        }
        if (feature != Feature.TOOL_CHOICE) { // it may take other choices
            link.habits().refuses(feature);
        }
        return link.wire().faults().lacking(feature, Optional.of(refusal));
    }

    /// Returns the refusal of a field, if that is what was thrown.
    private static Optional<Refusal> refusal(Throwable thrown) {
        if (!(thrown instanceof OpenAIServiceException answer) || thrown instanceof SseException) {
            return Optional.empty();
        }
        return Optional.of(Refusal.of(answer))
                .filter(refusal -> refusal.isOfRequest() && !refusal.isContextFull());
    }

    private void checkSilence() {
        long sinceWords = System.nanoTime() - lastWords;
        boolean waitsForBill = courses.stream().noneMatch(Course::isRunning);
        if (waitsForBill && sinceWords > LONGEST_FOR_BILL.toNanos()) {
            failAll(link.wire().faults().brokenOff()); // ends them all: they have their words
            return;
        }
        Duration silence = link.options().silenceTimeout();
        Duration patience = link.options().firstTokenTimeout();
        if (hasWords && exchange.silence() > silence.toNanos()) {
            failed(Failure.taken(link.wire().faults().silent(silence, false)));
        } else if (sinceWords > patience.toNanos()) {
            failed(Failure.taken(link.wire().faults().silent(patience, !hasWords)));
        }
    }
}
