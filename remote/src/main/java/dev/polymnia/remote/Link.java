package dev.polymnia.remote;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.BranchLife;
import dev.polymnia.core.model.Prices;
import dev.polymnia.core.model.ReasoningSwitch;
import dev.polymnia.core.model.Usage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/// What all flights to one endpoint share. Thread-safe.
///
/// @param reasoning how the model marks its thoughts
/// @param threads of the flights
record Link(
        RemoteOptions options,
        Wire wire,
        Endpoint endpoint,
        Habits habits,
        ReasoningSwitch reasoning,
        ExecutorService threads) {
    static ExecutorService newThreads() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("remote-flight-", 0).factory());
    }

    /// Asks for the words of courses, with as few calls as the endpoint takes.
    ///
    /// @param courses with equal requests, their seeds aside
    void launch(List<Course> courses) {
        int most = habits.mostTogether();
        for (int from = 0; from < courses.size(); from += Math.min(most, courses.size())) {
            List<Course> group =
                    List.copyOf(
                            courses.subList(
                                    from, (int) Math.min((long) from + most, courses.size())));
            start(group);
        }
    }

    private void start(List<Course> group) {
        try {
            threads.execute(() -> fly(group));
        } catch (RejectedExecutionException e) {
            // The model was closed a moment ago and has cancelled them; this tells them so.
            fly(group);
        }
    }

    private void fly(List<Course> group) {
        boolean priced = !prices().isFree();
        Admission admitted = Admission.admit(group, endpoint.contextTokens(), priced);
        Bill bill = new Bill(admitted, priced);
        try {
            while (!admitted.courses().stream().allMatch(Course::isOver)) {
                Optional<Feature> refused = new Flight(this, admitted.courses(), bill).make();
                if (refused.isEmpty()) {
                    return;
                }
                habits.refuses(refused.get());
            }
        } catch (Throwable defect) {
            // Somebody waits for each of them.
            admitted.courses()
                    .forEach(course -> course.fail(BranchLife.faultOf(defect), Usage.NONE));
        }
    }

    /// Returns what the model's tokens cost, as far as anybody knows.
    Prices prices() {
        return options.prices().getOrDefault(endpoint.model(), Prices.FREE);
    }

    Fault fault(Throwable thrown) {
        return wire.faults().of(thrown, endpoint.model(), endpoint.models());
    }
}
