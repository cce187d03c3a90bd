package dev.polymnia.llama.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Writes the names that properties may have beside those that a schema names: every string but
/// these. A prefix tree of the names says at each character whether the string can still become one
/// of them. Used once.
///
/// Such a name is spelled in one way only, because an escape could spell a name that is taken.
final class KeyRules {
    private final RuleBook book;
    private final String path;

    private KeyRules(RuleBook book, String path) {
        this.book = book;
        this.path = path;
    }

    private static final class Node {
        private final Map<Integer, Node> next = new TreeMap<>();
        private boolean isName;
    }

    /// Returns an expression for all names but some, with their quotes.
    ///
    /// @param path the schema
    static String write(RuleBook book, Set<String> taken, String path) {
        if (taken.isEmpty()) {
            return book.shared("string");
        }
        Node root = new Node();
        for (String name : taken) {
            Node at = root;
            for (int each : name.codePoints().toArray()) {
                at = at.next.computeIfAbsent(each, _ -> new Node());
            }
            at.isName = true;
        }
        KeyRules rules = new KeyRules(book, path);
        String rest = book.add(JsonText.gbnf(CodePoints.ALL.characters()) + "* \"\\\"\"", path);
        return "\"\\\"\" " + rules.rule(root, rest);
    }

    /// Writes the rules bottom up, without recursion: names may be long.
    private String rule(Node root, String rest) {
        List<Node> order = new ArrayList<>(List.of(root));
        for (int i = 0; i < order.size(); i++) {
            order.addAll(order.get(i).next.values());
        }
        List<String> names = new ArrayList<>();
        for (Node _ : order) {
            names.add(book.reserve(path));
        }
        int child = 1;
        for (int i = 0; i < order.size(); i++) {
            Node node = order.get(i);
            List<String> options = new ArrayList<>();
            CodePoints others = CodePoints.ALL.characters();
            for (int each : node.next.keySet()) {
                others = others.minus(CodePoints.of(each));
                options.add(GbnfText.literal(JsonText.spelled(each)) + " " + names.get(child));
                child++;
            }
            options.add(JsonText.gbnf(others) + " " + rest);
            if (!node.isName) {
                options.add("\"\\\"\"");
            }
            book.define(names.get(i), GbnfText.choice(options));
        }
        return names.getFirst();
    }
}
