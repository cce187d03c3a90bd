package dev.polymnia.llama.text;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// The tokens that are left to be drawn from, in the order of their numbers, with their scores.
/// They are cut by count and by mass without being sorted. Confined to the thread of its
/// [LogitRow].
final class Candidates {
    private int size;
    private int[] tokens = new int[1024];
    private float[] scores = new float[1024];
    private float[] weights = {};
    private long[] keys = {};

    Candidates() {}

    void clear() {
        size = 0;
    }

    /// Returns how many tokens are left.
    int size() {
        return size;
    }

    /// Adds the tokens of a range that have at least a score.
    ///
    /// @param all the scores of all tokens
    /// @param begin the first token of the range
    /// @param end the token after the last
    /// @param lowest above negative infinity
    void addFrom(float[] all, int begin, int end, float lowest) {
        ensureCapacity(size + end - begin);
        for (int token = begin; token < end; token++) {
            if (all[token] >= lowest) {
                tokens[size] = token;
                scores[size] = all[token];
                size++;
            }
        }
    }

    /// Gives each candidate the weight `exp((score - max) * scale)`.
    ///
    /// @return the sum of the weights
    double weigh(float max, float scale) {
        ensureWeights();
        System.arraycopy(scores, 0, weights, 0, size);
        Exponentials.replace(weights, size, max, scale);
        double total = 0;
        for (int i = 0; i < size; i++) {
            total += weights[i];
        }
        return total;
    }

    /// Keeps the candidates with the highest scores, of equal ones those with the lowest numbers.
    ///
    /// @param count how many, at least 1; all if there are fewer
    void keepCount(int count) {
        if (size <= count) {
            return;
        }
        ensureWeights();
        Arrays.fill(weights, 0, size, 1);
        keepUntil(count);
    }

    /// Keeps the smallest set of candidates with the highest scores whose [weights][#weigh] reach a
    /// sum.
    ///
    /// @param mass the sum; all candidates are kept if they do not reach it
    void keepMass(double mass) {
        keepUntil(mass);
    }

    /// Keeps the candidates with at least a score.
    void keepFrom(float lowest) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (scores[i] >= lowest) {
                tokens[kept] = tokens[i];
                scores[kept] = scores[i];
                kept++;
            }
        }
        size = kept;
    }

    /// Returns the tokens, that with the highest score first, of equal ones that with the lowest
    /// number. Meant for few.
    List<Integer> ordered() {
        return IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]))
                .map(i -> tokens[i])
                .toList();
    }

    /// Returns the mean score; of no candidates, NaN.
    double meanScore() {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += scores[i];
        }
        return sum / size;
    }

    /// Draws a candidate with the probability of its share of the [weights][#weigh].
    ///
    /// @param unit 0 to below 1: the draw
    /// @param total the sum of the weights
    int draw(double unit, double total) {
        double rest = unit * total;
        for (int i = 0; i < size - 1; i++) {
            rest -= weights[i];
            if (rest < 0) {
                return tokens[i];
            }
        }
        return tokens[size - 1];
    }

    private void keepUntil(double sum) {
        long last = lastUntil(sum);
        int position = positionOf(last);
        float score = scores[position];
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (scores[i] > score || (scores[i] == score && i <= position)) {
                tokens[kept] = tokens[i];
                scores[kept] = scores[i];
                kept++;
            }
        }
        size = kept;
    }

    /// Returns the key of the candidate at which the weights, added up from the highest score down,
    /// reach a sum. This is quickselect with weights instead of ranks ("weighted selection"; Cormen
    /// et al., Introduction to Algorithms, 3rd edition, problem 9-2): linear time, where sorting
    /// would cost some milliseconds for a flat distribution.
    private long lastUntil(double sum) {
        if (keys.length < size) {
            keys = new long[scores.length];
        }
        for (int i = 0; i < size; i++) {
            keys[i] = key(scores[i], i);
        }
        double missing = sum;
        int low = 0;
        int high = size - 1;
        while (low < high) {
            int middle = partition(low, high);
            double upper = weightsOf(low, middle);
            if (upper >= missing) {
                high = middle;
            } else {
                missing -= upper;
                low = middle + 1;
            }
        }
        return keys[low];
    }

    /// Moves the larger keys of a range to its beginning (Hoare's partition with the median of
    /// three as pivot).
    ///
    /// @return the last place of the larger part, below `high`
    private int partition(int low, int high) {
        long pivot = median(keys[low], keys[(low + high) >>> 1], keys[high]);
        int left = low;
        int right = high;
        while (true) {
            while (keys[left] > pivot) {
                left++;
            }
            while (keys[right] < pivot) {
                right--;
            }
            if (left >= right) {
                // The right pointer stands on the pivot or on the last of the larger ones.
                return Math.min(right, high - 1);
            }
            long swapped = keys[left];
            keys[left] = keys[right];
            keys[right] = swapped;
            left++;
            right--;
        }
    }

    private double weightsOf(int low, int high) {
        double sum = 0;
        for (int i = low; i <= high; i++) {
            sum += weights[positionOf(keys[i])];
        }
        return sum;
    }

    /// Returns a number that is larger for a higher score and, for equal scores, for a lower
    /// position. All keys differ.
    private static long key(float score, int position) {
        // Adding 0 turns -0 into 0; then the bits of a float, the lower ones of a negative one
        // turned over, are ordered as the float is.
        int bits = Float.floatToRawIntBits(score + 0f);
        int ordered = bits ^ ((bits >> 31) & 0x7FFF_FFFF);
        return ((long) ordered << 32) | (~position & 0xFFFF_FFFFL);
    }

    private static int positionOf(long key) {
        return ~(int) key;
    }

    private static long median(long a, long b, long c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    private void ensureCapacity(int capacity) {
        if (capacity > tokens.length) {
            int grown = Math.max(capacity, 2 * tokens.length);
            tokens = Arrays.copyOf(tokens, grown);
            scores = Arrays.copyOf(scores, grown);
        }
    }

    private void ensureWeights() {
        if (weights.length < size) {
            weights = new float[scores.length];
        }
    }
}
