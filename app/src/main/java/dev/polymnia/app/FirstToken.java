package dev.polymnia.app;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.BranchResult;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.llama.LlamaModel;
import dev.polymnia.llama.LlamaOptions;
import dev.polymnia.llama.library.LibraryFolder;
import dev.polymnia.llama.library.NativeLibraries;
import dev.polymnia.models.LocalModel;
import dev.polymnia.models.Progress;

/// Loads a model with little memory and lets it write one token.
///
/// @param model whose header is checked
record FirstToken(LocalModel model) {
    private static final int CONTEXT_TOKENS = 1024;

    /// Returns the token, between quotation marks.
    String write() {
        NativeLibraries libraries = LibraryFolder.ofThisMachine(Progress.NONE, new Cancellation());
        LlamaOptions options =
                LlamaOptions.DEFAULT.withContextTokens(CONTEXT_TOKENS).withSequences(2);
        Prompt prompt = Prompt.of(Message.user("Hello."));
        StringBuilder text = new StringBuilder();
        try (LlamaModel loaded = LlamaModel.load(libraries, model, options)) {
            BranchResult result =
                    loaded.generate(
                            new BranchRequest(prompt, GenerationOptions.DEFAULT.withMaxTokens(1)),
                            event -> {
                                if (event instanceof BranchEvent.Delta delta) {
                                    text.append(delta.text());
                                }
                            });
            if (result.usage().generated() != 1) {
                throw new Fault(
                        Fault.Code.CORRUPT,
                        "%s wrote no token (%s). Use another model."
                                .formatted(model.path(), result.reason()));
            }
        }
        return "'" + text.toString().replaceAll("\\p{Cntrl}", " ") + "'";
    }
}
