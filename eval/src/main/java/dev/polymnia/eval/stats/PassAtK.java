package dev.polymnia.eval.stats;

/// How likely it is that at least one of k programs is right, estimated without bias from n
/// programs of which c are right: 1 - (n - c choose k) / (n choose k) (Chen et al. 2021,
/// "Evaluating Large Language Models Trained on Code", arXiv 2107.03374, equation 1).
public final class PassAtK {
    private PassAtK() {}

    /// Returns the estimate of one question, as the product that the paper gives in section 2.1, in
    /// which nothing gets too large.
    ///
    /// @param n how many programs there are, at least k
    /// @param c how many of them are right, 0 to n
    /// @param k how many may be tried, at least 1
    /// @return 0 to 1
    public static double estimate(int n, int c, int k) {
        if (k < 1 || n < k || c < 0 || c > n) {
            throw new IllegalArgumentException(
                    "pass@" + k + " of " + n + " programs, " + c + " right");
        }
        if (n - c < k) {
            return 1;
        }
        double none = 1;
        for (int i = n - c + 1; i <= n; i++) {
            none *= 1 - (double) k / i;
        }
        return 1 - none;
    }
}
