package dev.polymnia.llama.text;

/// A fast exponential function over arrays of floats, written so that the just-in-time compiler
/// turns it into vector instructions: no branch, no table, no bit pattern, one array.
///
/// `exp(x)` is computed as `exp(x/64)` to the power of 64: a Taylor polynomial of degree 9 on
/// [-0.625, 0], whose remainder is below 3e-9, then six squarings (scaling and squaring; Moler and
/// Van Loan, "Nineteen Dubious Ways to Compute the Exponential of a Matrix", 2003, method 3, of a
/// 1×1 matrix). The squarings raise the relative rounding error of the polynomial to the 64-fold,
/// which is the larger part of the error bound. Arithmetic of Java is strict, so the results are
/// the same on every machine.
final class Exponentials {
    /// The largest relative error, for arguments from [#LOWEST] to 0.
    static final double RELATIVE_ERROR = 2e-5;

    /// Smaller arguments count as this one: exp(-40) is 4e-18, and the sum over a whole vocabulary
    /// of such terms is beyond what a float can tell from nothing.
    static final float LOWEST = -40;

    private Exponentials() {}

    /// Replaces each of the first values `x` by `exp((x - max) * scale)`.
    ///
    /// @param values any but NaN and positive infinity
    /// @param size how many are replaced, from the first on
    /// @param max finite, at least the largest of the values
    /// @param scale finite, above 0
    static void replace(float[] values, int size, float max, float scale) {
        for (int i = 0; i < size; i++) {
            float y = Math.max((values[i] - max) * scale, LOWEST) * (1f / 64);
            float p = y * (1f / 362880) + 1f / 40320;
            p = p * y + 1f / 5040;
            p = p * y + 1f / 720;
            p = p * y + 1f / 120;
            p = p * y + 1f / 24;
            p = p * y + 1f / 6;
            p = p * y + 0.5f;
            p = p * y + 1;
            p = p * y + 1;
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            values[i] = p * p;
        }
    }

    /// Returns the sum of the first values. Eight running sums let the processor add eight numbers
    /// at a time; one running sum would have to wait for each.
    ///
    /// @param size a multiple of 8
    static double sum(float[] values, int size) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        float e = 0;
        float f = 0;
        float g = 0;
        float h = 0;
        for (int i = 0; i < size; i += 8) {
            a += values[i];
            b += values[i + 1];
            c += values[i + 2];
            d += values[i + 3];
            e += values[i + 4];
            f += values[i + 5];
            g += values[i + 6];
            h += values[i + 7];
        }
        return (double) a + b + c + d + e + f + g + h;
    }
}
