package dev.polymnia.models.template;

/// How much a template may ask for. A template comes from a file of a stranger, so everything it
/// can multiply has a bound; whoever exceeds one gets a [dev.polymnia.core.Fault] of the kind
/// `CORRUPT`.
///
/// @param sourceLength the longest template, in UTF-16 units
/// @param nesting how deeply blocks and brackets of a template may nest, at most 150
/// @param depth how deeply evaluation may nest, macros that call each other included, at most 500
/// @param steps how many expressions, statements and elements of lists one rendering may touch, at
///   most 2^30
/// @param textLength how much text one rendering may build on its way, in UTF-16 units, at most
///   2^30
/// @param outputLength the longest rendered prompt, in UTF-16 units
public record Limits(
        int sourceLength, int nesting, int depth, long steps, long textLength, int outputLength) {
    /// Enough for every published template and for prompts of some millions of tokens.
    public static final Limits DEFAULT =
            new Limits(1 << 20, 100, 400, 20_000_000L, 1L << 26, 1 << 24);

    private static final long MOST = 1L << 30;
    private static final int MOST_NESTING = 150;
    private static final int MOST_DEPTH = 500;

    /// Checks that all limits are positive and that the Java stack can hold the two depths.
    public Limits {
        if (sourceLength < 1 || steps < 1 || textLength < 1 || outputLength < 1) {
            throw new IllegalArgumentException("A limit is not positive.");
        }
        if (steps > MOST || textLength > MOST) {
            // Whatever these two allow must fit into one Java array.
            throw new IllegalArgumentException("A limit is out of range.");
        }
        if (nesting < 1 || nesting > MOST_NESTING || depth < 1 || depth > MOST_DEPTH) {
            throw new IllegalArgumentException("A depth is out of range.");
        }
    }
}
