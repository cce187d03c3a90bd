package dev.polymnia.core;

import static java.util.Objects.requireNonNull;

import java.io.Serial;

/// The one exception that Polymnia throws on purpose. Its message is meant for a person: what
/// happened, the value it happened to, and what to do about it.
///
/// Errors of the programmer (a null, an index out of range) stay the exceptions of the JDK.
public final class Fault extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final Code code;

    /// Says what kind of thing went wrong; decides exit codes and HTTP statuses, each in one place.
    public enum Code {
        /// The request is wrong and will stay wrong: an empty question, a contradictory budget.
        INVALID,
        /// What was asked for is not known: a model, a conversation, a run.
        NOT_FOUND,
        /// Known, but not possible with this model, build or platform.
        UNSUPPORTED,
        /// More tokens than the model's context can hold.
        CONTEXT_FULL,
        /// The budget allows nothing more, and there is no answer to return.
        BUDGET_SPENT,
        /// Somebody asked to stop.
        CANCELLED,
        /// Something this machine needs is missing or cannot be reached: npm, pip, a disk, a peer.
        UNAVAILABLE,
        /// A file or a message from outside is damaged or is not what it claims to be.
        CORRUPT,
        /// Too much is being asked for at once; the same request may succeed later.
        OVERLOADED,
        /// A defect of Polymnia or of a library below it.
        INTERNAL
    }

    /// Creates a fault.
    ///
    /// @param code the kind of fault
    /// @param message what happened, to which value, and what to do
    public Fault(Code code, String message) {
        super(requireNonNull(message, "message is null"));
        this.code = requireNonNull(code, "code is null");
    }

    /// Creates a fault with the exception that led to it.
    ///
    /// @param code the kind of fault
    /// @param message what happened, to which value, and what to do
    /// @param cause what led to it
    public Fault(Code code, String message, Throwable cause) {
        super(requireNonNull(message, "message is null"), requireNonNull(cause, "cause is null"));
        this.code = requireNonNull(code, "code is null");
    }

    /// Returns the kind of fault.
    public Code code() {
        return code;
    }

    @Override
    public String getMessage() {
        return requireNonNull(super.getMessage());
    }
}
