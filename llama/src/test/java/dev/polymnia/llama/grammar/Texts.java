package dev.polymnia.llama.grammar;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Vocabularies and texts for the tests of this package.
final class Texts {
    private Texts() {}

    /// Returns the bytes of a text.
    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Returns a vocabulary of pieces, after which come one special token and one that ends the
    /// turn.
    static TokenTrie trie(List<byte[]> pieces) {
        return new TokenTrie(
                pieces.size() + 2,
                token -> token < pieces.size() ? pieces.get(token) : new byte[0],
                token -> token == pieces.size() + 1);
    }

    /// Returns a vocabulary of all bytes.
    static TokenTrie bytes() {
        List<byte[]> pieces = new ArrayList<>();
        for (int value = 0; value < 256; value++) {
            pieces.add(new byte[] {(byte) value});
        }
        return trie(pieces);
    }

    /// Returns whether a grammar takes a text as a whole.
    static boolean takes(Grammar grammar, String text) {
        Constrainer constrainer = new Constrainer(grammar, bytes());
        return constrainer.acceptText(utf8(text)) && constrainer.complete();
    }

    /// Returns whether a grammar takes a text as a beginning.
    static boolean takesBeginning(Grammar grammar, String text) {
        return new Constrainer(grammar, bytes()).acceptText(utf8(text));
    }
}
