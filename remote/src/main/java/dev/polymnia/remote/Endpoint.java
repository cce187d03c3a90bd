package dev.polymnia.remote;

import java.util.List;

/// What an endpoint told of itself.
///
/// @param kind what answers there
/// @param model the name of the model
/// @param contextTokens the most tokens of prompt and answer together
/// @param seesImages whether prompts may hold pictures
/// @param models the names of all its models; empty if it does not tell
record Endpoint(
        EndpointKind kind,
        String model,
        int contextTokens,
        boolean seesImages,
        List<String> models) {
    /// What is assumed of a model whose endpoint does not tell its context.
    static final int ASSUMED_CONTEXT = 131_072;
}
