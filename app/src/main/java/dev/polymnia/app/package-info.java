/// The program `polymnia`: command line, wiring and what people see.
///
/// [Main][dev.polymnia.app.Main] hands the words of the command line to a command: `ask`, `models`,
/// `doctor`. `Backend` finds, fetches and loads what a command needs. A run tells its events to one
/// view: `LiveView` on a terminal, `AnswerView` when the output is piped, `JsonView` for programs;
/// each sees the same events and nothing else.
@org.jspecify.annotations.NullMarked
package dev.polymnia.app;
