package dev.polymnia.core.run;

/// Where the randomness of agents comes from.
public final class Seeds {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private Seeds() {}

    /// Returns the seed of one agent: the `index + 1`-th output of the SplitMix64 generator that
    /// starts at the run's seed (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number
    /// Generators", OOPSLA 2014, figure 17, with the variant 13 finaliser). It depends on nothing
    /// else, so the first four of eight agents are the same as four alone.
    ///
    /// @param run the seed of the run
    /// @param index the agent's number, 0 or more
    public static long ofAgent(long run, int index) {
        if (index < 0) {
            throw new IllegalArgumentException("agent " + index + "; agents are counted from 0");
        }
        long z = run + (index + 1L) * GOLDEN_GAMMA;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
