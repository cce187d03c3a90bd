package dev.polymnia.llama.grammar;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes schemas as rules, one for each. What is inside of a schema is written later, so neither
/// deep nor recursive schemas are a problem. Used once.
final class SchemaRules {
    private final RuleBook book;
    private final Alternatives alternatives;
    private final Map<Schema, String> names = new HashMap<>();
    private final Deque<Schema> open = new ArrayDeque<>();

    SchemaRules(RuleBook book, Alternatives alternatives) {
        this.book = book;
        this.alternatives = alternatives;
    }

    /// Writes a schema and all that it needs.
    ///
    /// @throws dev.polymnia.core.Fault `INVALID` if nothing meets it or it cannot be written
    void write(Schema root) {
        // Not by rule(): the first name is that of the whole, whatever it is.
        Schema target = alternatives.target(root);
        names.put(target, book.reserve(target.path()));
        open.add(target);
        while (!open.isEmpty()) {
            Schema next = open.remove();
            book.define(names.getOrDefault(next, ""), body(next));
        }
    }

    private String rule(Schema schema) {
        Schema target = alternatives.target(schema);
        if (target.isAnything()) {
            return book.shared("value");
        }
        String name = names.get(target);
        if (name == null) {
            name = book.reserve(target.path());
            names.put(target, name);
            open.add(target);
        }
        return name;
    }

    private String body(Schema schema) {
        Set<String> options = new LinkedHashSet<>();
        for (Schema each : alternatives.of(schema)) {
            addOptions(each, options);
        }
        if (options.isEmpty()) {
            throw Refusal.at(
                    schema.path(), "no value can meet the schema; loosen one of its keywords.");
        }
        return GbnfText.choice(List.copyOf(options));
    }

    private void addOptions(Schema plain, Set<String> options) {
        List<Constant> constants = plain.constants();
        if (constants != null) {
            for (Constant constant : constants) {
                if (JsonType.covers(plain.types(), constant.type())) {
                    requireFree(plain, constant);
                    options.add(GbnfText.literal(constant.text()));
                }
            }
            return;
        }
        // In the order of the types, so that equal schemas give equal rules.
        for (JsonType type : JsonType.values()) {
            String option = plain.types().contains(type) ? option(plain, type) : null;
            if (option != null) {
                options.add(option);
            }
        }
    }

    /// Refuses constants that other keywords might exclude.
    private static void requireFree(Schema plain, Constant constant) {
        boolean isFree =
                switch (constant.type()) {
                    case NULL, BOOLEAN -> true;
                    case INTEGER, NUMBER -> plain.number().equals(NumberRule.ANY);
                    case STRING -> plain.text().equals(TextRule.ANY);
                    case ARRAY -> plain.lists().equals(ListRule.ANY);
                    case OBJECT -> plain.objects().equals(ObjectRule.ANY);
                };
        if (!isFree) {
            throw Refusal.at(
                    plain.path(),
                    "the constant %s stands beside keywords about its content; keep one of both."
                            .formatted(constant.text()));
        }
    }

    private @Nullable String option(Schema plain, JsonType type) {
        return switch (type) {
            case NULL -> "\"null\"";
            case BOOLEAN -> "\"true\" | \"false\"";
            case INTEGER -> DecimalRules.write(book, plain.number(), true, plain.path());
            case NUMBER -> DecimalRules.write(book, plain.number(), false, plain.path());
            case STRING -> TextRules.write(book, plain.text(), plain.path());
            case ARRAY -> list(plain.lists(), plain.path());
            case OBJECT -> object(plain.objects(), plain.path());
        };
    }

    private @Nullable String list(ListRule rule, String path) {
        if (rule.equals(ListRule.ANY)) {
            return book.shared("array");
        }
        int named = 0;
        while (named < rule.first().size() && isPossible(rule.first().get(named))) {
            named++;
        }
        boolean isOpen = named == rule.first().size() && isPossible(rule.rest());
        int most = isOpen ? rule.most() : Math.min(rule.most(), named);
        if (rule.least() > most) {
            return null;
        }
        String ws = book.shared("ws");
        if (most == 0) {
            return "\"[\" " + ws + " \"]\"";
        }
        named = Math.min(named, most);
        String items = items(rule, named, most, path);
        return rule.least() == 0
                ? "\"[\" %s (%s %s)? \"]\"".formatted(ws, items, ws)
                : "\"[\" %s %s %s \"]\"".formatted(ws, items, ws);
    }

    private String items(ListRule rule, int named, int most, String path) {
        String comma = "\",\" " + book.shared("ws") + " ";
        int least = Math.max(1, rule.least());
        String tail = "";
        if (most > Math.max(1, named)) {
            int before = Math.max(1, named);
            tail =
                    GbnfText.repeat(
                            "(" + comma + rule(rule.rest()) + ")",
                            Math.max(0, least - before),
                            most == Expression.ENDLESS ? most : most - before);
        }
        for (int i = named - 1; i > 0; i--) {
            tail = comma + rule(rule.first().get(i)) + " " + tail;
            if (i >= least) {
                tail = book.add("(" + tail + ")?", path);
            }
        }
        return rule(rule.item(0)) + " " + tail;
    }

    private @Nullable String object(ObjectRule rule, String path) {
        if (rule.equals(ObjectRule.ANY)) {
            return book.shared("object");
        }
        Set<String> names = new LinkedHashSet<>(rule.properties().keySet());
        names.addAll(rule.required());
        List<Member> members = new ArrayList<>();
        for (String name : names) {
            boolean isRequired = rule.required().contains(name);
            Schema schema = rule.property(name);
            if (isPossible(schema)) {
                members.add(new Member(member(name, schema), isRequired));
            } else if (isRequired) {
                return null;
            }
        }
        String additional =
                isPossible(rule.additional())
                        ? KeyRules.write(book, names, path)
                                + " \":\" "
                                + book.shared("ws")
                                + " "
                                + rule(rule.additional())
                        : "";
        return new Members(book, path, members, additional).write();
    }

    private String member(String name, Schema schema) {
        StringBuilder key = new StringBuilder();
        JsonText.quote(name, key);
        return GbnfText.literal(key.append(':').toString())
                + " "
                + book.shared("ws")
                + " "
                + rule(schema);
    }

    /// A named property as it is written.
    ///
    /// @param text its name, the colon and its value, as an expression
    /// @param required whether it has to be there
    record Member(String text, boolean required) {}

    private boolean isPossible(Schema schema) {
        return !alternatives.target(schema).isNothing();
    }
}
