package dev.polymnia.models;

import dev.polymnia.core.Fault;
import java.io.Serial;
import java.time.Duration;
import java.util.Optional;

/// Says that one source does not bring the file; another may. What hinders every source alike (the
/// disk, a cancellation) is a [Fault] instead. Does not leave this package.
final class Unobtainable extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    private final Fault.Code code;
    private final String advice;
    private final transient Optional<Duration> again;

    private Unobtainable(Fault.Code code, String reason, String advice, Optional<Duration> again) {
        // Part of it is what a server or a program said.
        super(reason.replaceAll("\\p{Cntrl}+", " "));
        this.code = code;
        this.advice = advice;
        this.again = again;
    }

    /// The source cannot be reached or does not answer as it should.
    ///
    /// @param reason in a few words, without a full stop
    /// @param advice what a person can do; empty if nothing in particular
    static Unobtainable unavailable(String reason, String advice) {
        return new Unobtainable(Fault.Code.UNAVAILABLE, reason, advice, Optional.empty());
    }

    /// The source may well do better in a moment.
    ///
    /// @param wait the least time to wait before it is asked again
    static Unobtainable passing(String reason, Duration wait) {
        return new Unobtainable(Fault.Code.UNAVAILABLE, reason, "", Optional.of(wait));
    }

    /// The source brought something else than the file in the catalogue.
    static Unobtainable corrupt(String reason) {
        return new Unobtainable(Fault.Code.CORRUPT, reason, "", Optional.empty());
    }

    Unobtainable causedBy(Throwable cause) {
        initCause(cause);
        return this;
    }

    Fault.Code code() {
        return code;
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    String advice() {
        return advice;
    }

    /// Returns how long to wait before the same source is asked again; empty if that is no use.
    Optional<Duration> again() {
        return again;
    }
}
