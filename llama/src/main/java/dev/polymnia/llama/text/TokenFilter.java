package dev.polymnia.llama.text;

/// Which tokens may come next.
public interface TokenFilter {
    /// All tokens.
    TokenFilter ALL =
            new TokenFilter() {
                @Override
                public boolean allows(int token) {
                    return true;
                }

                @Override
                public long[] allowed() {
                    throw new IllegalStateException("all tokens are allowed");
                }
            };

    /// Returns whether a token may come next.
    boolean allows(int token);

    /// Returns all tokens that may come next, a bit for each; not to be changed.
    long[] allowed();
}
