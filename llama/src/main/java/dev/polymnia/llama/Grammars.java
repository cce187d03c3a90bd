package dev.polymnia.llama;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polymnia.core.Fault;
import dev.polymnia.core.message.ToolSpec;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.Constraint;
import dev.polymnia.core.model.ToolChoice;
import dev.polymnia.llama.grammar.Constrainer;
import dev.polymnia.llama.grammar.Grammar;
import dev.polymnia.llama.grammar.SchemaGrammar;
import dev.polymnia.llama.grammar.TokenTrie;
import dev.polymnia.models.toolcall.ToolCallFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The grammars that requests demand of their answers: compiled on the caller's thread, so that a
/// large one holds up nobody else, and kept, because the branches of a run mostly share one.
///
/// [#of] and [#check] are thread-safe; [#begin] is for the engine thread, on which branches of one
/// grammar share what they find out about it.
final class Grammars {
    private static final int KEPT = 32;

    private final Lexicon lexicon;
    private final ToolCallFormat format;
    private final Map<Demand, Grammar> compiled = new Latest<>(); // guarded by itself
    private final Map<Grammar, Constrainer> begun = new Latest<>(); // of the engine thread
    private volatile Optional<TokenTrie> tokens = Optional.empty();

    /// @param format how the model writes tool calls
    Grammars(Lexicon lexicon, ToolCallFormat format) {
        this.lexicon = lexicon;
        this.format = format;
    }

    /// What a grammar is compiled from.
    private sealed interface Demand {
        record Answer(Constraint constraint) implements Demand {}

        record Call(List<ToolSpec> tools, boolean several) implements Demand {}
    }

    /// Keeps the entries that were used last.
    private static final class Latest<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1L;

        Latest() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > KEPT;
        }
    }

    /// Returns the grammar of a request's answer; empty if the answer is free.
    ///
    /// @throws Fault `INVALID` if the constraint cannot be read, with the place
    Optional<Grammar> of(BranchRequest request) {
        return demand(request).map(this::compiled);
    }

    /// Two that come with the same demand at once may both compile it; nobody waits for another's.
    private Grammar compiled(Demand demand) {
        synchronized (compiled) {
            Grammar known = compiled.get(demand);
            if (known != null) {
                return known;
            }
        }
        Grammar made = compile(demand);
        synchronized (compiled) {
            compiled.put(demand, made);
        }
        return made;
    }

    private static Optional<Demand> demand(BranchRequest request) {
        List<ToolSpec> tools = request.prompt().tools();
        return switch (request.options().toolChoice()) {
            case ToolChoice.Required _ -> Optional.of(new Demand.Call(tools, true));
            case ToolChoice.Named named ->
                    Optional.of(
                            new Demand.Call(
                                    tools.stream()
                                            .filter(tool -> tool.name().equals(named.tool()))
                                            .toList(),
                                    false));
            case ToolChoice.Auto _, ToolChoice.None _ ->
                    Optional.of(request.options().constraint())
                            .filter(each -> !(each instanceof Constraint.Free))
                            .map(Demand.Answer::new);
        };
    }

    private Grammar compile(Demand demand) {
        return switch (demand) {
            case Demand.Answer(Constraint.JsonSchema schema) ->
                    SchemaGrammar.compile(schema.schema());
            case Demand.Answer(Constraint.Grammar grammar) -> Grammar.parse(grammar.gbnf());
            case Demand.Answer(Constraint.Free _) ->
                    throw new IllegalStateException("any words need no grammar");
            case Demand.Call call ->
                    Grammar.parse(
                            format.grammar(call.tools(), SchemaGrammar::rules, call.several()));
        };
    }

    /// Checks that an answer can begin with some words.
    ///
    /// @throws Fault `INVALID` if the grammar rules them out
    void check(Grammar grammar, String beginning) {
        if (!new Constrainer(grammar, tokens()).acceptText(bytes(beginning))) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The answer is begun with '%s', which its schema or grammar rules out; begin it otherwise or not at all."
                            .formatted(beginning));
        }
    }

    /// Returns what keeps an answer inside a grammar, behind the words with which it begins.
    Constrainer begin(Grammar grammar, String beginning) {
        Constrainer first =
                begun.computeIfAbsent(grammar, each -> new Constrainer(each, tokens())).fork();
        if (!first.acceptText(bytes(beginning))) {
            throw new IllegalStateException("the beginning has not been checked: " + beginning);
        }
        return first;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private TokenTrie tokens() {
        Optional<TokenTrie> known = tokens;
        if (known.isEmpty()) {
            synchronized (lexicon) {
                known = tokens;
                if (known.isEmpty()) {
                    known =
                            Optional.of(
                                    new TokenTrie(lexicon.size(), lexicon::piece, lexicon::ends));
                    tokens = known;
                }
            }
        }
        return known.orElseThrow();
    }
}
