/// The answer layer: from an agent's words to something that can be voted on.
///
/// The words go through three steps, each a function without state:
///
/// 1. [Extractor][dev.polymnia.agents.answer.Extractor] finds the place where the model states its
///    result: `Answer: 31`, `\boxed{31}`, `#### 31`, `<result>31</result>`, …
/// 2. [Canonical][dev.polymnia.agents.answer.Canonical] writes it in one form: `1,234.50`,
///    `\$1234.5` and `**1234.5 dollars**` are the same amount. Numbers are exact, never floating.
/// 3. [Equivalence][dev.polymnia.agents.answer.Equivalence] does what depends on the question: it
///    drops the unit that is asked for, so that `5` and `5 hours` agree when the question is "how
///    many hours", and rounds, so that `66.67`, `66.66666666666667` and `200/3` agree.
///
/// [AnswerReader][dev.polymnia.agents.answer.AnswerReader] does the three and decides whether what
/// was found is a short answer at all; everything else is free text. Two answers agree if their
/// final strings are equal, so agreeing is an equivalence relation whatever the steps do.
///
/// [Loops][dev.polymnia.agents.answer.Loops] tells words that repeat themselves, `Refusals` those
/// that refuse to answer, `NoAnswer` those that say there is no answer, and `Ellipsis` those that
/// trail off.
@org.jspecify.annotations.NullMarked
package dev.polymnia.agents.answer;
