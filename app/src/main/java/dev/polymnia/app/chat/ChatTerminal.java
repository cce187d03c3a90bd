package dev.polymnia.app.chat;

import dev.polymnia.agents.RunListener;
import java.util.List;
import java.util.Optional;

/// Where a chat reads and shows. Confined to the thread of the chat.
interface ChatTerminal extends AutoCloseable {
    /// Reads what a person says next: a question of one or more lines, or a command. Blocks.
    ///
    /// @param prompt stands before what is typed
    /// @return without control characters; empty when the person is done
    Optional<String> read(String prompt);

    /// Shows lines of the program's own.
    void say(List<String> lines);

    /// Shows that something did not go well.
    void warn(String line);

    /// Shows a text of Markdown.
    void markdown(String text);

    /// Returns a view for one run, which ends it with one line.
    RunListener view();

    /// Does something that an interrupt (Ctrl-C) ends, and not the program.
    ///
    /// @param interrupt is run when it comes, on another thread
    void interruptibly(Runnable work, Runnable interrupt);

    @Override
    void close();

    /// Shows one line of the program's own.
    default void say(String line) {
        say(List.of(line));
    }
}
