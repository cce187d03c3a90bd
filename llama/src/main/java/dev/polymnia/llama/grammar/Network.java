package dev.polymnia.llama.grammar;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// The automata of all rules as one recursive transition network (Woods, 1970), in flat arrays.
/// Rule 0 is the one that texts begin with. Immutable, thread-safe.
final class Network {
    private final int[] starts;
    private final BitSet accepting;
    private final int[] byteFrom;
    private final int[] byteLabels;
    private final int[] byteTargets;
    private final int[] ruleFrom;
    private final int[] ruleNumbers;
    private final int[] ruleTargets;
    private final byte[] classes;
    private final int[] samples;

    private Network(Builder builder) {
        List<Determinizer.Node> nodes = builder.nodes;
        starts = builder.starts.stream().mapToInt(Integer::intValue).toArray();
        accepting = new BitSet(nodes.size());
        byteFrom = new int[nodes.size() + 1];
        ruleFrom = new int[nodes.size() + 1];
        for (int i = 0; i < nodes.size(); i++) {
            accepting.set(i, nodes.get(i).accepts());
            byteFrom[i + 1] = byteFrom[i] + nodes.get(i).bytes().length / 2;
            ruleFrom[i + 1] = ruleFrom[i] + nodes.get(i).rules().length / 2;
        }
        byteLabels = new int[byteFrom[nodes.size()]];
        byteTargets = new int[byteLabels.length];
        ruleNumbers = new int[ruleFrom[nodes.size()]];
        ruleTargets = new int[ruleNumbers.length];
        int rule = 0;
        for (int i = 0; i < nodes.size(); i++) {
            rule += rule + 1 < starts.length && starts[rule + 1] == i ? 1 : 0;
            spread(nodes.get(i).bytes(), byteLabels, byteTargets, byteFrom[i], starts[rule]);
            spread(nodes.get(i).rules(), ruleNumbers, ruleTargets, ruleFrom[i], starts[rule]);
        }
        classes = new byte[256];
        samples = classify();
    }

    /// Collects the automata of rules. Confined to one thread.
    static final class Builder {
        private final List<Determinizer.Node> nodes = new ArrayList<>();
        private final List<Integer> starts = new ArrayList<>();

        /// Adds the automaton of the next rule.
        ///
        /// @param rule its nodes, the first of which is where it starts
        void addRule(List<Determinizer.Node> rule) {
            starts.add(nodes.size());
            nodes.addAll(rule);
        }

        /// Returns the network of all rules that were added.
        Network build() {
            return new Network(this);
        }
    }

    /// Returns the node where a rule starts.
    int start(int rule) {
        return starts[rule];
    }

    /// Returns whether the rule of a node may end there.
    boolean accepts(int node) {
        return accepting.get(node);
    }

    /// Returns whether a node does nothing but end its rule.
    boolean onlyAccepts(int node) {
        return accepting.get(node)
                && byteFrom[node] == byteFrom[node + 1]
                && ruleFrom[node] == ruleFrom[node + 1];
    }

    /// Returns the first of the edges over bytes that leave a node; they end before those of the
    /// next node.
    int firstByteEdge(int node) {
        return byteFrom[node];
    }

    /// Returns whether an edge can be gone over a byte.
    boolean takes(int byteEdge, int value) {
        int label = byteLabels[byteEdge];
        return Edges.firstByte(label) <= value && value <= Edges.lastByte(label);
    }

    /// Returns where an edge over bytes leads.
    int byteTarget(int byteEdge) {
        return byteTargets[byteEdge];
    }

    /// Returns the first of the edges through rules that leave a node; they end before those of the
    /// next node.
    int firstRuleEdge(int node) {
        return ruleFrom[node];
    }

    /// Returns the rule that an edge goes through.
    int rule(int ruleEdge) {
        return ruleNumbers[ruleEdge];
    }

    /// Returns where an edge through a rule leads.
    int ruleTarget(int ruleEdge) {
        return ruleTargets[ruleEdge];
    }

    /// Returns the class of a byte: no edge tells bytes of one class apart.
    int classOf(byte value) {
        return classes[value & 0xFF] & 0xFF;
    }

    /// Returns the number of classes, at most 256.
    int classes() {
        return samples.length;
    }

    /// Returns a byte of a class, from 0 to 255.
    int sample(int byteClass) {
        return samples[byteClass];
    }

    private int[] classify() {
        BitSet starting = new BitSet(257);
        starting.set(0);
        for (int label : byteLabels) {
            starting.set(Edges.firstByte(label));
            starting.set(Edges.lastByte(label) + 1);
        }
        starting.clear(256);
        int count = 0;
        for (int value = 0; value < 256; value++) {
            count += starting.get(value) ? 1 : 0;
            classes[value] = (byte) (count - 1);
        }
        return starting.stream().toArray();
    }

    /// Copies the edges of a node, whose targets count from the start of its rule.
    private static void spread(int[] edges, int[] labels, int[] targets, int from, int start) {
        for (int i = 0; i < edges.length; i += 2) {
            labels[from + i / 2] = edges[i];
            targets[from + i / 2] = start + edges[i + 1];
        }
    }
}
