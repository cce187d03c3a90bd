/// Keeps what a model writes inside a grammar or a JSON Schema.
///
/// Three ways lead to a token that is allowed or not:
///
/// | from | by | to |
/// | --- | --- | --- |
/// | a JSON Schema | [SchemaGrammar][dev.polymnia.llama.grammar.SchemaGrammar] | rules in GBNF |
/// | GBNF | [Grammar][dev.polymnia.llama.grammar.Grammar] | automata over bytes, one per rule |
/// | a vocabulary | [TokenTrie][dev.polymnia.llama.grammar.TokenTrie] | a prefix tree of its bytes |
///
/// A [Constrainer][dev.polymnia.llama.grammar.Constrainer] brings them together for one branch: it
/// runs the automata with a set of stacks, token by token, and walks automata and prefix tree at
/// once to see all tokens that may come next.
///
/// Grammars and vocabularies are immutable and may be shared by all threads; a constrainer with its
/// forks belongs to one. Both kinds of text come with requests, so everything has a limit
/// ([Limits][dev.polymnia.llama.grammar.Limits]), and every refusal is a
/// [Fault][dev.polymnia.core.Fault] that names the place.
///
/// llama.cpp has a sampler for grammars, which is not used: it reports some of its errors as C++
/// exceptions, and one that crosses the C interface ends the process.
@org.jspecify.annotations.NullMarked
package dev.polymnia.llama.grammar;
