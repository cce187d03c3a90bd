/// Tasks: what is asked, how it is put to a model, and what the answers are compared with.
///
/// [Tasks][dev.polymnia.eval.task.Tasks] loads a [Task][dev.polymnia.eval.task.Task] from a
/// definition file, YAML or JSON, and from a data file that the user has. The tasks that come with
/// Polymnia are such files too, beside the prompts that they share; `docs/guide/eval-tasks.md`
/// describes the format.
///
/// A `DefinitionReader` reads and checks a definition, a `DataFile` its rows, and a `Kind` makes a
/// [Target][dev.polymnia.eval.Target] out of each row. JSON nodes stay inside of `Fields` and
/// `Row`.
@org.jspecify.annotations.NullMarked
package dev.polymnia.eval.task;
