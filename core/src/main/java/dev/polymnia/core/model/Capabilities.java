package dev.polymnia.core.model;

/// What a model can do. Strategies ask here instead of assuming.
///
/// @param forks a fork shares the trunk in memory instead of reading it again
/// @param sharesPrefixes equal prompts of several branches can be sent as one call with `n` answers
/// @param logProbabilities tokens come with log-probabilities
/// @param confidence tokens come with the confidence of the k most probable ones
/// @param grammar answers can be constrained by a schema or a grammar
/// @param images prompts may hold pictures
/// @param audio prompts may hold sound
/// @param tools the prompt format has a place for tools
/// @param reasoning the model has a reasoning channel of its own
/// @param beginning the assistant's turn can be begun for the model
public record Capabilities(
        boolean forks,
        boolean sharesPrefixes,
        boolean logProbabilities,
        boolean confidence,
        boolean grammar,
        boolean images,
        boolean audio,
        boolean tools,
        boolean reasoning,
        boolean beginning) {}
