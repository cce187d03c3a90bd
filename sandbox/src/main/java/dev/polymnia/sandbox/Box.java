package dev.polymnia.sandbox;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// The walls: the command that runs a program with nothing around it but the system's read-only
/// programs, Python, and an empty scratch folder. Immutable.
final class Box {
    /// Opens the three files as who we are, before anything gives up rights; the shell becomes the
    /// command. Nothing is ever written into this text.
    private static final String OPEN_FILES =
            "status=$1 program=$2 filter=$3; shift 3;"
                    + " exec \"$@\" 7>\"$status\" 8<\"$program\" 9<\"$filter\"";

    /// Folders that are links into `/usr` on most systems and folders of their own on some.
    private static final List<String> SYSTEM_FOLDERS =
            List.of("bin", "sbin", "lib", "lib32", "lib64", "libx32");

    private static final Path USR = Path.of("/usr");
    private static final Path LOCAL = Path.of("/usr/local");
    private static final Pattern RELEASE = Pattern.compile("(\\d+)\\.(\\d+).*");

    private final Machine machine;
    private final Programs programs;
    private final Python python;
    private final Footing footing;
    private final List<String> files;

    /// Plans a box.
    ///
    /// @throws Fault with `UNAVAILABLE` if the system's folders cannot be read
    Box(Machine machine, Programs programs, Python python, Footing footing) {
        this.machine = machine;
        this.programs = programs;
        this.python = python;
        this.footing = footing;
        try {
            this.files = files(python);
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "The system's folders cannot be read: %s.".formatted(e.getMessage()),
                    e);
        }
    }

    Machine machine() {
        return machine;
    }

    /// Says what the box is made of.
    String description() {
        return "bubblewrap with seccomp on %s, Python %s, %s"
                .formatted(machine, python.version(), footing.words());
    }

    /// Returns the command that runs a program. Its environment has to be empty: that of the box's
    /// first process can be read from the inside.
    ///
    /// @param limits what the program may use
    /// @param uid the user to become, if we are root
    /// @param status where bubblewrap writes how it goes; exists
    /// @param program the file that has the source
    /// @param filter the file that has the seccomp filter
    List<String> command(Limits limits, int uid, Path status, Path program, Path filter) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                programs.shell().toString(),
                                "-c",
                                OPEN_FILES,
                                "sh",
                                status.toString(),
                                program.toString(),
                                filter.toString()));
        if (footing == Footing.DROPPED) {
            command.addAll(becoming(uid));
        }
        command.add(programs.bubblewrap().toString());
        command.addAll(namespaces());
        command.addAll(files);
        command.addAll(List.of("--perms", "0777", "--size", Long.toString(limits.scratchBytes())));
        command.addAll(List.of("--tmpfs", "/scratch"));
        command.addAll(List.of("--perms", "0444", "--ro-bind-data", "8", "/program/main.py"));
        // The root is a writable folder in memory without a limit, until now.
        command.addAll(List.of("--remount-ro", "/", "--chdir", "/scratch"));
        command.addAll(environment());
        command.addAll(List.of("--seccomp", "9", "--json-status-fd", "7", "--"));
        if (footing == Footing.DROPPED_INSIDE) {
            command.addAll(becoming(uid));
        }
        command.addAll(limited(limits));
        command.add(python.executable().toString());
        // No packages of the user, no files written beside sources, no output kept back.
        command.addAll(List.of("-s", "-B", "-u", "-X", "utf8", "/program/main.py"));
        return command;
    }

    private List<String> becoming(int uid) {
        String id = Integer.toString(uid);
        return List.of(
                programs.setpriv().toString(),
                "--reuid",
                id,
                "--regid",
                id,
                "--clear-groups",
                "--inh-caps=-all");
    }

    private List<String> namespaces() {
        List<String> arguments = new ArrayList<>();
        switch (footing) {
            case PLAIN, DROPPED ->
                    arguments.addAll(
                            List.of(
                                    "--unshare-all",
                                    "--unshare-user",
                                    "--disable-userns",
                                    "--uid",
                                    "65534",
                                    "--gid",
                                    "65534",
                                    "--cap-drop",
                                    "ALL"));
            // The filter stands in for --disable-userns, which wants a namespace of users. The
            // capabilities go with root.
            case DROPPED_INSIDE ->
                    arguments.addAll(
                            List.of(
                                    "--unshare-ipc",
                                    "--unshare-pid",
                                    "--unshare-net",
                                    "--unshare-uts",
                                    "--unshare-cgroup-try"));
        }
        arguments.addAll(List.of("--die-with-parent", "--new-session", "--hostname", "box"));
        return arguments;
    }

    private static List<String> files(Python python) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--ro-bind", "/usr", "/usr"));
        for (String name : SYSTEM_FOLDERS) {
            Path folder = Path.of("/", name);
            if (Files.isSymbolicLink(folder)) {
                String target = Files.readSymbolicLink(folder).toString();
                arguments.addAll(List.of("--symlink", target, folder.toString()));
            } else if (Files.isDirectory(folder)) {
                arguments.addAll(List.of("--ro-bind", folder.toString(), folder.toString()));
            }
        }
        if (!python.isOfSystem()) {
            String prefix = python.prefix().toString();
            arguments.addAll(List.of("--ro-bind", prefix, prefix));
        }
        for (Path folder : hidden(python)) {
            arguments.addAll(List.of("--perms", "0555", "--tmpfs", folder.toString()));
            arguments.addAll(List.of("--remount-ro", folder.toString()));
        }
        arguments.addAll(List.of("--proc", "/proc", "--dev", "/dev", "--remount-ro", "/dev"));
        arguments.addAll(List.of("--symlink", "scratch", "/tmp"));
        return arguments;
    }

    /// Returns folders that are in the box but look empty: what was installed by hand, and packages
    /// of Python, so that a program does the same on every machine.
    private static List<Path> hidden(Python python) throws IOException {
        List<Path> hidden = new ArrayList<>();
        if (Files.isDirectory(LOCAL) && !python.prefix().startsWith(LOCAL)) {
            hidden.add(LOCAL.toRealPath());
        }
        for (Path packages : python.packages()) {
            if (!Files.isDirectory(packages)) {
                continue;
            }
            Path folder = packages.toRealPath();
            boolean isInside = folder.startsWith(USR) || folder.startsWith(python.prefix());
            if (isInside && hidden.stream().noneMatch(folder::startsWith)) {
                hidden.add(folder);
            }
        }
        return hidden;
    }

    private List<String> environment() {
        List<String> arguments = new ArrayList<>(List.of("--clearenv"));
        set(arguments, "PATH", "/usr/bin:/bin");
        set(arguments, "HOME", "/scratch");
        set(arguments, "TMPDIR", "/scratch");
        set(arguments, "LANG", "C.UTF-8");
        set(arguments, "PYTHONHASHSEED", "0");
        // Each arena would take 64 MiB of the address space for a thread that needs a few bytes.
        set(arguments, "MALLOC_ARENA_MAX", "1");
        if (!python.prefix().equals(USR)) {
            // The cache of the loader, which knows such a folder otherwise, is not in the box.
            set(arguments, "LD_LIBRARY_PATH", python.prefix().resolve("lib").toString());
        }
        return arguments;
    }

    private static void set(List<String> arguments, String name, String value) {
        arguments.addAll(List.of("--setenv", name, value));
    }

    private List<String> limited(Limits limits) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                programs.prlimit().toString(),
                                "--cpu=%d:%d"
                                        .formatted(limits.cpuSeconds(), limits.cpuSeconds() + 1),
                                "--as=" + limits.memoryBytes(),
                                "--fsize=" + limits.scratchBytes(),
                                "--nofile=128",
                                "--core=0"));
        processLimit(limits.processes(), System.getProperty("os.version", ""))
                .ifPresent(most -> arguments.add("--nproc=" + most));
        return arguments;
    }

    /// Returns the limit of processes to set, which counts those of the user.
    ///
    /// Since Linux 5.14 a namespace of users counts its own: the program's and the box's first one.
    /// Before, all processes of a user are one count, which is of no use if the user is a person:
    /// then nothing is set, and [Execution] counts alone. An unused user has two processes of the
    /// box itself, and none where root made the namespaces.
    ///
    /// @param release the kernel's version
    OptionalInt processLimit(int processes, String release) {
        return switch (footing) {
            case PLAIN ->
                    countsByNamespace(release)
                            ? OptionalInt.of(processes + 1)
                            : OptionalInt.empty();
            case DROPPED -> OptionalInt.of(processes + (countsByNamespace(release) ? 1 : 2));
            case DROPPED_INSIDE -> OptionalInt.of(processes);
        };
    }

    private static boolean countsByNamespace(String release) {
        var version = RELEASE.matcher(release);
        if (!version.matches()) {
            return false;
        }
        int major = Integer.parseInt(version.group(1));
        int minor = Integer.parseInt(version.group(2));
        return major > 5 || (major == 5 && minor >= 14);
    }
}
