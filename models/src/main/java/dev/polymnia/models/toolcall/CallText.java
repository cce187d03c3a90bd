package dev.polymnia.models.toolcall;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A call as the model wrote it.
///
/// @param id absent if the format has none
/// @param name not blank
/// @param arguments meant to be a JSON object
record CallText(@Nullable String id, String name, String arguments) {
    /// A name that is not of a tool may be anything, but not what is left of other damaged JSON.
    private static final Pattern NAME = Pattern.compile("\"[^\\p{Cntrl}\"\\\\{}<>\\[\\]]*\\S\"");

    private static final Set<String> KNOWN = Set.of("name", "id", "type");

    CallText {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a call without a name");
        }
    }

    /// Reads an object with a name and arguments; they may stand in an object of the member
    /// `function`.
    ///
    /// If there are other members instead of arguments, or more than members, all of it counts as
    /// the arguments, so that nothing is lost.
    ///
    /// @param object may be damaged
    /// @return empty if it has no name
    static Optional<CallText> of(String object) {
        Members all = members(object);
        Map<String, String> members = all.values();
        String name = members.getOrDefault("name", "");
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        String id = members.get("id");
        String arguments =
                members.getOrDefault("arguments", members.getOrDefault("parameters", ""));
        if (all.hasMore() || (arguments.isEmpty() && !KNOWN.containsAll(members.keySet()))) {
            arguments = object.strip();
        }
        return Optional.of(
                new CallText(
                        id == null ? null : Members.text(id),
                        Members.text(name),
                        unwrapped(arguments)));
    }

    /// Reads an object of which nothing but its members tells that it is a call, so that the
    /// arguments must be there.
    static Optional<CallText> ofBare(String object) {
        Map<String, String> members = members(object).values();
        return members.containsKey("arguments") || members.containsKey("parameters")
                ? of(object)
                : Optional.empty();
    }

    private static Members members(String object) {
        Members members = Members.of(object);
        String inner = members.values().get("function");
        boolean own = members.values().containsKey("name") || members.hasMore();
        return own || inner == null || !inner.startsWith("{") ? members : Members.of(inner);
    }

    /// Some models write the object once more as a string, as OpenAI's protocol does.
    private static String unwrapped(String arguments) {
        if (arguments.isEmpty() || arguments.equals("null")) {
            return "{}";
        }
        if (!arguments.startsWith("\"")) {
            return arguments;
        }
        String inner = Members.text(arguments);
        return inner.isBlank() ? "{}" : inner.stripLeading().startsWith("{") ? inner : arguments;
    }
}
