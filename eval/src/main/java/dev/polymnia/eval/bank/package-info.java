/// Branch banks: what votes over stored chains come to, without sampling anything.
///
/// A run with `--bank` keeps many chains of each question, all sampled to their end
/// ([Bank][dev.polymnia.eval.bank.Bank]). A [Policy][dev.polymnia.eval.bank.Policy] says which of
/// them vote, with which weights and stop rule; [Replay][dev.polymnia.eval.bank.Replay] holds that
/// vote with the code of the Contemplating mode and says how good it is and what it would have
/// cost. [Coverage][dev.polymnia.eval.bank.Coverage] is what the best choice among the chains could
/// reach, and [EqualTokens][dev.polymnia.eval.bank.EqualTokens] what others reach with the tokens
/// of a Contemplating run.
@org.jspecify.annotations.NullMarked
package dev.polymnia.eval.bank;
