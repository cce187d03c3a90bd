package dev.polymnia.llama.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class TokenTrieTest {
    @Test
    void tokens_are_found_whatever_their_bytes_are() {
        List<byte[]> pieces = new ArrayList<>();
        pieces.add(new byte[] {0});
        pieces.add(new byte[] {0, 0});
        pieces.add(new byte[] {'a', 0, 0, 0, 0});
        pieces.add(new byte[] {'a'});
        pieces.add(new byte[] {'a', 0});
        pieces.add(new byte[] {'a', 0, 0, 0, 0, 0, 'b'});
        pieces.add(new byte[] {(byte) 0xC2, (byte) 0x80});
        pieces.add(new byte[] {'a', 0, 0, 0, 0, 0, 'a'});
        TokenTrie trie = Texts.trie(pieces);
        Constrainer constrainer =
                new Constrainer(Grammar.parse("root ::= [a\\x00\\x80]* [ab]"), trie);

        BitSet allowed = BitSet.valueOf(constrainer.allowed());

        assertThat(allowed.stream()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void a_vocabulary_of_151_936_tokens_gives_the_same_as_asking_for_each() {
        SplittableRandom random = new SplittableRandom(1);
        List<byte[]> pieces = new ArrayList<>();
        for (int i = 0; i < 151_934; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? " " : "");
            int length = 1 + random.nextInt(9);
            for (int j = 0; j < length; j++) {
                text.append((char) ('a' + Math.min(random.nextInt(26), random.nextInt(26))));
            }
            pieces.add(Texts.utf8(random.nextInt(20) == 0 ? text + "\": \"" : text.toString()));
        }
        TokenTrie trie = Texts.trie(pieces);
        Constrainer constrainer =
                new Constrainer(Grammar.parse("root ::= \"\\\"\" [a-m ]{2,9} \"\\\"\""), trie);
        constrainer.acceptText(Texts.utf8("\"a"));

        BitSet allowed = BitSet.valueOf(constrainer.allowed());

        assertThat(trie.size()).isEqualTo(151_936);
        assertThat(allowed.cardinality()).isGreaterThan(1_000);
        for (int token = 0; token < trie.size(); token++) {
            assertThat(allowed.get(token)).isEqualTo(constrainer.allows(token));
        }
    }

    @Test
    void an_empty_vocabulary_and_one_that_is_too_large_are_told_apart() {
        TokenTrie none = new TokenTrie(0, _ -> new byte[0], _ -> false);

        assertThat(new Constrainer(Grammar.parse("root ::= \"a\""), none).allowed()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TokenTrie(1 << 24, _ -> new byte[0], _ -> false))
                .withMessage("a vocabulary of 16777216 tokens");
    }
}
