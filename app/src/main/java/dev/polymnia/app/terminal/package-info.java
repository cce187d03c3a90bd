/// What people see and type. A [Console][dev.polymnia.app.terminal.Console] says what the streams
/// of the process are; a [Screen][dev.polymnia.app.terminal.Screen] draws on one that is a
/// terminal.
///
/// A run tells its events to one view, which [Views][dev.polymnia.app.terminal.Views] chooses:
/// `RunView` draws on a terminal, `PlainView` tells in sentences, `AnswerView` writes the answer
/// alone into a pipe, `JsonView` is for programs; each sees the same events and nothing else.
/// `MarkdownStream` shows Markdown while it is written. Whatever a model wrote passes `Printable`
/// before a terminal sees it, as terminals obey control characters.
@org.jspecify.annotations.NullMarked
package dev.polymnia.app.terminal;
