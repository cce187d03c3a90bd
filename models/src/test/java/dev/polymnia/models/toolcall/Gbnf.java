package dev.polymnia.models.toolcall;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// As much of GBNF as the grammars of these tests need: reads a grammar strictly and writes texts
/// that it allows.
final class Gbnf {
    private sealed interface Node {
        record Literal(String text) implements Node {}

        record Chars(String allowed) implements Node {}

        record Rule(String name) implements Node {}

        record Sequence(List<Node> nodes) implements Node {}

        record Either(List<Node> nodes) implements Node {}

        record Repeated(Node node, int least, int most) implements Node {}
    }

    private static final String ALPHABET = "ab Z09\"\\{}[]<>/=;,`\n:pé😀";

    private final Map<String, Node> rules = new LinkedHashMap<>();
    private String line = "";
    private int at;

    /// Reads a grammar of one line for each rule.
    ///
    /// @throws IllegalArgumentException if it is not well-formed, or a rule is missing or not used
    Gbnf(String grammar) {
        for (String each : grammar.split("\n", -1)) {
            if (!each.isEmpty()) {
                readRule(each);
            }
        }
        List<String> used = new ArrayList<>(List.of("root"));
        for (int i = 0; i < used.size(); i++) {
            collect(rule(used.get(i)), used);
        }
        require(used.containsAll(rules.keySet()), "a rule is not used: " + grammar);
    }

    /// Returns a text that the grammar allows.
    String sample(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        write(rule("root"), random, text);
        return text.toString();
    }

    private void readRule(String text) {
        line = text;
        int mark = text.indexOf(" ::= ");
        require(mark > 0, "no rule");
        at = mark + 5;
        String name = text.substring(0, mark);
        require(name.matches("[a-zA-Z0-9-]+"), "no name");
        require(rules.put(name, either()) == null, "twice");
        require(at == text.length(), "rest at " + at);
    }

    private Node either() {
        List<Node> nodes = new ArrayList<>(List.of(sequence()));
        while (at < line.length() && line.charAt(at) == '|') {
            at++;
            nodes.add(sequence());
        }
        return new Node.Either(nodes);
    }

    private Node sequence() {
        List<Node> nodes = new ArrayList<>();
        skipSpace();
        while (at < line.length() && "|)".indexOf(line.charAt(at)) < 0) {
            nodes.add(repeated(atom()));
            skipSpace();
        }
        require(!nodes.isEmpty(), "nothing at " + at);
        return new Node.Sequence(nodes);
    }

    private Node repeated(Node node) {
        char mark = at < line.length() ? line.charAt(at) : ' ';
        if (mark == '{') {
            int end = line.indexOf('}', at);
            int count = Integer.parseInt(line.substring(at + 1, end));
            at = end + 1;
            return new Node.Repeated(node, count, count);
        }
        if ("?*+".indexOf(mark) < 0) {
            return node;
        }
        at++;
        return new Node.Repeated(node, mark == '+' ? 1 : 0, mark == '?' ? 1 : 4);
    }

    private Node atom() {
        char first = line.charAt(at);
        if (first == '(') {
            at++;
            Node node = either();
            require(at < line.length() && line.charAt(at) == ')', "open bracket");
            at++;
            return node;
        }
        if (first == '"' || first == '[') {
            at++;
            String text = characters(first == '"' ? '"' : ']');
            return first == '"' ? new Node.Literal(text) : new Node.Chars(allowed(text));
        }
        int begin = at;
        while (at < line.length() && String.valueOf(line.charAt(at)).matches("[a-zA-Z0-9-]")) {
            at++;
        }
        require(at > begin, "what is at " + at);
        return new Node.Rule(line.substring(begin, at));
    }

    private String characters(char end) {
        StringBuilder text = new StringBuilder();
        while (line.charAt(at) != end) {
            char c = line.charAt(at);
            if (c == '\\') {
                at++;
                char escaped = line.charAt(at);
                require("\"\\nrt]".indexOf(escaped) >= 0, "unknown escape");
                c = escaped == 'n' ? '\n' : escaped == 'r' ? '\r' : escaped == 't' ? '\t' : escaped;
            }
            text.append(c);
            at++;
        }
        at++;
        return text.toString();
    }

    private static String allowed(String set) {
        StringBuilder allowed = new StringBuilder();
        if (set.startsWith("^")) {
            ALPHABET.codePoints()
                    .filter(c -> set.indexOf(c, 1) < 0)
                    .forEach(allowed::appendCodePoint);
            return allowed.toString();
        }
        for (int i = 0; i < set.length(); i++) {
            boolean range = i + 2 < set.length() && set.charAt(i + 1) == '-';
            char last = range ? set.charAt(i + 2) : set.charAt(i);
            for (char c = set.charAt(i); c <= last; c++) {
                allowed.append(c);
            }
            i += range ? 2 : 0;
        }
        return allowed.toString();
    }

    private void skipSpace() {
        while (at < line.length() && line.charAt(at) == ' ') {
            at++;
        }
    }

    private Node rule(String name) {
        Node node = rules.get(name);
        if (node == null) {
            throw new IllegalArgumentException("there is no rule " + name);
        }
        return node;
    }

    private void collect(Node node, List<String> used) {
        switch (node) {
            case Node.Rule(String name) -> {
                if (!used.contains(name)) {
                    used.add(name);
                }
            }
            case Node.Sequence(var nodes) -> nodes.forEach(each -> collect(each, used));
            case Node.Either(var nodes) -> nodes.forEach(each -> collect(each, used));
            case Node.Repeated(Node inner, _, _) -> collect(inner, used);
            case Node.Literal _, Node.Chars _ -> {}
        }
    }

    private void write(Node node, SplittableRandom random, StringBuilder text) {
        switch (node) {
            case Node.Literal(String literal) -> text.append(literal);
            case Node.Chars(String allowed) -> {
                int[] all = allowed.codePoints().toArray();
                text.appendCodePoint(all[random.nextInt(all.length)]);
            }
            case Node.Rule(String name) -> write(rule(name), random, text);
            case Node.Sequence(var nodes) -> nodes.forEach(each -> write(each, random, text));
            case Node.Either(var nodes) ->
                    write(nodes.get(random.nextInt(nodes.size())), random, text);
            case Node.Repeated(Node inner, int least, int most) -> {
                for (int count = random.nextInt(least, most + 1); count > 0; count--) {
                    write(inner, random, text);
                }
            }
        }
    }

    private void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalArgumentException(what + " in: " + line);
        }
    }
}
