package dev.polymnia.llama.grammar;

import java.util.Arrays;

/// The edges of a growing graph whose nodes are numbers. An edge is labelled with nothing, with a
/// range of bytes, or with a rule that is gone through on the way. Confined to one thread.
final class Edges {
    /// The label of an edge that costs nothing.
    static final int FREE = -1;

    // Labels below are ranges of bytes, labels from here on are rules.
    private static final int FIRST_RULE = 1 << 16;

    private int nodes;
    private int edges;
    private int[] last = new int[16];
    private int[] before = new int[16];
    private int[] labels = new int[16];
    private int[] targets = new int[16];

    /// Returns the label of a range of bytes.
    static int bytes(int first, int last) {
        return first << 8 | last;
    }

    /// Returns the label of a rule.
    static int rule(int number) {
        return FIRST_RULE + number;
    }

    /// Returns whether a label is a range of bytes.
    static boolean isBytes(int label) {
        return label >= 0 && label < FIRST_RULE;
    }

    /// Returns the first byte of a range.
    static int firstByte(int label) {
        return label >>> 8;
    }

    /// Returns the last byte of a range.
    static int lastByte(int label) {
        return label & 0xFF;
    }

    /// Returns the number of the rule of a label.
    static int ruleOf(int label) {
        return label - FIRST_RULE;
    }

    /// Adds a node.
    int addNode() {
        if (nodes == last.length) {
            last = Arrays.copyOf(last, 2 * nodes);
        }
        last[nodes] = -1;
        return nodes++;
    }

    /// Adds an edge.
    void add(int from, int label, int to) {
        if (edges == labels.length) {
            before = Arrays.copyOf(before, 2 * edges);
            labels = Arrays.copyOf(labels, 2 * edges);
            targets = Arrays.copyOf(targets, 2 * edges);
        }
        labels[edges] = label;
        targets[edges] = to;
        before[edges] = last[from];
        last[from] = edges++;
    }

    /// Returns the number of nodes.
    int nodes() {
        return nodes;
    }

    /// Returns the latest edge of a node, from which [#before] leads to the others; -1 for none.
    int last(int node) {
        return last[node];
    }

    /// Returns the edge of the same node that was added before; -1 for none.
    int before(int edge) {
        return before[edge];
    }

    /// Returns the label of an edge.
    int label(int edge) {
        return labels[edge];
    }

    /// Returns where an edge leads.
    int target(int edge) {
        return targets[edge];
    }
}
