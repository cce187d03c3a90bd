package dev.polymnia.llama;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PrefixTreeTest {
    private final PrefixTree tree = new PrefixTree();

    /// A strand and the tokens it is known to hold.
    private record Held(Strand strand, TokenList tokens) {}

    private Held fork(int... tokens) {
        TokenList all = new TokenList(tokens);
        Strand strand = new Strand(0, tree.root());
        tree.attach(strand, tree.longest(all, all.size()));
        tree.append(strand, all, all.size() - strand.length());
        return new Held(strand, all);
    }

    @Test
    void what_strands_share_counts_once() {
        fork(1, 2, 3, 4);
        fork(1, 2, 3, 5, 6);
        fork(1, 2);

        assertThat(tree.size()).isEqualTo(6);
        assertThat(tree.longest(new TokenList(new int[] {1, 2, 3, 5, 9}), 5).length()).isEqualTo(4);
        assertThat(tree.longest(new TokenList(new int[] {1, 2, 3, 5, 9}), 3).length()).isEqualTo(3);
        assertThat(tree.longest(new TokenList(new int[] {7}), 1).length()).isZero();
    }

    @Test
    void a_prefix_goes_with_the_last_strand_that_holds_it() {
        Held one = fork(1, 2, 3, 4);
        Held two = fork(1, 2, 3, 5);

        assertThat(tree.own(two.strand())).isEqualTo(1);
        tree.detach(two.strand());
        assertThat(tree.size()).isEqualTo(4);
        assertThat(tree.own(one.strand())).isEqualTo(4);
        tree.shorten(one.strand(), 2);
        assertThat(tree.size()).isEqualTo(2);
        tree.detach(one.strand());
        assertThat(tree.size()).isZero();
    }

    @Test
    void a_strand_that_others_continue_is_redundant() {
        Held trunk = fork(1, 2, 3);
        assertThat(tree.redundant(trunk.strand())).isFalse();

        Held branch = fork(1, 2, 3, 4);

        assertThat(tree.redundant(trunk.strand())).isTrue();
        assertThat(tree.redundant(branch.strand())).isFalse();
        assertThat(tree.sizeOf(strand -> strand == trunk.strand())).isEqualTo(3);
    }

    /// Whatever is done, each strand's path is its tokens, and the longest prefix is that of the
    /// strand that has most in common.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void it_holds_what_its_strands_hold(long seed) {
        Random random = new Random(seed);
        List<Held> all = new ArrayList<>();
        for (int i = 0; i < 4000; i++) {
            switch (random.nextInt(6)) {
                case 0, 1 -> all.add(fork(tokens(random)));
                case 2 -> append(random, all);
                case 3 -> shorten(random, all);
                case 4 -> begin(random, all);
                default -> {
                    if (!all.isEmpty() && random.nextInt(3) == 0) {
                        tree.detach(all.remove(random.nextInt(all.size())).strand());
                    }
                }
            }
            while (all.size() > 30) {
                tree.detach(all.removeFirst().strand());
            }
            check(random, all);
        }
        all.forEach(held -> tree.detach(held.strand()));
        assertThat(tree.size()).isZero();
        assertThat(tree.strands()).isEmpty();
    }

    /// Begins a strand in the middle of another, and goes on as that one does: computed twice.
    private void begin(Random random, List<Held> all) {
        TokenList tokens = new TokenList(tokens(random));
        Strand strand = new Strand(0, tree.root());
        tree.attach(strand, tree.longest(tokens, random.nextInt(tokens.size() + 1)));
        tree.append(strand, tokens, tokens.size() - strand.length());
        all.add(new Held(strand, tokens));
    }

    private void append(Random random, List<Held> all) {
        if (all.isEmpty()) {
            return;
        }
        Held held = all.get(random.nextInt(all.size()));
        int more = random.nextInt(4);
        for (int i = 0; i < more; i++) {
            held.tokens().add(random.nextInt(3));
        }
        tree.append(held.strand(), held.tokens(), more);
    }

    private void shorten(Random random, List<Held> all) {
        if (all.isEmpty()) {
            return;
        }
        Held held = all.get(random.nextInt(all.size()));
        int own = tree.own(held.strand());
        if (own > 0) {
            tree.shorten(held.strand(), 1 + random.nextInt(own));
            held.tokens().truncate(held.strand().length());
        }
    }

    private void check(Random random, List<Held> all) {
        int longest = 0;
        TokenList wanted = new TokenList(tokens(random));
        for (Held held : all) {
            assertThat(held.strand().length()).isEqualTo(held.tokens().size());
            assertThat(tree.longest(held.tokens(), held.tokens().size()).length())
                    .isEqualTo(held.tokens().size());
            longest = Math.max(longest, wanted.commonPrefix(held.tokens()));
        }
        PrefixTree.Match match = tree.longest(wanted, wanted.size());
        assertThat(match.length()).isEqualTo(longest);
        if (longest > 0) {
            Strand holder = tree.holder(match);
            TokenList tokens =
                    all.stream()
                            .filter(held -> held.strand() == holder)
                            .findFirst()
                            .orElseThrow()
                            .tokens();
            assertThat(tokens.commonPrefix(wanted)).isEqualTo(longest);
        }
        int most = all.stream().mapToInt(held -> held.tokens().size()).sum();
        assertThat(tree.size()).isBetween(longest, most);
        assertThat(tree.sizeOf(strand -> true)).isEqualTo(tree.size());
        assertThat(tree.sizeOf(strand -> false)).isZero();
    }

    private static int[] tokens(Random random) {
        return random.ints(1 + random.nextInt(12), 0, 3).toArray();
    }
}
