package dev.polymnia.server.trace;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// What a request says of the trace that it belongs to, as [W3C Trace
/// Context](https://www.w3.org/TR/trace-context/) has it. Not checked: what is not valid counts as
/// nothing.
///
/// @param parent the header `traceparent`; empty for none
/// @param state the header `tracestate`; empty for none
public record TraceParent(String parent, String state) {
    /// Says nothing.
    public static final TraceParent NONE = new TraceParent("", "");

    /// The name of the header with the trace.
    public static final String PARENT = "traceparent";

    /// The name of the header with what others want to be passed on.
    public static final String STATE = "tracestate";

    /// Checks that the parts are there.
    public TraceParent {
        requireNonNull(parent, "parent is null");
        requireNonNull(state, "state is null");
    }

    /// Returns what the headers of a request say; nothing if there is more than one parent.
    ///
    /// @param parents all headers `traceparent`
    /// @param states all headers `tracestate`, which count as one
    public static TraceParent of(List<String> parents, List<String> states) {
        return parents.size() == 1
                ? new TraceParent(parents.getFirst(), String.join(",", states))
                : NONE;
    }

    /// Returns a header; empty if it is another, or was not sent.
    String header(String name) {
        return switch (name) {
            case PARENT -> parent;
            case STATE -> state;
            default -> "";
        };
    }
}
