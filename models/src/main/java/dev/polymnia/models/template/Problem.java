package dev.polymnia.models.template;

import dev.polymnia.core.Fault;
import java.io.Serial;

/// What went wrong, before it is known where. The parser and the evaluator add the place and throw
/// the [Fault] instead; a problem never leaves this package.
final class Problem extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;
    private static final int QUOTED = 300;

    private final Kind kind;

    /// The kinds of problems, each with its code and its sentence.
    enum Kind {
        SYNTAX(
                Fault.Code.CORRUPT,
                "The chat template is damaged at %s: %s; use an intact copy of the template."),
        LIMIT(
                Fault.Code.CORRUPT,
                "The chat template asks for too much at %s: %s; use a simpler template or a"
                        + " shorter conversation."),
        UNSUPPORTED(
                Fault.Code.UNSUPPORTED,
                "The chat template uses at %s what Polymnia does not support: %s; use another"
                        + " template for this model."),
        REFUSED(
                Fault.Code.INVALID,
                "The chat template refuses the conversation at %s: %s; change the conversation"
                        + " or use another template."),
        FAILED(
                Fault.Code.INVALID,
                "The chat template cannot render the conversation at %s: %s; change the"
                        + " conversation or use another template.");

        private final Fault.Code code;
        private final String sentence;

        Kind(Fault.Code code, String sentence) {
            this.code = code;
            this.sentence = sentence;
        }
    }

    private Problem(Kind kind, String message) {
        // No stack trace: it is replaced by a fault a few frames further up.
        super(message, null, false, false);
        this.kind = kind;
    }

    static Problem syntax(String message) {
        return new Problem(Kind.SYNTAX, message);
    }

    static Problem limit(String message) {
        return new Problem(Kind.LIMIT, message);
    }

    static Problem unsupported(String message) {
        return new Problem(Kind.UNSUPPORTED, message);
    }

    static Problem refused(String message) {
        return new Problem(Kind.REFUSED, message);
    }

    static Problem failed(String message) {
        return new Problem(Kind.FAILED, message);
    }

    Fault at(String place) {
        String message = String.valueOf(getMessage());
        // The message may quote the conversation, which has no bound of its own.
        String quoted = message.length() <= QUOTED ? message : message.substring(0, QUOTED) + "…";
        return new Fault(kind.code, kind.sentence.formatted(place, quoted));
    }
}
