package dev.polymnia.remote;

import dev.polymnia.core.model.Usage;
import java.util.List;
import java.util.Optional;

/// What a call cost, split over its answers so that the sum is what the endpoint said.
///
/// An answer that ends while others go on is told what was counted of it, and no prompt. The last
/// one is told the prompt of the call, and all generated tokens that the others have not been told.
/// llama.cpp bills each answer as it ends, everybody else all of them at the end; both are added up
/// here. The last one also settles with the meter what was reserved for the call.
///
/// Where it costs something and no bill comes, the prompt is what was reserved for it, as nobody
/// knows better; and a bill of more than was granted is believed, as it will have to be paid.
/// Confined to the thread of a flight.
final class Bill {
    private static final long MOST = 100_000_000;

    private final long mostGenerated;
    private final long reserved;
    private boolean taken = true;
    private Optional<Chunk.Reported> running = Optional.empty();
    private Optional<Chunk.Reported> closing = Optional.empty();
    private long told;

    /// @param priced whether it costs something; if not, a bill of more than was granted is
    ///   nonsense
    Bill(Admission admission, boolean priced) {
        reserved = admission.prompt();
        mostGenerated = priced ? MOST : granted(admission.courses());
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

    /// Learns that the endpoint has not taken the call, so it costs nothing.
    void refuse() {
        taken = false;
    }

    /// Returns what the last answer is told; settles the call.
    ///
    /// @param courses all answers of the call
    Usage last(Course course, List<Course> courses) {
        long generated =
                reported()
                        .map(bill -> bill.generated() - told)
                        .filter(rest -> rest >= Math.min(course.counted(), 1))
                        .filter(rest -> rest <= mostGenerated - told)
                        .orElse((long) course.counted());
        told += generated;
        Usage read = read(course);
        settle(courses, read);
        return new Usage(read.cached(), read.computed(), generated);
    }

    /// Settles a call of which nobody is left to be told more.
    void close(List<Course> courses) {
        settle(courses, read(courses.getFirst()));
    }

    private Optional<Chunk.Reported> reported() {
        return closing.or(() -> running);
    }

    /// Returns what reading the prompt has cost.
    private Usage read(Course course) {
        Optional<Chunk.Reported> sane =
                reported().filter(bill -> bill.prompt() > 0 && bill.prompt() < MOST);
        sane.ifPresent(bill -> course.promptReported(bill.prompt()));
        long prompt = sane.map(Chunk.Reported::prompt).orElseGet(() -> unbilled(course));
        long cached =
                sane.map(Chunk.Reported::cached)
                        .filter(count -> count >= 0 && count <= prompt)
                        .orElse(0L);
        return new Usage(cached, prompt - cached, 0);
    }

    private long unbilled(Course course) {
        if (!course.spoke() && (reserved == 0 || !taken)) {
            return 0;
        }
        int known = course.promptTokens();
        return known > 0 ? known : reserved;
    }

    private void settle(List<Course> courses, Usage read) {
        courses.getFirst()
                .settleCall(
                        reserved,
                        granted(courses),
                        new Usage(read.cached(), read.computed(), told));
    }

    private static long granted(List<Course> courses) {
        return courses.stream().mapToLong(Course::granted).sum();
    }
}
