package dev.polymnia.llama;

/// What the engine needs of a vocabulary. Thread-safe.
interface Lexicon {
    /// Returns the number of tokens.
    int size();

    /// Returns the bytes that a token stands for; none for special tokens. Not to be changed.
    byte[] piece(int token);

    /// Returns whether a token ends the assistant's turn.
    boolean ends(int token);
}
