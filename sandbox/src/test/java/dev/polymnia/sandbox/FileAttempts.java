package dev.polymnia.sandbox;

import java.util.List;

/// Attempts at the host's files and at what `/proc` tells of it.
final class FileAttempts {
    private FileAttempts() {}

    static List<Attempt> all() {
        return List.of(
                Attempt.refused(
                        "the host's users",
                        """
                        attempt(open, "/etc/passwd")
                        attempt(open, "/etc/shadow")
                        attempt(open, "/etc/hostname")
                        """),
                Attempt.refused(
                        "homes",
                        """
                        def secrets(folder):
                            # A Python that lies in a home is there, with the folders that lead to it.
                            names = [n for n in os.listdir(folder) if not sys.base_prefix.startswith(os.path.join(folder, n))]
                            if not names:
                                raise FileNotFoundError(folder)
                            return names
                        attempt(secrets, "/root")
                        attempt(secrets, "/home")
                        """),
                Attempt.refused("our working folder", "attempt(os.listdir, \"WORKING_FOLDER\")"),
                Attempt.refused("a file of the host", "attempt(open, \"SECRET_FILE\")"),
                Attempt.refused(
                        "up and out", "attempt(open, \"/scratch/../../../../..SECRET_FILE\")"),
                Attempt.refused(
                        "a symbolic link out",
                        """
                        os.symlink("SECRET_FILE", "link")
                        attempt(open, "link")
                        os.symlink("HOST_FOLDER", "folder")
                        attempt(os.listdir, "folder")
                        attempt(open, "folder/new", "w")
                        """),
                Attempt.refused(
                        "a hard link",
                        """
                        attempt(os.link, "/usr/bin/env", "link")
                        attempt(os.link, "/proc/1/environ", "link")
                        """),
                Attempt.refused(
                        "writing outside",
                        """
                        for folder in ["/", "/usr", "/usr/bin", "/usr/local", "/lib", "/dev", "/dev/shm", "/proc", "/program", "/var", "/etc", "/root", "/home", "HOST_FOLDER"]:
                            attempt(open, os.path.join(folder, "new"), "w")
                            attempt(os.mkdir, os.path.join(folder, "new"))
                        """),
                Attempt.refused(
                        "changing its own source",
                        """
                        attempt(open, "/program/main.py", "a")
                        attempt(os.remove, "/program/main.py")
                        attempt(os.rename, "/program", "/scratch/program")
                        attempt(os.chmod, "/program/main.py", 0o777)
                        """),
                Attempt.refused(
                        "the environment",
                        """
                        ours = {"PATH", "HOME", "TMPDIR", "LANG", "PWD", "PYTHONHASHSEED", "MALLOC_ARENA_MAX", "LD_LIBRARY_PATH", "LC_CTYPE"}
                        check(set(os.environ) - ours, set(os.environ))
                        """),
                Attempt.refused(
                        "the environment of the first process",
                        """
                        # Shells set these themselves.
                        harmless = {b"PWD", b"OLDPWD", b"SHLVL", b"_"}
                        try:
                            data = open("/proc/1/environ", "rb").read()
                        except OSError:
                            data = b""
                        names = {entry.split(b"=")[0] for entry in data.split(b"\\0") if entry}
                        check(names - harmless, names)
                        """),
                Attempt.refused(
                        "processes of the host",
                        """
                        pids = [name for name in os.listdir("/proc") if name.isdigit()]
                        lines = [open("/proc/" + pid + "/cmdline", "rb").read() for pid in pids]
                        check(len(pids) > 2 or any(b"java" in line for line in lines), lines)
                        """),
                Attempt.refused(
                        "around the root through /proc",
                        """
                        for pid in ["1", "self"]:
                            attempt(open, "/proc/%s/root/etc/passwd" % pid)
                            attempt(open, "/proc/%s/root/SECRET_FILE" % pid)
                            attempt(open, "/proc/" + pid + "/cwd/../etc/passwd")
                        """),
                Attempt.refused(
                        "open files that were passed on",
                        """
                        def target(fd):
                            try:
                                return os.readlink("/proc/self/fd/" + fd)
                            except OSError:
                                return "" # the folder that was listed
                        targets = [target(fd) for fd in os.listdir("/proc/self/fd")]
                        fine = ("pipe:", "/proc/", "/program/main.py")
                        check([t for t in targets if t and not t.startswith(fine)], targets)
                        """),
                Attempt.refused(
                        "settings of the kernel",
                        """
                        for path in ["kernel/core_pattern", "kernel/hostname", "vm/overcommit_memory", "user/max_user_namespaces", "net/ipv4/ip_forward"]:
                            attempt(open, "/proc/sys/" + path, "r+")
                        attempt(open, "/proc/sysrq-trigger", "w")
                        def put(path, text):
                            return os.write(os.open(path, os.O_WRONLY), text)
                        attempt(put, "/proc/self/uid_map", b"0 0 1")
                        attempt(put, "/proc/self/oom_score_adj", b"-1000")
                        """),
                Attempt.refused(
                        "the kernel's memory and messages",
                        """
                        attempt(lambda: open("/proc/kcore", "rb").read(1))
                        attempt(lambda: open("/proc/kmsg", "rb").read(1))
                        attempt(os.listdir, "/sys")
                        """),
                Attempt.refused(
                        "devices",
                        """
                        for name in ["sda", "vda", "nvme0n1", "mem", "kmem", "port", "kvm", "fuse", "vsock", "loop0", "net/tun", "kmsg", "input", "dri"]:
                            attempt(open, "/dev/" + name, "rb")
                        """),
                Attempt.refused(
                        "making a device",
                        """
                        import stat
                        attempt(os.mknod, "disk", 0o666 | stat.S_IFBLK, os.makedev(8, 0))
                        attempt(os.mknod, "memory", 0o666 | stat.S_IFCHR, os.makedev(1, 1))
                        """),
                Attempt.refused(
                        "packages of the host",
                        """
                        import site
                        folders = [f for f in sys.path + site.getsitepackages() if f.endswith("-packages")]
                        names = [name for f in folders if os.path.isdir(f) for name in os.listdir(f)]
                        check(names, names)
                        """));
    }
}
