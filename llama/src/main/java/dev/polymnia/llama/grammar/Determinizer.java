package dev.polymnia.llama.grammar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes the automaton of one rule deterministic by the construction of subsets (Rabin and Scott,
/// 1959), with references to rules as letters beside the bytes. Where that would make the automaton
/// much larger, it only takes out the free edges; the ways are then followed side by side. Used
/// once.
final class Determinizer {
    private static final int GROWTH = 4;
    private static final int SMALL = 256;

    private final Edges edges;
    private final int start;
    private final int end;
    private final int[] stamps;
    private long work;
    private int stamp;

    /// Looks at a graph.
    ///
    /// @param start where its ways begin
    /// @param end where they end
    /// @param work how many entries of sets may be looked at
    Determinizer(Edges edges, int start, int end, long work) {
        this.edges = edges;
        this.start = start;
        this.end = end;
        this.work = work;
        this.stamps = new int[edges.nodes()];
    }

    /// Returns how many entries of sets may still be looked at.
    long workLeft() {
        return work;
    }

    /// Adds the automaton to a network as its next rule.
    ///
    /// @return false if that was too much work
    boolean addTo(Network.Builder network) {
        List<Node> nodes = subsets();
        if (nodes == null) {
            nodes = singles();
        }
        if (work < 0) {
            return false;
        }
        network.addRule(nodes);
        return true;
    }

    /// A node of the result; its edges lead to the indices of others.
    static final class Node {
        private final boolean accepts;
        private final int[] bytes;
        private final int[] rules;

        private Node(boolean accepts, int[] bytes, int[] rules) {
            this.accepts = accepts;
            this.bytes = bytes;
            this.rules = rules;
        }

        /// Returns whether the rule may end here.
        boolean accepts() {
            return accepts;
        }

        /// Returns the edges over ranges of bytes: label and target in turn; not to be changed.
        int[] bytes() {
            return bytes;
        }

        /// Returns the edges through rules: number of the rule and target in turn; not to be
        /// changed.
        int[] rules() {
            return rules;
        }
    }

    private static final class Subset {
        private final int[] members;
        private final int hash;

        private Subset(int[] members) {
            this.members = members;
            this.hash = Arrays.hashCode(members);
        }

        private int[] members() {
            return members;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Subset subset && Arrays.equals(members, subset.members);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    private @Nullable List<Node> subsets() {
        int most = GROWTH * edges.nodes() + SMALL;
        Map<Subset, Integer> known = new HashMap<>();
        List<Subset> order = new ArrayList<>();
        List<Node> nodes = new ArrayList<>();
        number(closure(new int[] {start}), known, order);
        for (int i = 0; i < order.size(); i++) {
            if (order.size() > most || work < 0) {
                return null;
            }
            nodes.add(expand(order.get(i), known, order));
        }
        return nodes;
    }

    private Node expand(Subset subset, Map<Subset, Integer> known, List<Subset> order) {
        Map<Integer, int[]> rules = new TreeMap<>();
        List<int[]> ranges = new ArrayList<>();
        boolean accepts = false;
        for (int member : subset.members()) {
            accepts |= member == end;
            for (int edge = edges.last(member); edge >= 0; edge = edges.before(edge)) {
                int label = edges.label(edge);
                if (Edges.isBytes(label)) {
                    ranges.add(new int[] {label, edges.target(edge)});
                } else if (label != Edges.FREE) {
                    rules.merge(label, new int[] {edges.target(edge)}, Determinizer::joined);
                }
            }
        }
        int[] ruleEdges = new int[2 * rules.size()];
        int filled = 0;
        for (Map.Entry<Integer, int[]> each : rules.entrySet()) {
            ruleEdges[filled++] = Edges.ruleOf(each.getKey());
            ruleEdges[filled++] = number(closure(each.getValue()), known, order);
        }
        return new Node(accepts, byteEdges(ranges, known, order), ruleEdges);
    }

    private int[] byteEdges(List<int[]> ranges, Map<Subset, Integer> known, List<Subset> order) {
        boolean[] starts = new boolean[257];
        for (int[] range : ranges) {
            starts[Edges.firstByte(range[0])] = true;
            starts[Edges.lastByte(range[0]) + 1] = true;
        }
        int[] result = new int[2 * 256];
        int filled = 0;
        int first = 0;
        while (first < 256) {
            int last = first;
            while (last < 255 && !starts[last + 1]) {
                last++;
            }
            int[] targets = targets(ranges, first);
            if (targets.length > 0) {
                int target = number(closure(targets), known, order);
                int before = filled - 2;
                if (filled > 0
                        && result[before + 1] == target
                        && Edges.lastByte(result[before]) + 1 == first) {
                    result[before] = Edges.bytes(Edges.firstByte(result[before]), last);
                } else {
                    result[filled++] = Edges.bytes(first, last);
                    result[filled++] = target;
                }
            }
            first = last + 1;
        }
        return Arrays.copyOf(result, filled);
    }

    private int[] targets(List<int[]> ranges, int first) {
        work -= ranges.size();
        int[] targets = new int[ranges.size()];
        int filled = 0;
        for (int[] range : ranges) {
            if (Edges.firstByte(range[0]) <= first && first <= Edges.lastByte(range[0])) {
                targets[filled++] = range[1];
            }
        }
        return Arrays.copyOf(targets, filled);
    }

    private static int number(Subset subset, Map<Subset, Integer> known, List<Subset> order) {
        Integer number = known.putIfAbsent(subset, order.size());
        if (number != null) {
            return number;
        }
        order.add(subset);
        return order.size() - 1;
    }

    /// Returns what free edges lead to, without the nodes that have none but free edges.
    private Subset closure(int[] nodes) {
        stamp++;
        int size = 0;
        int[] found = new int[Math.max(4, nodes.length)];
        int opened = nodes.length;
        int[] stack = Arrays.copyOf(nodes, Math.max(8, opened));
        while (opened > 0) {
            int node = stack[--opened];
            if (stamps[node] == stamp) {
                continue;
            }
            stamps[node] = stamp;
            work--;
            boolean counts = node == end;
            for (int edge = edges.last(node); edge >= 0; edge = edges.before(edge)) {
                if (edges.label(edge) == Edges.FREE) {
                    if (opened == stack.length) {
                        stack = Arrays.copyOf(stack, 2 * opened);
                    }
                    stack[opened++] = edges.target(edge);
                } else {
                    counts = true;
                }
            }
            if (counts) {
                if (size == found.length) {
                    found = Arrays.copyOf(found, 2 * size);
                }
                found[size++] = node;
            }
        }
        int[] members = Arrays.copyOf(found, size);
        Arrays.sort(members);
        return new Subset(members);
    }

    /// Takes the free edges out only. The first node of the result is the start.
    private List<Node> singles() {
        Map<Integer, Integer> indices = new HashMap<>();
        List<Integer> order = new ArrayList<>();
        List<Node> nodes = new ArrayList<>();
        // The start stands for all that free edges lead to from it.
        indices.put(start, 0);
        order.add(start);
        for (int i = 0; i < order.size() && work >= 0; i++) {
            nodes.add(single(order.get(i), indices, order));
        }
        return nodes;
    }

    private Node single(int node, Map<Integer, Integer> indices, List<Integer> order) {
        Edges out = new Edges();
        out.addNode();
        boolean accepts = false;
        int bytes = 0;
        int rules = 0;
        int[] from = node == start ? closure(new int[] {start}).members() : new int[] {node};
        for (int member : from) {
            accepts |= member == end;
            for (int edge = edges.last(member); edge >= 0; edge = edges.before(edge)) {
                int label = edges.label(edge);
                if (label == Edges.FREE) {
                    continue;
                }
                for (int target : closure(new int[] {edges.target(edge)}).members()) {
                    out.add(0, label, index(target, indices, order));
                    bytes += Edges.isBytes(label) ? 1 : 0;
                    rules += Edges.isBytes(label) ? 0 : 1;
                }
            }
        }
        int[] byteEdges = new int[2 * bytes];
        int[] ruleEdges = new int[2 * rules];
        for (int edge = out.last(0); edge >= 0; edge = out.before(edge)) {
            int label = out.label(edge);
            if (Edges.isBytes(label)) {
                byteEdges[2 * --bytes] = label;
                byteEdges[2 * bytes + 1] = out.target(edge);
            } else {
                ruleEdges[2 * --rules] = Edges.ruleOf(label);
                ruleEdges[2 * rules + 1] = out.target(edge);
            }
        }
        return new Node(accepts, byteEdges, ruleEdges);
    }

    private static int index(int node, Map<Integer, Integer> indices, List<Integer> order) {
        Integer index = indices.putIfAbsent(node, order.size());
        if (index != null) {
            return index;
        }
        order.add(node);
        return order.size() - 1;
    }

    private static int[] joined(int[] first, int[] second) {
        int[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
