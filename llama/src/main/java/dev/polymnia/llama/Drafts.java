package dev.polymnia.llama;

/// Guesses of what a branch says next, looked up in what it has read and said: the tokens that
/// followed the latest earlier place with the same last tokens (prompt lookup decoding, Saxena
/// 2023; drafts are verified as in speculative decoding, Leviathan et al. 2023, so the words are
/// those that would have come without them). Confined to the engine thread.
final class Drafts {
    /// The most guesses at once.
    static final int MOST = 7;

    private static final int LONGEST_NGRAM = 4;
    private static final int SHORTEST_NGRAM = 2;
    private static final int SEARCHED = 4096;
    private static final double MEMORY = 0.9;

    private double acceptance = 0.5;

    /// Returns how probable it is that a guess is right, from what became of the latest ones.
    double acceptance() {
        return acceptance;
    }

    /// Learns what became of guesses.
    ///
    /// @param guessed how many there were, at least 1
    /// @param right how many of the first ones were right
    void learn(int guessed, int right) {
        for (int i = 0; i < Math.min(guessed, right + 1); i++) {
            acceptance = MEMORY * acceptance + (i < right ? 1 - MEMORY : 0);
        }
    }

    /// Returns where guesses stand in some tokens.
    ///
    /// @return the place of the first guess; -1 if there is none
    static int find(TokenList tokens) {
        int size = tokens.size();
        int oldest = Math.max(0, size - SEARCHED);
        for (int length = LONGEST_NGRAM; length >= SHORTEST_NGRAM; length--) {
            for (int start = size - length - 1; start >= oldest; start--) {
                if (same(tokens, start, size - length, length)) {
                    return start + length;
                }
            }
        }
        return -1;
    }

    private static boolean same(TokenList tokens, int a, int b, int length) {
        for (int i = 0; i < length; i++) {
            if (tokens.get(a + i) != tokens.get(b + i)) {
                return false;
            }
        }
        return true;
    }
}
