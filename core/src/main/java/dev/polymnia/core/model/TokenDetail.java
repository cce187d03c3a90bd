package dev.polymnia.core.model;

/// What is known of one sampled token.
///
/// @param id the token's number in the model's vocabulary; -1 if a remote model does not tell it
/// @param logProbability the natural logarithm of its probability under the model's own
///   distribution (temperature 1, before any truncation), at most 0
/// @param confidence the negative mean log-probability of the k most probable tokens at this place
///   (DeepConf, Fu et al. 2025, section 2: high means sure); NaN if no k was asked for
public record TokenDetail(int id, double logProbability, double confidence) {}
