/// What an agent answered, in a form that can be counted.
///
/// [Answers][dev.polymnia.agents.answer.Answers] finds the short answer in an agent's words
/// (`Extractor`: the last of `Answer:`, `####`, `\boxed{}`, tags, a JSON field) and brings it into
/// its canonical form (`Canonical`), so that equal answers are equal texts: `31`, `**31 muffins**`,
/// `\boxed{31}` and `31.0` are all `31`. A vote that is wrongly split costs more than any weighting
/// of votes gains, so both are tolerant.
@org.jspecify.annotations.NullMarked
package dev.polymnia.agents.answer;
