package dev.polymnia.core.model;

/// How the next token is drawn. The filters apply in the order of the components, as llama.cpp's
/// default chain does: repetition penalty on the raw scores, then top-k, top-p and min-p, each on
/// what the former left, then the temperature, then the draw.
///
/// @param temperature 0 takes the most probable token; up to 2
/// @param topK keep this many of the most probable tokens; 0 for all
/// @param topP keep the smallest set of most probable tokens that reaches this sum (nucleus
///   sampling, Holtzman et al. 2020, section 3.1); above 0, at most 1
/// @param minP drop tokens below this share of the most probable one's probability (Nguyen et al.
///   2025); 0 to 1
/// @param repetitionPenalty divides the score of tokens seen in the last 64 if it is positive,
///   multiplies it otherwise (CTRL, Keskar et al. 2019, section 4.1); 1 for none, at most 2
public record Sampling(
        double temperature, int topK, double topP, double minP, double repetitionPenalty) {
    /// Always the most probable token.
    public static final Sampling GREEDY = new Sampling(0, 0, 1, 0, 1);

    /// Checks the ranges.
    public Sampling {
        require(temperature >= 0 && temperature <= 2, "temperature", temperature, "0 to 2");
        require(topK >= 0, "top-k", topK, "0 or more");
        require(topP > 0 && topP <= 1, "top-p", topP, "above 0 to 1");
        require(minP >= 0 && minP <= 1, "min-p", minP, "0 to 1");
        require(
                repetitionPenalty >= 1 && repetitionPenalty <= 2,
                "repetition penalty",
                repetitionPenalty,
                "1 to 2");
    }

    /// Returns these settings with another temperature.
    public Sampling withTemperature(double value) {
        return new Sampling(value, topK, topP, minP, repetitionPenalty);
    }

    private static void require(boolean holds, String what, double value, String range) {
        if (!holds) {
            throw new IllegalArgumentException(what + " is " + value + "; choose " + range);
        }
    }
}
