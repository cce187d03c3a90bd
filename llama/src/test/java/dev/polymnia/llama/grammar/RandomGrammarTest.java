package dev.polymnia.llama.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Fault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class RandomGrammarTest {
    private static final int GRAMMARS = 800;

    @Test
    void agrees_with_the_reference_about_texts_and_their_beginnings() {
        int taken = 0;
        int begun = 0;
        int ambiguous = 0;
        for (int seed = 0; seed < GRAMMARS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            RandomGrammar made = RandomGrammar.of(random);
            Constrainer start = new Constrainer(Grammar.parse(made.gbnf()), Texts.bytes());
            for (int i = 0; i < 40; i++) {
                String text = RandomGrammar.text(random);
                ReferenceRecogniser reference = new ReferenceRecogniser(made.rules(), text);
                Constrainer constrainer = start.fork();
                boolean begins;
                try {
                    begins = constrainer.acceptText(Texts.utf8(text));
                } catch (Fault fault) {
                    assertThat(fault).hasMessageContaining("too ambiguous");
                    ambiguous++;
                    continue;
                }

                assertThat(begins && constrainer.complete())
                        .as("seed %d: %s takes %s", seed, made.gbnf(), text)
                        .isEqualTo(reference.takes());
                assertThat(begins)
                        .as("seed %d: %s begins with %s", seed, made.gbnf(), text)
                        .isEqualTo(reference.takesBeginning());
                taken += reference.takes() ? 1 : 0;
                begun += begins ? 1 : 0;
            }
        }
        // Otherwise the texts would say nothing.
        assertThat(ambiguous).isLessThan(GRAMMARS / 100);
        assertThat(taken).isGreaterThan(GRAMMARS);
        assertThat(begun).isGreaterThan(taken);
    }

    @Test
    void every_beginning_of_a_taken_text_is_taken_even_inside_a_code_point() {
        for (int seed = 0; seed < GRAMMARS / 4; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Constrainer start =
                    new Constrainer(Grammar.parse(RandomGrammar.of(random).gbnf()), Texts.bytes());
            for (int i = 0; i < 20; i++) {
                byte[] text = Texts.utf8(RandomGrammar.text(random));
                boolean whole = start.fork().acceptText(text);
                for (int length = 0; whole && length < text.length; length++) {
                    assertThat(start.fork().acceptText(Arrays.copyOf(text, length))).isTrue();
                }
            }
        }
    }

    @Test
    void the_set_of_allowed_tokens_holds_exactly_those_that_are_allowed_alone() {
        int allowed = 0;
        for (int seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            TokenTrie trie = randomTrie(random);
            Constrainer constrainer =
                    new Constrainer(Grammar.parse(RandomGrammar.of(random).gbnf()), trie);
            for (int step = 0; step < 6; step++) {
                List<Integer> next = new ArrayList<>();
                long[] set = constrainer.allowed();
                for (int token = 0; token < trie.size(); token++) {
                    boolean alone = constrainer.allows(token);
                    assertThat((set[token / 64] >>> token & 1) != 0)
                            .as("seed %d, step %d, token %d", seed, step, token)
                            .isEqualTo(alone);
                    if (alone && !trie.ends(token)) {
                        next.add(token);
                    }
                }
                allowed += next.size();
                if (next.isEmpty()) {
                    break;
                }
                constrainer.accept(next.get(random.nextInt(next.size())));
            }
        }
        assertThat(allowed).isGreaterThan(1_000);
    }

    private static TokenTrie randomTrie(SplittableRandom random) {
        List<byte[]> pieces = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            byte[] text = Texts.utf8(RandomGrammar.text(random));
            int from = random.nextInt(text.length + 1);
            int to = from + random.nextInt(text.length - from + 1);
            pieces.add(
                    random.nextInt(10) == 0
                            ? new byte[] {(byte) random.nextInt(), (byte) random.nextInt()}
                            : Arrays.copyOfRange(text, from, to));
        }
        return Texts.trie(pieces);
    }
}
