/// The program `polymnia`: command line and wiring.
///
/// [Main][dev.polymnia.app.Main] hands the words of the command line to a command: `ask`, `chat`,
/// `models`, `doctor`. `Backend` finds, fetches and loads what a command needs. What people see is
/// the business of `dev.polymnia.app.terminal`, a conversation that of `dev.polymnia.app.chat`.
@org.jspecify.annotations.NullMarked
package dev.polymnia.app;
