package dev.polymnia.models.toolcall;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A grammar in GBNF that grows rule by rule.
final class GrammarText {
    private static final Pattern RULE = Pattern.compile("(?m)^[ \\t]*([A-Za-z0-9_-]+)\\s*::=");

    private final Map<String, String> rules = new LinkedHashMap<>();

    /// Adds a rule.
    ///
    /// @throws IllegalArgumentException if there is another of the same name
    void add(String name, String body) {
        String before = rules.putIfAbsent(name, body.strip());
        if (before != null && !before.equals(body.strip())) {
            throw new IllegalArgumentException(
                    "two rules are called " + name + ": " + before + " and " + body.strip());
        }
    }

    /// Adds the rules of a text.
    ///
    /// @throws IllegalArgumentException if it does not define the name, or a rule contradicts one
    ///   that is there
    void addAll(String text, String name) {
        Matcher matcher = RULE.matcher(text);
        String rule = null;
        int begin = 0;
        while (matcher.find()) {
            if (rule != null) {
                add(rule, text.substring(begin, matcher.start()));
            }
            rule = matcher.group(1);
            begin = matcher.end();
        }
        if (rule != null) {
            add(rule, text.substring(begin));
        }
        if (!rules.containsKey(name)) {
            throw new IllegalArgumentException("there is no rule " + name + " in: " + text);
        }
    }

    /// Adds a rule for any text in which a marker does not stand, and the rules that it needs: one
    /// for each part of the marker that may have been read.
    ///
    /// @param marker its first character stands in it only once
    void addTextWithout(String name, String marker) {
        char first = marker.charAt(0);
        for (int read = 0; read < marker.length(); read++) {
            char next = marker.charAt(read);
            String other = read == 0 ? "[^" + first + "] " : "[^" + first + next + "] ";
            String body = other + name;
            if (read + 1 < marker.length()) {
                body += " | " + literal(String.valueOf(next)) + " " + name + "-" + (read + 1);
            }
            if (read > 0) {
                body += " | " + literal(String.valueOf(first)) + " " + name + "-1";
            }
            add(read == 0 ? name : name + "-" + read, "(" + body + ")?");
        }
    }

    /// Returns a text as a terminal.
    static String literal(String text) {
        StringBuilder literal = new StringBuilder("\"");
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            switch (c) {
                case '"', '\\' -> literal.append('\\').append(c);
                case '\n' -> literal.append("\\n");
                case '\r' -> literal.append("\\r");
                case '\t' -> literal.append("\\t");
                default -> literal.append(c);
            }
        }
        return literal.append('"').toString();
    }

    @Override
    public String toString() {
        return rules.entrySet().stream()
                .map(rule -> rule.getKey() + " ::= " + rule.getValue() + "\n")
                .collect(joining());
    }
}
