package dev.polymnia.llama.text;

import dev.polymnia.core.Fault;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// The work space in which samplers look at one row of logits: the scores of all entries of the
/// vocabulary, in blocks whose maxima are known. What asks for high scores only skips the blocks
/// that have none; nothing ever sorts the vocabulary.
///
/// Confined to one thread. All samplers of that thread may share one, because a row is worked on
/// from its loading to the draw without a pause; that saves memory (about 5 MB for 151,936 entries
/// when all of them are candidates) and keeps it in the processor's cache.
public final class LogitRow {
    private static final int BLOCK = 512;

    private final int vocabulary;
    private final float[] scores;
    private final float[] maxima;
    private final double[] masses;
    private final float[] block = new float[BLOCK];
    private final Candidates candidates = new Candidates();
    private double ownMass = Double.NaN;

    /// Creates a work space.
    ///
    /// @param vocabulary entries of a row, at least 1
    public LogitRow(int vocabulary) {
        if (vocabulary < 1) {
            throw new IllegalArgumentException("a vocabulary of " + vocabulary + " entries");
        }
        this.vocabulary = vocabulary;
        int blocks = Math.ceilDiv(vocabulary, BLOCK);
        scores = new float[blocks * BLOCK];
        maxima = new float[blocks];
        masses = new double[blocks];
        // The end of the last block stays as impossible tokens, so that all blocks are alike.
        Arrays.fill(scores, vocabulary, scores.length, Float.NEGATIVE_INFINITY);
    }

    /// Returns the number of entries of a row.
    public int vocabulary() {
        return vocabulary;
    }

    /// Copies a row of logits to work on.
    ///
    /// @param logits 32-bit floats of the machine's byte order, one for each entry
    /// @throws Fault with `INTERNAL` if a score is NaN or positive infinity or all are negative
    ///   infinity
    public void load(MemorySegment logits) {
        MemorySegment.copy(logits, ValueLayout.JAVA_FLOAT_UNALIGNED, 0, scores, 0, vocabulary);
        ownMass = Double.NaN;
        for (int i = 0; i < maxima.length; i++) {
            maxima[i] = maximumOf(i);
        }
        float max = max();
        if (max == Float.NEGATIVE_INFINITY) {
            throw unusable("negative infinity for every token");
        }
        // Of the largest of numbers, NaN is the one that stays if there is one.
        if (!Float.isFinite(max)) {
            throw unusable(Float.toString(max) + " for token " + indexOfNotFinite());
        }
    }

    /// Returns the score of a token.
    float score(int token) {
        return scores[token];
    }

    /// Returns the probability of a token at temperature 1, in the row as it is.
    public double probability(int token) {
        return Math.exp(scores[token] - max()) / mass();
    }

    /// Makes a token impossible.
    void forbid(int token) {
        ownMass = Double.NaN;
        scores[token] = Float.NEGATIVE_INFINITY;
        maxima[token / BLOCK] = maximumOf(token / BLOCK);
    }

    /// Makes all tokens impossible but some.
    ///
    /// @param allowed a bit for each token
    void keepOnly(long[] allowed) {
        ownMass = Double.NaN;
        for (int token = 0; token < vocabulary; token++) {
            if ((allowed[token >> 6] >>> token & 1) == 0) {
                scores[token] = Float.NEGATIVE_INFINITY;
            }
        }
        for (int i = 0; i < maxima.length; i++) {
            maxima[i] = maximumOf(i);
        }
    }

    /// Returns whether any token is possible.
    boolean hasPossible() {
        return max() != Float.NEGATIVE_INFINITY;
    }

    /// Gives a token another score.
    ///
    /// @param token its number
    /// @param score finite
    void set(int token, float score) {
        ownMass = Double.NaN;
        scores[token] = score;
        maxima[token / BLOCK] = maximumOf(token / BLOCK);
    }

    /// Returns the highest score.
    float max() {
        float max = maxima[0];
        for (float maximum : maxima) {
            max = Math.max(max, maximum);
        }
        return max;
    }

    /// Returns the token of the highest score, of several the one with the lowest number.
    int argMax() {
        float max = max();
        int index = 0;
        while (maxima[index] != max) {
            index++;
        }
        int token = index * BLOCK;
        while (scores[token] != max) {
            token++;
        }
        return token;
    }

    /// Returns the number of blocks.
    int blocks() {
        return maxima.length;
    }

    /// Returns a score that at least so many tokens reach, not far below the score of the last of
    /// them: the maximum of the block that holds the n-th highest of all maxima.
    ///
    /// @param tokens how many, from 1 to [#blocks]
    float reachedBy(int tokens) {
        float[] ordered = maxima.clone();
        Arrays.sort(ordered);
        return ordered[ordered.length - tokens];
    }

    /// Returns the candidates, which are the tokens with at least a score, in the order of their
    /// numbers. There is one list of candidates: the former is overwritten.
    ///
    /// @param lowest the score; negative infinity takes all tokens but the impossible ones, whose
    ///   score is negative infinity
    Candidates candidates(float lowest) {
        float from = Math.max(lowest, -Float.MAX_VALUE);
        candidates.clear();
        for (int i = 0; i < maxima.length; i++) {
            if (maxima[i] >= from) {
                candidates.addFrom(scores, i * BLOCK, (i + 1) * BLOCK, from);
            }
        }
        return candidates;
    }

    /// Returns the sum of `exp(score - max)` over all tokens, max being the highest score; computed
    /// once for a row that stays as it is.
    double mass() {
        if (Double.isNaN(ownMass)) {
            ownMass = weigh(max(), 1);
        }
        return ownMass;
    }

    /// Draws from all tokens, each with the probability of its share of the sum of `exp((score -
    /// max) * scale)`.
    ///
    /// @param unit 0 to below 1: the draw
    /// @param scale the inverse of the temperature
    int draw(double unit, float scale) {
        float max = max();
        double rest = unit * weigh(max, scale);
        int index = 0;
        while (index < masses.length - 1 && rest >= masses[index]) {
            rest -= masses[index];
            index++;
        }
        weighBlock(index, max, scale);
        for (int i = 0; i < BLOCK; i++) {
            rest -= block[i];
            if (rest < 0 && scores[index * BLOCK + i] != Float.NEGATIVE_INFINITY) {
                return index * BLOCK + i;
            }
        }
        // Only rounding or impossible tokens lead here, less than once in a million draws.
        return argMax();
    }

    private double weigh(float max, float scale) {
        double total = 0;
        for (int i = 0; i < masses.length; i++) {
            weighBlock(i, max, scale);
            masses[i] = Exponentials.sum(block, BLOCK);
            total += masses[i];
        }
        return total;
    }

    private void weighBlock(int index, float max, float scale) {
        System.arraycopy(scores, index * BLOCK, block, 0, BLOCK);
        Exponentials.replace(block, BLOCK, max, scale);
    }

    private float maximumOf(int index) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = index * BLOCK; i < (index + 1) * BLOCK; i++) {
            max = Math.max(max, scores[i]);
        }
        return max;
    }

    private int indexOfNotFinite() {
        int token = 0;
        while (!Float.isNaN(scores[token]) && scores[token] != Float.POSITIVE_INFINITY) {
            token++;
        }
        return token;
    }

    private static Fault unusable(String what) {
        return new Fault(
                Fault.Code.INTERNAL,
                "The model computed scores that nothing can be drawn from: "
                        + what
                        + ". Check the digest of the model file and try another device or build"
                        + " of llama.cpp.");
    }
}
