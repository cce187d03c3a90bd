package dev.polymnia.llama.text;

/// The SplitMix64 generator (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number
/// Generators", OOPSLA 2014, figure 17, with the variant 13 finaliser). Written out here because
/// the words of a seed must never change: the generators of the JDK promise the algorithm, but not
/// how a seed becomes a state. Not thread-safe.
final class SplitMix {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    SplitMix(long seed) {
        state = seed;
    }

    /// Returns the next number, 0 to below 1, of 53 random bits.
    double next() {
        return (nextLong() >>> 11) * 0x1p-53;
    }

    long nextLong() {
        state += GOLDEN_GAMMA;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
