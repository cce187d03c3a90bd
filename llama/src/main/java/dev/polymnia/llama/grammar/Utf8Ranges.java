package dev.polymnia.llama.grammar;

import java.util.HashMap;
import java.util.Map;

/// Writes a set of code points into a graph, as the sequences of bytes that UTF-8 encodes them in.
///
/// A range of code points is cut where the length of the encoding changes and where the bytes after
/// the first do not go through all of their values; each piece is then one range per byte (the
/// method of Thompson's grep, described by Russ Cox in "Regular Expression Matching in the Wild").
/// Equal ends of sequences are shared.
final class Utf8Ranges {
    private static final int[] LAST_OF_LENGTH = {0x7F, 0x7FF, 0xFFFF, CodePoints.LAST};

    private final Edges edges;
    private final int from;
    private final int to;
    private final Map<Long, Integer> shared = new HashMap<>();

    private Utf8Ranges(Edges edges, int from, int to) {
        this.edges = edges;
        this.from = from;
        this.to = to;
    }

    /// Adds the ways from one node to another.
    static void add(Edges edges, int from, CodePoints set, int to) {
        Utf8Ranges ranges = new Utf8Ranges(edges, from, to);
        set.forEach(ranges::addRange);
    }

    private void addRange(int first, int last) {
        int start = first;
        for (int i = 0; i < LAST_OF_LENGTH.length && start <= last; i++) {
            if (start <= LAST_OF_LENGTH[i]) {
                int end = Math.min(last, LAST_OF_LENGTH[i]);
                split(start, end, i);
                start = end + 1;
            }
        }
    }

    /// Cuts a range of one length of encoding.
    private void split(int first, int last, int following) {
        for (int i = 1; i <= following; i++) {
            int low = (1 << (6 * i)) - 1;
            if ((first & ~low) == (last & ~low)) {
                continue;
            }
            if ((first & low) != 0) {
                split(first, first | low, following);
                split((first | low) + 1, last, following);
                return;
            }
            if ((last & low) != low) {
                split(first, (last & ~low) - 1, following);
                split(last & ~low, last, following);
                return;
            }
        }
        connect(first, last, following);
    }

    private void connect(int first, int last, int following) {
        int next = to;
        for (int i = 0; i < following; i++) {
            int low = 0x80 | ((first >>> (6 * i)) & 0x3F);
            int high = 0x80 | ((last >>> (6 * i)) & 0x3F);
            next = before(Edges.bytes(low, high), next);
        }
        int mark = following == 0 ? 0 : 0xFF & ~(0x7F >> following);
        int low = mark | (first >>> (6 * following));
        int high = mark | (last >>> (6 * following));
        edges.add(from, Edges.bytes(low, high), next);
    }

    private int before(int label, int next) {
        return shared.computeIfAbsent(
                (long) label << 32 | next,
                _ -> {
                    int node = edges.addNode();
                    edges.add(node, label, next);
                    return node;
                });
    }
}
