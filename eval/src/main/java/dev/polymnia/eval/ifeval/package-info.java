/// IFEval: whether an answer follows instructions that need no person to check (Zhou et al. 2023,
/// arXiv 2311.07911, table 1).
///
/// [Instructions][dev.polymnia.eval.ifeval.Instructions] is the way in. It finds the kind of each
/// instruction by its id; the kinds are methods of one class for each family: `Keywords`,
/// `ResponseLanguage`, `Length`, `Content`, `Format`, `Combination`, `StartEnd`, `Cases`,
/// `Punctuation`. Beside them are what they count with: `Sentences`, `CapitalWords`, `Languages`,
/// and `PythonText`, since the reference is written in Python. Its oddities are kept, each with a
/// comment that begins so; `docs/design/ifeval.md` tells what differs.
@org.jspecify.annotations.NullMarked
package dev.polymnia.eval.ifeval;
