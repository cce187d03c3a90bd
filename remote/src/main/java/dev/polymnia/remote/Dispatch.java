package dev.polymnia.remote;

import dev.polymnia.core.model.BranchLife;
import dev.polymnia.core.model.ReasoningSwitch;
import dev.polymnia.core.model.Usage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/// Has courses asked for, each group of them on a thread of its own. Thread-safe.
final class Dispatch {
    private static final Duration LONGEST_END = Duration.ofSeconds(10);

    private final ReasoningSwitch reasoning;
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("remote-flight-", 0).factory());

    /// @param reasoning how the model marks its thoughts
    Dispatch(ReasoningSwitch reasoning) {
        this.reasoning = reasoning;
    }

    /// Asks for the words of courses, with as few calls as the endpoint takes.
    ///
    /// @param courses of one trunk with equal requests, their seeds aside; may be none
    void launch(List<Course> courses) {
        if (courses.isEmpty()) {
            return;
        }
        int most = courses.getFirst().seat().link().habits().mostTogether();
        for (int from = 0; from < courses.size(); from += Math.min(most, courses.size())) {
            int to = (int) Math.min((long) from + most, courses.size());
            start(List.copyOf(courses.subList(from, to)));
        }
    }

    private void start(List<Course> group) {
        try {
            threads.execute(() -> ask(group));
        } catch (RejectedExecutionException e) {
            // The model was closed a moment ago and has cancelled them; this tells them so.
            ask(group);
        }
    }

    private void ask(List<Course> group) {
        try {
            new Asking(group, reasoning, this::launch).run();
        } catch (Throwable defect) {
            // Somebody waits for each of them.
            group.forEach(course -> course.fail(BranchLife.faultOf(defect), Usage.NONE));
        }
    }

    /// Waits a while until those that are asked for have been told their ends; takes no more.
    void close() {
        threads.shutdown();
        try {
            threads.awaitTermination(LONGEST_END.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
