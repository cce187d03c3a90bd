package dev.polymnia.graalpy;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/// Runs one program and ends.
///
/// Whoever started it holds the other end of its standard input; when that is closed, which the
/// system does when they die, it ends at once, whatever it is doing.
public final class Child {
    /// Deep enough for more calls within calls than CPython allows. It is reserved, not taken.
    private static final long STACK_BYTES = 64L << 20;

    private Child() {}

    /// Runs it.
    public static void main(String... arguments) throws IOException, InterruptedException {
        Frames frames = new Frames(new FileOutputStream(FileDescriptor.out));
        System.setOut(System.err); // what a library prints must not get between the frames
        DataInputStream from =
                new DataInputStream(
                        new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
        Task task = Task.read(from);
        Thread.ofPlatform().daemon().name("parent").start(() -> endWith(from));
        Thread thread =
                Thread.ofPlatform()
                        .name("program")
                        .stackSize(STACK_BYTES)
                        .start(() -> run(task, frames));
        thread.join();
        // The program got to no end that could be told.
        Runtime.getRuntime().halt(70);
    }

    private static void run(Task task, Frames frames) {
        try {
            frames.exit(Interpreter.run(task, frames));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // Not an orderly exit: nothing that the program left may go on.
        Runtime.getRuntime().halt(0);
    }

    private static void endWith(InputStream parent) {
        try {
            parent.transferTo(OutputStream.nullOutputStream());
        } catch (IOException _) {
            // As good as its end.
        }
        Runtime.getRuntime().halt(71);
    }
}
