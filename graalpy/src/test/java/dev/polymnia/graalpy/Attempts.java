package dev.polymnia.graalpy;

import dev.polymnia.sandbox.Ending;
import dev.polymnia.sandbox.Finished;
import dev.polymnia.sandbox.Job;
import dev.polymnia.sandbox.Limits;
import dev.polymnia.sandbox.Sandbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Attempts at what the program must not reach. As each start of a child takes seconds, a program
/// makes as many of one kind as it can; each is refused on its own.
///
/// @param kind what they are after
/// @param program makes them, each by a call of `attempt` with a name of its own
record Attempts(String kind, String program) {
    /// What a program prints at last.
    static final String END = "all attempts were made";

    private static final String TRYING = "trying: ";

    private static final Limits PATIENT =
            Limits.DEFAULT
                    .withWall(Duration.ofMinutes(2))
                    .withCpu(Duration.ofMinutes(2))
                    .withOutputBytes(1 << 20);

    private static final Pattern CALL = Pattern.compile("(?m)^ *(attempt|check)\\(\"");

    /// What each program has: `attempt` calls something that has to be refused, `check` tells what
    /// was found.
    private static final String BEGINNING =
            """
            import os, sys

            made = 0

            def check(name, escaped, what):
                print("ESCAPED:" if escaped else "contained:", name, "|", repr(what)[:150])

            def attempt(name, action, *arguments):
                global made
                made += 1
                if made <= DONE:
                    return
                print("trying:", name)
                try:
                    result = action(*arguments)
                except BaseException as refused:
                    check(name, False, refused)
                else:
                    check(name, True, result)

            """;

    @Override
    public String toString() {
        return kind;
    }

    static List<Attempts> all() {
        return List.of(
                new Attempts("files to read", BEGINNING + READING),
                new Attempts("files to write", BEGINNING + WRITING),
                new Attempts("files by way of GraalPy's own", BEGINNING + LIBRARY),
                new Attempts("the network", BEGINNING + NETWORK),
                new Attempts("processes and threads", BEGINNING + PROCESSES),
                new Attempts("Java, other languages, native code", BEGINNING + JAVA));
    }

    /// Returns at least how many there are.
    long count() {
        return CALL.matcher(program).results().count();
    }

    /// Makes them. Some of what GraalPy refuses ends the program, whatever it catches; then it is
    /// run again for those that are left.
    ///
    /// @return what each came to, in a line
    List<String> make(Sandbox sandbox, Host host) {
        List<String> results = new ArrayList<>();
        int done = 0;
        boolean all = false;
        while (!all) {
            String source = "%s\nprint('%s')".formatted(program, END);
            Finished finished =
                    sandbox.run(
                            Job.python(host.fill(source).replace("DONE", Integer.toString(done)))
                                    .withLimits(PATIENT));
            List<String> lines = finished.output().lines().toList();
            lines.stream().filter(line -> !line.startsWith(TRYING)).forEach(results::add);
            all = lines.contains(END);
            int tried = (int) lines.stream().filter(line -> line.startsWith(TRYING)).count();
            done += tried;
            if (!all) {
                boolean refused =
                        tried > 0
                                && finished.ending() == Ending.EXITED
                                && finished.exitCode() == 1
                                && lines.getLast().startsWith(TRYING);
                results.add(
                        "%s: the last of %s; the program ended: %s"
                                .formatted(
                                        refused ? "contained" : "UNCLEAR",
                                        lines,
                                        finished.errors()));
                all = !refused;
            }
        }
        return results;
    }

    private static final String READING =
            """
            attempt("the host's users", open, "/etc/passwd")
            attempt("the host's passwords", open, "/etc/shadow")
            attempt("a home", os.listdir, "/root")
            attempt("homes", os.listdir, "/home")
            attempt("our working folder", os.listdir, "WORKING_FOLDER")
            attempt("a file of the host", open, "SECRET_FILE")
            attempt("a file of the host without buffers", os.open, "SECRET_FILE", os.O_RDONLY)
            attempt("what there is of a file", os.stat, "SECRET_FILE")
            attempt("up and out", open, "/scratch/../../../../..SECRET_FILE")
            attempt("a folder of the host", os.scandir, "HOST_FOLDER")
            attempt("going there", os.chdir, "HOST_FOLDER")

            def through_link():
                os.symlink("SECRET_FILE", "link")
                return open("link").read()
            attempt("a symbolic link out", through_link)

            def through_linked_folder():
                os.symlink("HOST_FOLDER", "folder")
                return os.listdir("folder")
            attempt("a symbolic link to a folder", through_linked_folder)

            attempt("a hard link", lambda: os.link("SECRET_FILE", "hard"))
            attempt("the environment of a process", open, "/proc/self/environ")
            attempt("the memory of a process", open, "/proc/self/mem", "rb")
            attempt("the command line of a process", open, "/proc/OUR_PID/cmdline")
            attempt("the root by way of a process", open, "/proc/self/root/etc/passwd")
            attempt("a process's open files", os.listdir, "/proc/self/fd")
            attempt("settings of the kernel", open, "/proc/sys/kernel/core_pattern")
            attempt("devices", open, "/dev/mem", "rb")
            attempt("an endless device", lambda: open("/dev/zero", "rb").read(1))

            ours = {"HOME", "TMPDIR", "LANG", "UNSAFE_PYO3_SKIP_VERSION_CHECK"} # GraalPy sets the last
            check("the environment", set(os.environ) - ours, set(os.environ))
            check("what lies at the root", set(os.listdir("/")) - {"scratch", "tmp"}, os.listdir("/"))

            def with_pathlib():
                import pathlib
                return pathlib.Path("SECRET_FILE").read_text()
            attempt("a file of the host with pathlib", with_pathlib)

            def with_codecs():
                import codecs
                return codecs.open("SECRET_FILE", encoding="latin-1").read()
            attempt("a file of the host with codecs", with_codecs)

            def with_mmap():
                import mmap
                with open("SECRET_FILE", "rb") as file:
                    return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)[:]
            attempt("a file of the host in memory", with_mmap)

            def with_url():
                import urllib.request
                return urllib.request.urlopen("file://SECRET_FILE").read()
            attempt("a file of the host as a URL", with_url)

            def descriptors():
                found = []
                for number in range(3, 64):
                    try:
                        found.append((number, os.read(number, 1)))
                    except OSError:
                        pass
                if not found:
                    raise OSError("no descriptor above 2 can be read")
                return found
            attempt("descriptors that were passed on", descriptors)
            """;

    private static final String WRITING =
            """
            for folder in ["/", "/usr", "/usr/bin", "/etc", "/dev/shm", "/var/tmp", "/root", "HOST_FOLDER", "WORKING_FOLDER"]:
                attempt("a file in " + folder, open, os.path.join(folder, "new"), "w")
                attempt("a folder in " + folder, os.mkdir, os.path.join(folder, "new-folder"))
            attempt("a secret's content", open, "SECRET_FILE", "w")
            attempt("a secret's end", open, "SECRET_FILE", "a")
            attempt("a secret's size", lambda: os.truncate("SECRET_FILE", 0))
            attempt("a secret's rights", lambda: os.chmod("SECRET_FILE", 0o777))
            attempt("a secret's times", lambda: os.utime("SECRET_FILE", (0, 0)))
            attempt("a secret's place", os.rename, "SECRET_FILE", "HOST_FOLDER/moved")
            attempt("a secret at all", os.remove, "SECRET_FILE")

            def copy():
                import shutil
                return shutil.copyfile("SECRET_FILE", "copy")
            attempt("a secret's copy", copy)

            def through_link():
                os.symlink("HOST_FOLDER/new", "link")
                open("link", "w").write("x")
                return os.path.exists("HOST_FOLDER/new")
            attempt("a symbolic link out", through_link)

            def moved_link():
                os.mkdir("inner")
                os.symlink("HOST_FOLDER", "inner/host")
                os.rename("inner/host", "host")
                return open("host/new", "w")
            attempt("a symbolic link that moves", moved_link)

            attempt("removing the scratch folder", os.rmdir, "/scratch")
            """;

    private static final String LIBRARY =
            """
            library = os.path.dirname(os.__file__)
            up = "/.." * 12
            attempt("up and out of the library", open, library + up + "SECRET_FILE")
            attempt("up and out to Python's files", open, library + up + "SECRET_FILE.py")
            attempt("changing the library", open, os.__file__, "a")
            attempt("removing from the library", os.remove, os.__file__)
            attempt("adding to the library", open, library + "/new.py", "w")
            attempt("a folder in the library", os.mkdir, library + "/new")
            attempt("moving out of the library", os.rename, os.__file__, "/scratch/os.py")
            attempt("moving into the library", os.rename, "/scratch", library + "/scratch")
            attempt("rights in the library", lambda: os.chmod(os.__file__, 0o777))
            attempt("a link in the library", os.symlink, "SECRET_FILE", library + "/secret.py")

            def around():
                os.symlink(library, "library")
                return open("library" + up + "SECRET_FILE.py")
            attempt("a link to the library", around)

            def beside():
                home = library
                while home and not home.endswith("unpacked"):
                    home = os.path.dirname(home)
                return os.listdir(os.path.dirname(home))
            attempt("what lies beside the library", beside)

            def imported():
                sys.path.insert(0, "HOST_FOLDER")
                import secret
                return secret.secret
            attempt("a module of the host", imported)

            def loaded():
                import importlib.util
                spec = importlib.util.spec_from_file_location("secret", "SECRET_FILE.py")
                module = importlib.util.module_from_spec(spec)
                spec.loader.exec_module(module)
                return module.secret
            attempt("a module of the host by its file", loaded)

            def ran():
                import runpy
                return runpy.run_path("SECRET_FILE.py")
            attempt("a program of the host", ran)

            def read_by_interpreter():
                import __graalpython__
                return __graalpython__.read_file("SECRET_FILE.py")
            attempt("the interpreter's own reader", read_by_interpreter)

            def linked_module():
                os.symlink("SECRET_FILE.py", "linked.py")
                import __graalpython__
                return __graalpython__.read_file("/scratch/linked.py")
            attempt("the interpreter's own reader and a link", linked_module)

            def zipped():
                import zipimport
                return zipimport.zipimporter("HOST_FOLDER")
            attempt("an archive of the host", zipped)
            """;

    private static final String NETWORK =
            """
            import socket

            def connect(family, address):
                s = socket.socket(family, socket.SOCK_STREAM)
                s.settimeout(5)
                return s.connect(address)
            attempt("a TCP port of the host", connect, socket.AF_INET, ("127.0.0.1", TCP_PORT))
            attempt("a connection with a time limit", socket.create_connection, ("127.0.0.1", TCP_PORT), 5)
            attempt("a local socket of the host", lambda: connect(socket.AF_UNIX, "SOCKET_FILE"))

            def send():
                return socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"out", ("127.0.0.1", UDP_PORT))
            attempt("a UDP port of the host", send)

            attempt("names", socket.gethostbyname, "example.org")

            def web():
                import urllib.request
                return urllib.request.urlopen("http://127.0.0.1:TCP_PORT/", None, 5)
            attempt("the web", web)

            def asynchronous():
                import asyncio
                return asyncio.run(asyncio.open_connection("127.0.0.1", TCP_PORT))
            attempt("an asynchronous connection", asynchronous)
            """;

    private static final String PROCESSES =
            """
            attempt("a copy of itself", lambda: os.fork())
            attempt("a shell", lambda: 1 / (os.system("true") == 0))
            attempt("becoming another program", lambda: os.execv("/bin/true", ["true"]))
            attempt("another program beside it", lambda: os.posix_spawn("/bin/true", ["true"], {}))

            def subprocesses():
                import subprocess
                return subprocess.run(["/bin/true"], check=True)
            attempt("a subprocess", subprocesses)

            def multiprocessing():
                import multiprocessing
                process = multiprocessing.Process(target=print)
                process.start()
                process.join()
                return 1 / (process.exitcode == 0)
            attempt("multiprocessing", multiprocessing)

            attempt("killing a process", lambda: os.kill(SLEEPER_PID, 9))
            attempt("killing the parent", lambda: os.kill(OUR_PID, 9))

            def thread():
                import threading
                done = []
                t = threading.Thread(target=lambda: done.append(1))
                t.start()
                t.join()
                return done[0]
            attempt("a thread", thread)

            def bare_thread():
                import _thread
                return _thread.start_new_thread(print, ())
            attempt("a bare thread", bare_thread)

            def limits():
                import resource
                return resource.setrlimit(resource.RLIMIT_NOFILE, (1, 1))
            attempt("other limits", limits)
            """;

    private static final String JAVA =
            """
            def java_type(name):
                import java
                return java.type(name)
            attempt("Java's system", java_type, "java.lang.System")
            attempt("Java's runtime", java_type, "java.lang.Runtime")
            attempt("Java's processes", java_type, "java.lang.ProcessBuilder")
            attempt("Java's files", java_type, "java.nio.file.Files")
            attempt("our own classes", java_type, "dev.polymnia.graalpy.Child")

            def java_import():
                import java.lang.System
                return java.lang.System.exit(0)
            attempt("a Java package", java_import)

            def class_path():
                import java
                return java.add_to_classpath("HOST_FOLDER")
            attempt("more on the class path", class_path)

            def jython():
                from java.io import File
                return File("/").list()
            attempt("Java as in Jython", jython)

            def polyglot(language, source):
                import polyglot
                return polyglot.eval(language=language, string=source)
            attempt("JavaScript", polyglot, "js", "1")
            attempt("Java as a language", polyglot, "java", "1")
            attempt("LLVM", polyglot, "llvm", "1")
            attempt("the host's language", polyglot, "host", "java.lang.System")
            attempt("regular expressions as a language", polyglot, "regex", "/x/")
            attempt("native calls as a language", polyglot, "nfi", "default")

            def polyglot_file():
                import polyglot
                return polyglot.eval(path="SECRET_FILE.py", language="python")
            attempt("a file as a language", polyglot_file)

            def bindings():
                import polyglot
                return polyglot.import_value("secret") or 1 / 0
            attempt("values of other languages", bindings)

            def library(name):
                import ctypes
                return ctypes.CDLL(name)
            attempt("the C library", library, None)
            attempt("the C library by its name", library, "libc.so.6")

            def memory():
                import ctypes
                return ctypes.string_at(0x1000, 1)
            attempt("memory by its address", memory)

            def python_api():
                import ctypes
                return ctypes.pythonapi.Py_GetVersion()
            attempt("Python's C interface", python_api)

            def extension():
                import importlib.machinery, importlib.util
                loader = importlib.machinery.ExtensionFileLoader("x", "/scratch/x.so")
                open("/scratch/x.so", "wb").write(b"\\x7fELF")
                return importlib.util.module_from_spec(importlib.util.spec_from_loader("x", loader))
            attempt("a native module", extension)

            def heap():
                import __graalpython__
                return __graalpython__.dump_heap()
            attempt("a picture of the heap", heap)

            def adapter():
                import __graalpython__
                return __graalpython__.extend(object)
            attempt("a Java class of its own", adapter)

            def package():
                import ensurepip
                return ensurepip.bootstrap()
            attempt("installing packages", package)

            def profiler():
                import polyglot
                return polyglot.register_interop_behavior(__import__("java").type("java.lang.String"))
            attempt("behaviour of Java's objects", profiler)
            """;
}
