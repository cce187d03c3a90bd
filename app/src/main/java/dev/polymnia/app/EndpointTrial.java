package dev.polymnia.app;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.run.Account;
import dev.polymnia.core.run.Budget;
import dev.polymnia.models.Catalogue;
import dev.polymnia.remote.RemoteModel;
import dev.polymnia.remote.RemoteOptions;
import dev.polymnia.server.Endpoints;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// Asks an endpoint what it has and, if it is settled which model is meant, that one for a few
/// words. It ends whatever the endpoint does, and what comes from there is cut and has no key in
/// it.
///
/// @param options how it is asked
/// @param longest how long it may write
record EndpointTrial(RemoteOptions options, Duration longest) {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /// It may have to load a model first.
    private static final Duration FIRST_TOKEN = Duration.ofSeconds(60);

    private static final Duration SILENCE = Duration.ofSeconds(15);
    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final int MOST_TOKENS = 32;
    private static final int MOST_MODELS = 1000;
    private static final int MOST_CHARACTERS = 200;
    private static final Prompt PROMPT =
            Prompt.of(Message.user("Say hello, in one short sentence."));

    /// Returns the trial of an endpoint for somebody who waits.
    static EndpointTrial of(RemoteOptions endpoint) {
        return new EndpointTrial(
                endpoint.withRetries(0).withTimeouts(CONNECT, FIRST_TOKEN, SILENCE), LONGEST);
    }

    /// Runs the trial; blocks until it has ended.
    ///
    /// @throws dev.polymnia.core.Fault as [RemoteModel#connect], or as the model; `CANCELLED`
    Endpoints.Heard run(Cancellation cancellation) {
        List<String> models =
                RemoteModel.models(options, cancellation).stream()
                        .limit(MOST_MODELS)
                        .map(this::shown)
                        .toList();
        if (options.model().isEmpty() && models.size() > 1) {
            return new Endpoints.Heard(models, "", "", 0, Duration.ZERO);
        }
        try (RemoteModel model =
                RemoteModel.connect(options, Catalogue.builtIn()::profileForServed, cancellation)) {
            long begun = System.nanoTime();
            String words = ask(model, cancellation);
            return new Endpoints.Heard(
                    models,
                    shown(model.info().name()),
                    words,
                    model.info().contextTokens(),
                    Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    private String ask(BranchingModel model, Cancellation cancellation) {
        Account account = new Account(Budget.UNLIMITED.withTime(longest), Clock.SYSTEM);
        GenerationOptions few =
                GenerationOptions.DEFAULT
                        .withMaxTokens(MOST_TOKENS)
                        .withMeter(account.meter())
                        .withCancellation(cancellation);
        Message said = model.generate(new BranchRequest(PROMPT, few), _ -> {}).message();
        cancellation.check();
        String answer = said.text();
        // It may think aloud before it answers, and longer than it is let.
        return shown(answer.isBlank() ? thoughts(said) : answer);
    }

    private static String thoughts(Message said) {
        return said.parts().stream()
                .filter(Content.Reasoning.class::isInstance)
                .map(part -> ((Content.Reasoning) part).text())
                .collect(Collectors.joining());
    }

    private String shown(String text) {
        String clean = options.withoutKey(text).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return clean.length() <= MOST_CHARACTERS
                ? clean
                : clean.substring(0, MOST_CHARACTERS) + "…";
    }
}
