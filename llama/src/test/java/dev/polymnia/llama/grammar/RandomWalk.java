package dev.polymnia.llama.grammar;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/// Writes a text by taking random tokens that a grammar allows, as a model without sense would;
/// after a while it takes those that bring JSON to its end.
final class RandomWalk {
    private static final int FREE = 60;
    private static final int MOST = 1_500;
    private static final List<byte[]> PIECES = new ArrayList<>();

    // What leads to an end, the best first: a text is closed before anything around it.
    private static final List<Integer> CLOSING = new ArrayList<>();

    static {
        for (int value = 0; value < 256; value++) {
            PIECES.add(new byte[] {(byte) value});
        }
        Stream.of(
                        "{\"",
                        "\":",
                        "\": \"",
                        "\", \"",
                        "\",\"",
                        "\"}",
                        "\"]",
                        "}}",
                        "{}",
                        "[]",
                        "[{\"",
                        "true",
                        "false",
                        "null",
                        ": ",
                        ", ",
                        "\": {\"",
                        "00",
                        "12",
                        "2024",
                        "1.5",
                        "-1",
                        "name",
                        "value",
                        "kind",
                        "é",
                        "😀",
                        "中文",
                        "\\n",
                        "\\u00",
                        "\\ud83d",
                        "hello world",
                        "a\"",
                        " \"",
                        "\n  ",
                        "\n    \"",
                        "-",
                        "://",
                        "@example",
                        ".com",
                        "3.14",
                        "e-5",
                        "next",
                        "\"next\"",
                        "op",
                        "children",
                        "\"children\": [",
                        "T12:",
                        "P1",
                        "::",
                        "ab")
                .map(Texts::utf8)
                .forEach(PIECES::add);
        PIECES.add(new byte[] {(byte) 0xF0, (byte) 0x9F});
        PIECES.add(new byte[] {(byte) 0x98, (byte) 0x80, '"'});
        "\"}]0123456789ntfaAzZ-.:PT+@,{[\\".chars().forEach(CLOSING::add);
    }

    private final TokenTrie trie = Texts.trie(PIECES);
    private final SplittableRandom random;

    RandomWalk(long seed) {
        random = new SplittableRandom(seed);
    }

    /// Returns the vocabulary.
    TokenTrie trie() {
        return trie;
    }

    /// Writes a text; empty if no end was found in time, as in a tree that branches again and
    /// again.
    ///
    /// @param start before the first token
    /// @throws AssertionError if nothing is allowed
    Optional<String> write(Constrainer start) {
        Constrainer constrainer = start.fork();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        int free = random.nextInt(FREE);
        for (int step = 0; step < MOST; step++) {
            List<Integer> allowed = allowed(constrainer);
            if (allowed.isEmpty()) {
                throw new AssertionError(
                        "nothing follows " + text.toString(StandardCharsets.UTF_8));
            }
            int token = step < free ? pick(allowed) : closing(constrainer, allowed);
            if (trie.ends(token)) {
                return Optional.of(text.toString(StandardCharsets.UTF_8));
            }
            text.writeBytes(PIECES.get(token));
            constrainer.accept(token);
        }
        return Optional.empty();
    }

    private int pick(List<Integer> allowed) {
        // Texts are full of choices; the interesting ones are between few tokens or long ones.
        List<Integer> longer = allowed.stream().filter(each -> each >= 256).toList();
        List<Integer> from = longer.isEmpty() || random.nextInt(3) == 0 ? allowed : longer;
        return from.get(random.nextInt(from.size()));
    }

    private int closing(Constrainer constrainer, List<Integer> allowed) {
        int last = allowed.getLast();
        if (trie.ends(last)) {
            return last;
        }
        // What does not change the state leads nowhere; a state that allows the same may be the
        // same.
        for (int each : CLOSING) {
            if (allowed.contains(each) && random.nextInt(4) > 0) {
                Constrainer next = constrainer.fork();
                next.accept(each);
                if (!Arrays.equals(next.allowed(), constrainer.allowed())) {
                    return each;
                }
            }
        }
        return allowed.get(random.nextInt(allowed.size()));
    }

    private List<Integer> allowed(Constrainer constrainer) {
        long[] set = constrainer.allowed();
        List<Integer> tokens = new ArrayList<>();
        for (int token = 0; token < trie.size(); token++) {
            if ((set[token / Long.SIZE] >>> token & 1) != 0) {
                tokens.add(token);
            }
        }
        return tokens;
    }
}
