/// llama.cpp in this process, as a [branching model][dev.polymnia.core.model.BranchingModel]. Start
/// at [LlamaModel][dev.polymnia.llama.LlamaModel].
///
/// | layer | classes | thread |
/// | --- | --- | --- |
/// | what callers see | `LlamaModel`, `LlamaTrunk`, `LlamaBranch`, `PromptEncoder` | any |
/// | the engine | `Engine` (the loop), `Residents` (who is in memory), `Scheduler` (which rows), `Step` (one step), `Run` (one answer) | the engine's |
/// | what the engine needs | `StepContext`, `Lexicon` | – |
/// | native objects | `NativeModel`, `NativeContext`, `Vocabulary` | one owner each |
/// | a model's copy in another number format | `Quantizer` | any |
/// | C | `NativeLoader`, `LlamaNative`, `Layouts`, `NativeLog` | any |
///
/// A prompt is rendered and tokenised on the caller's thread and handed to the engine as a command.
/// The engine works in rounds: take commands, let runs into memory, compute one row for each branch
/// that speaks and some for prompts that wait to be read, draw a token for each row of scores, tell
/// the listeners. The engine and all above it know nothing of native code, and are tested without.
///
/// No argument from outside reaches a native assertion: files are read by
/// [Gguf][dev.polymnia.models.Gguf] first, texts are made valid UTF-8, sizes are checked by
/// [LlamaOptions][dev.polymnia.llama.LlamaOptions], rows and cells are accounted for in Java.
@org.jspecify.annotations.NullMarked
package dev.polymnia.llama;
