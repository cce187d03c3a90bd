package dev.polymnia.llama;

import dev.polymnia.core.model.ReasoningSwitch;
import dev.polymnia.llama.text.LogitRow;
import dev.polymnia.models.toolcall.ToolCallFormat;

/// What runs need of the model they draw from.
///
/// @param lexicon the vocabulary
/// @param row the work space of all samplers
/// @param reasoning how the model marks its thoughts
/// @param calls how the model writes tool calls
/// @param grammars what answers may be kept to
/// @param contextTokens the most tokens of prompt and answer together
record Speaking(
        Lexicon lexicon,
        LogitRow row,
        ReasoningSwitch reasoning,
        ToolCallFormat calls,
        Grammars grammars,
        int contextTokens) {}
