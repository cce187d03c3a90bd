/// A conversation in the terminal.
///
/// [Chat][dev.polymnia.app.chat.Chat] reads a line, a command or a question, and has it answered; a
/// `ChatTerminal` is where it reads and shows: `RichTerminal` edits lines and draws,
/// `PlainTerminal` reads and writes them one by one. `Commands` holds the commands that begin with
/// a slash. A [ConversationFolder][dev.polymnia.app.chat.ConversationFolder] keeps every turn as
/// soon as it is answered, so whatever ends the program, the conversation can be resumed.
@org.jspecify.annotations.NullMarked
package dev.polymnia.app.chat;
