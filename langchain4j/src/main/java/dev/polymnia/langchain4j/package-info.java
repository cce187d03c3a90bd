/// Polymnia's modes as the models of LangChain4j, in the same process.
///
/// A [PolymniaChatModel][dev.polymnia.langchain4j.PolymniaChatModel] answers in one piece, a
/// [PolymniaStreamingChatModel][dev.polymnia.langchain4j.PolymniaStreamingChatModel] in pieces;
/// both are made of an [Assistant][dev.polymnia.agents.Assistant] and
/// [PolymniaOptions][dev.polymnia.langchain4j.PolymniaOptions]. Tools are run by LangChain4j, in
/// Contemplating too: the run waits for their results.
@NullMarked
package dev.polymnia.langchain4j;

import org.jspecify.annotations.NullMarked;
