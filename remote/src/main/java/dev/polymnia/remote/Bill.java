package dev.polymnia.remote;

import dev.polymnia.core.model.Usage;
import java.util.List;
import java.util.Optional;

/// What a call cost, split over its answers so that the sum is what the endpoint said.
///
/// An answer that ends while others go on is told what was counted of it, and no prompt. The last
/// one is told the prompt of the call, and all generated tokens that the others have not been told.
/// llama.cpp bills each answer as it ends, everybody else all of them at the end; both are added up
/// here. Confined to the thread of a flight.
final class Bill {
    private static final long MOST = 100_000_000;

    private final long mostGenerated;
    private Optional<Chunk.Reported> running = Optional.empty();
    private Optional<Chunk.Reported> closing = Optional.empty();
    private long told;

    /// @param mostGenerated what all answers together may spend; a bill of more is nonsense
    Bill(long mostGenerated) {
        this.mostGenerated = mostGenerated;
    }

    void take(Chunk chunk) {
        if (chunk.usage().isEmpty()) {
            return;
        }
        Chunk.Reported reported = chunk.usage().get();
        if (chunk.parts().isEmpty()) {
            closing = Optional.of(closing.map(sum -> sum.plus(reported)).orElse(reported));
        } else {
            running = Optional.of(reported); // some say with every piece what it was up to there
        }
    }

    /// Returns what an answer is told that is not the last one.
    Usage early(Course course) {
        told += course.counted();
        return new Usage(0, 0, course.counted());
    }

    /// Returns what the last answer is told.
    Usage last(Course course) {
        Optional<Chunk.Reported> reported = closing.or(() -> running);
        long generated =
                reported.map(bill -> bill.generated() - told)
                        .filter(rest -> rest >= Math.min(course.counted(), 1))
                        .filter(rest -> rest <= mostGenerated - told)
                        .orElse((long) course.counted());
        told += generated;
        Optional<Chunk.Reported> sane =
                reported.filter(bill -> bill.prompt() > 0 && bill.prompt() < MOST);
        sane.ifPresent(bill -> course.promptReported(bill.prompt()));
        long prompt =
                sane.map(Chunk.Reported::prompt)
                        .orElse(course.spoke() ? (long) course.promptTokens() : 0L);
        long cached =
                sane.map(Chunk.Reported::cached)
                        .filter(count -> count >= 0 && count <= prompt)
                        .orElse(0L);
        return new Usage(cached, prompt - cached, generated);
    }

    /// Gives back to the answers' meters what they have not spent together.
    void release(List<Course> courses) {
        long rest = courses.stream().mapToLong(Course::granted).sum() - told;
        for (Course course : courses) {
            int back = Math.clamp(rest, 0, course.granted());
            course.release(back);
            rest -= back;
        }
    }
}
