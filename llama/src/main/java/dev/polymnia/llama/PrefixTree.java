package dev.polymnia.llama;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A radix tree of the tokens that the context's memory holds (Morrison 1968; for caches of
/// language models: RadixAttention, Zheng et al. 2024, section 3). The path from the root to a node
/// is a prefix; every [Strand] ends at the end of a node. Strands that pass a node share its cells,
/// so a token counts once however many strands hold it.
///
/// Two children may begin with the same token: what was computed twice lies in memory twice. The
/// tree is compressed: but for the root, a node has a strand or at least two children. Confined to
/// the engine thread.
final class PrefixTree {
    private final Node root = new Node(null, 0, new TokenList());
    private int size;

    /// A run of tokens behind those of its parent.
    static final class Node {
        private final List<Node> children = new ArrayList<>();
        private final List<Strand> strands = new ArrayList<>(1);
        private @Nullable Node parent;
        private int start;
        private TokenList tokens;

        private Node(@Nullable Node parent, int start, TokenList tokens) {
            this.parent = parent;
            this.start = start;
            this.tokens = tokens;
        }

        /// Returns the number of tokens of the prefix that ends here.
        int end() {
            return start + tokens.size();
        }

        /// Returns the strands that end here.
        List<Strand> strands() {
            return strands;
        }
    }

    /// A prefix that is in memory.
    ///
    /// @param node in which it ends
    /// @param length its tokens, counted from the root
    record Match(Node node, int length) {}

    /// Returns the number of tokens in memory.
    int size() {
        return size;
    }

    /// Returns where an empty prefix ends.
    Node root() {
        return root;
    }

    /// Returns the longest prefix of some tokens that is in memory; mostly in a node's middle.
    ///
    /// @param most the longest that is wanted
    Match longest(TokenList tokens, int most) {
        return longest(root, tokens, most);
    }

    private static Match longest(Node node, TokenList tokens, int most) {
        Match best = new Match(node, node.end());
        for (Node child : node.children) {
            int common = tokens.commonFrom(child.start, child.tokens, most);
            Match match =
                    common == child.tokens.size()
                            ? longest(child, tokens, most)
                            : new Match(child, child.start + common);
            best = common > 0 && match.length() > best.length() ? match : best;
        }
        return best;
    }

    /// Returns a strand that holds a prefix; one that runs, if there is one.
    ///
    /// @param match not empty, so that there is one
    Strand holder(Match match) {
        return all(match.node())
                .reduce((a, b) -> b.running() ? b : a)
                .orElseThrow(() -> new IllegalStateException("a prefix that nobody holds"));
    }

    private static Stream<Strand> all(Node node) {
        return Stream.concat(
                node.strands.stream(), node.children.stream().flatMap(PrefixTree::all));
    }

    /// Returns all strands.
    Stream<Strand> strands() {
        return all(root);
    }

    /// Returns the strands that hold a prefix.
    Stream<Strand> strandsAt(Match match) {
        return all(match.node());
    }

    /// Lets a new strand end where a prefix ends.
    void attach(Strand strand, Match match) {
        Node node = match.length() < match.node().end() ? split(match) : match.node();
        node.strands.add(strand);
        strand.moveTo(node);
    }

    /// Cuts a node in two, and returns the upper one. What ended or went on below stays there.
    private Node split(Match match) {
        Node lower = match.node();
        int length = match.length() - lower.start;
        Node parent = parentOf(lower);
        Node upper = new Node(parent, lower.start, lower.tokens.slice(0, length));
        lower.tokens = lower.tokens.slice(length, lower.tokens.size());
        lower.start = match.length();
        lower.parent = upper;
        upper.children.add(lower);
        parent.children.set(parent.children.indexOf(lower), upper);
        return upper;
    }

    /// Adds tokens to a strand.
    ///
    /// @param tokens all of the strand's tokens, of which those up to its length are in memory
    /// @param count how many more are in memory now
    void append(Strand strand, TokenList tokens, int count) {
        Node node = strand.node();
        if (node == root || node.strands.size() > 1 || !node.children.isEmpty()) {
            Node child = new Node(node, node.end(), new TokenList());
            node.children.add(child);
            node.strands.remove(strand);
            child.strands.add(strand);
            strand.moveTo(child);
            node = child;
        }
        int from = node.end();
        node.tokens.addAll(tokens, from, from + count);
        size += count;
    }

    /// Returns how many tokens at its end only this strand holds, up to where its node begins.
    int own(Strand strand) {
        Node node = strand.node();
        return node.children.isEmpty() && node.strands.size() == 1 ? node.tokens.size() : 0;
    }

    /// Returns whether other strands hold all that a strand holds.
    boolean redundant(Strand strand) {
        Node node = strand.node();
        return node == root || !node.children.isEmpty() || node.strands.size() > 1;
    }

    /// Drops tokens at the end of a strand.
    ///
    /// @param count at most what it [owns][#own]
    void shorten(Strand strand, int count) {
        Node node = strand.node();
        size -= count;
        if (count < node.tokens.size()) {
            node.tokens.truncate(node.tokens.size() - count);
            return;
        }
        Node parent = parentOf(node);
        parent.children.remove(node);
        parent.strands.add(strand);
        strand.moveTo(parent);
    }

    /// Takes a strand out, with all that only it holds.
    void detach(Strand strand) {
        Node node = strand.node();
        node.strands.remove(strand);
        while (node != root && node.strands.isEmpty() && node.children.isEmpty()) {
            size -= node.tokens.size();
            Node parent = parentOf(node);
            parent.children.remove(node);
            node = parent;
        }
        if (node != root && node.strands.isEmpty() && node.children.size() == 1) {
            mergeWithChild(node);
        }
        strand.moveTo(root);
    }

    private static void mergeWithChild(Node node) {
        Node child = node.children.getFirst();
        Node parent = parentOf(node);
        TokenList all = node.tokens.slice(0, node.tokens.size());
        all.addAll(child.tokens, 0, child.tokens.size());
        child.tokens = all;
        child.start = node.start;
        child.parent = parent;
        parent.children.set(parent.children.indexOf(node), child);
    }

    /// Returns how many tokens would be in memory if some strands left.
    ///
    /// @param stays which do not
    int sizeOf(Predicate<Strand> stays) {
        return Math.max(0, sizeOf(root, stays));
    }

    /// Returns the tokens of a node and below that stay; -1 if no strand there stays.
    private static int sizeOf(Node node, Predicate<Strand> stays) {
        int sum = 0;
        boolean any = node.strands.stream().anyMatch(stays);
        for (Node child : node.children) {
            int below = sizeOf(child, stays);
            any |= below >= 0;
            sum += Math.max(0, below);
        }
        return any ? sum + node.tokens.size() : -1;
    }

    private static Node parentOf(Node node) {
        Node parent = node.parent;
        if (parent == null) {
            throw new IllegalStateException("the root has no parent");
        }
        return parent;
    }
}
