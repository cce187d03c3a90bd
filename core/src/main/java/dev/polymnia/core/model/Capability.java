package dev.polymnia.core.model;

/// One thing that a model can do. Strategies ask for these instead of assuming.
public enum Capability {
    /// A fork shares the trunk in memory instead of reading it again.
    FORKS,
    /// Equal prompts of several branches can be sent as one call with `n` answers.
    SHARED_PREFIXES,
    /// Tokens come with log-probabilities.
    LOG_PROBABILITIES,
    /// Tokens come with the confidence of the most probable ones, and with these themselves.
    ALTERNATIVES,
    /// The probability of any word can be [probed][BranchingModel#probe], however improbable it is.
    EXACT_PROBES,
    /// Answers can be constrained by a [JSON Schema][Constraint.JsonSchema]. A remote model claims
    /// it until the endpoint refuses one.
    SCHEMA,
    /// Answers can be constrained by a [grammar][Constraint.Grammar].
    GRAMMAR,
    /// Tokens can be made more or less likely by their numbers.
    LOGIT_BIAS,
    /// Prompts may hold pictures.
    IMAGES,
    /// Prompts may hold sound.
    AUDIO,
    /// The prompt format has a place for tools.
    TOOLS,
    /// The model has a reasoning channel of its own.
    REASONING,
    /// The assistant's turn can be begun for the model.
    BEGINNING
}
