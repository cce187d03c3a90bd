package dev.polymnia.llama.grammar;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Collects the rules of a schema's grammar, whose names all begin with one prefix. Confined to one
/// thread.
final class RuleBook {
    private static final Pattern SHARED = Pattern.compile("\\$([a-z][a-z0-9-]*)");
    private static final int MOST_RULES = 40_000;

    private final String prefix;
    private final StringBuilder text = new StringBuilder();
    private final Map<String, String> paths = new HashMap<>();
    private final Set<String> shared = new HashSet<>();

    RuleBook(String prefix) {
        this.prefix = prefix;
    }

    /// Makes a name for a rule that is defined later; the first is the prefix alone.
    ///
    /// @param path the schema that it is for
    /// @throws dev.polymnia.core.Fault `INVALID` if there are too many
    String reserve(String path) {
        if (paths.size() == MOST_RULES) {
            throw Refusal.at(
                    path,
                    "the schema needs more than %d rules; make it smaller.".formatted(MOST_RULES));
        }
        String name = paths.isEmpty() ? prefix : prefix + "-" + paths.size();
        paths.put(name, path);
        return name;
    }

    /// Defines a rule.
    void define(String name, String body) {
        text.append(name).append(" ::= ").append(body).append('\n');
        if (text.length() > Limits.TEXT) {
            throw Refusal.at(
                    paths.getOrDefault(name, ""),
                    "the grammar of the schema has more than %d characters; make it smaller."
                            .formatted(Limits.TEXT));
        }
    }

    /// Defines a rule with a new name.
    String add(String body, String path) {
        String name = reserve(path);
        define(name, body);
        return name;
    }

    /// Returns the name of one of the [SharedRules].
    String shared(String name) {
        String full = prefix + "-" + name;
        if (shared.add(name)) {
            define(full, expand(SharedRules.body(name)));
        }
        return full;
    }

    /// Returns the text of all rules.
    String text() {
        return text.toString();
    }

    /// Returns the schema that a rule was made for.
    String pathOf(String rule) {
        return paths.getOrDefault(rule, "");
    }

    private String expand(String body) {
        return SHARED.matcher(body)
                .replaceAll(found -> Matcher.quoteReplacement(shared(found.group(1))));
    }
}
