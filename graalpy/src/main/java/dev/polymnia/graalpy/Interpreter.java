package dev.polymnia.graalpy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.EnvironmentAccess;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.io.IOAccess;

/// Runs Python in GraalPy with all doors shut that it has: no Java, no other language, no native
/// code, no process, no thread, no environment, no socket, no file but those of its own file system
/// and, for reading, GraalPy's.
final class Interpreter {
    private static final String PYTHON = "python";
    private static final String NAME = "/program/main.py";

    private Interpreter() {}

    /// Runs a program.
    ///
    /// @return its exit code
    static int run(Task task, Frames frames) throws IOException {
        OutputStream errors = frames.errors();
        ScratchFileSystem files = ScratchFileSystem.create(task.scratchBytes());
        int code = 0;
        try (Context context = context(task, files, frames.output(), errors)) {
            context.initialize(PYTHON);
            frames.begin();
            try {
                context.eval(Source.newBuilder(PYTHON, task.program(), NAME).build());
            } catch (PolyglotException e) {
                code = exitCode(e, errors);
            }
        } catch (PolyglotException e) {
            // What the program does at its exit, when the context is closed.
            code = exitCode(e, errors);
        }
        return code;
    }

    private static Context context(
            Task task, ScratchFileSystem files, OutputStream output, OutputStream errors) {
        IOAccess access =
                IOAccess.newBuilder()
                        .fileSystem(new ProgramFileSystem(files))
                        .allowHostSocketAccess(false)
                        .build();
        Path scratch = files.scratch();
        return Context.newBuilder(PYTHON)
                .in(new ByteArrayInputStream(task.input().getBytes(UTF_8)))
                .out(output)
                .err(errors)
                .arguments(PYTHON, new String[] {NAME})
                .allowIO(access)
                .currentWorkingDirectory(scratch)
                .allowHostAccess(HostAccess.NONE)
                .allowHostClassLoading(false)
                .allowHostClassLookup(name -> false)
                .allowPolyglotAccess(PolyglotAccess.NONE)
                .allowNativeAccess(false)
                .allowCreateProcess(false)
                .allowCreateThread(false)
                .allowInnerContextOptions(false)
                .allowEnvironmentAccess(EnvironmentAccess.NONE)
                .environment("HOME", scratch.toString())
                .environment("TMPDIR", scratch.toString())
                .environment("LANG", "C.UTF-8")
                .option("python.PosixModuleBackend", "java")
                .option("python.HashSeed", "0")
                .option("python.AlwaysRunExcepthook", "true")
                .option("python.UnbufferedIO", "true")
                .option("python.IsolateFlag", "true")
                .option("python.NoUserSiteFlag", "true")
                .option("python.ForceImportSite", "true") // has exit() and quit()
                .build();
    }

    /// Returns the exit code that an exception means. GraalPy has told of a program's own; what is
    /// left is its end by `exit`, and what the interpreter itself could not bear.
    private static int exitCode(PolyglotException e, OutputStream errors) throws IOException {
        if (e.isExit()) {
            return e.getExitStatus() & 0xFF;
        }
        String name = e.isResourceExhausted() ? "MemoryError" : "SystemError";
        errors.write("%s: %s\n".formatted(name, e.getMessage()).getBytes(UTF_8));
        return 1;
    }
}
