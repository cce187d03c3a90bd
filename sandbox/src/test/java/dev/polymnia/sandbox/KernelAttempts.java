package dev.polymnia.sandbox;

import java.util.List;

/// Attempts at other processes, at rights, and at the kernel.
final class KernelAttempts {
    private KernelAttempts() {}

    static List<Attempt> all() {
        return List.of(
                Attempt.refused(
                        "killing the first process",
                        """
                        import signal
                        for number in [signal.SIGTERM, signal.SIGKILL, signal.SIGSTOP]:
                            try:
                                os.kill(1, number)
                            except PermissionError:
                                pass
                        check(not os.path.exists("/proc/1"), "the first process is alive")
                        """),
                Attempt.refused(
                        "killing everything",
                        """
                        import signal
                        try:
                            os.kill(-1, signal.SIGKILL)
                        except OSError:
                            pass
                        check(False, "alive")
                        """),
                Attempt.refused(
                        "killing a process of the host",
                        """
                        import signal
                        attempt(os.kill, LISTENER_PID, signal.SIGKILL)
                        attempt(os.pidfd_open, LISTENER_PID)
                        """),
                Attempt.refused(
                        "killing the parent's group",
                        """
                        import signal
                        attempt(os.kill, -LISTENER_PID, signal.SIGKILL)
                        check(os.getppid() > 1, os.getppid())
                        """),
                Attempt.refusedCall(
                        "looking into another process",
                        """
                        call(101, 117, 16, 1, 0, 0) # ptrace, PTRACE_ATTACH
                        call(101, 117, 0, 0, 0, 0) # ptrace, PTRACE_TRACEME
                        call(310, 270, 1, 0, 0, 0, 0, 0) # process_vm_readv
                        call(311, 271, 1, 0, 0, 0, 0, 0) # process_vm_writev
                        call(438, 438, 0, 0, 0) # pidfd_getfd
                        """),
                Attempt.refusedCall(
                        "mounting",
                        """
                        libc.mount.restype = ctypes.c_int
                        check(libc.mount(b"none", b"/scratch", b"tmpfs", 0, None) != -1, "mount")
                        check(libc.mount(b"none", b"/", None, 1 << 5, None) != -1, "remount")
                        check(libc.umount2(b"/usr/local", 2) != -1, "umount")
                        call(155, 41, 0, 0) # pivot_root
                        call(428, 428, -100, 0, 0) # open_tree
                        call(430, 430, 0, 0) # fsopen
                        call(442, 442, -100, 0, 0, 0, 0) # mount_setattr
                        """),
                Attempt.refusedCall(
                        "namespaces of its own",
                        """
                        for flag in [0x10000000, 0x00020000, 0x40000000, 0x20000000]:
                            check(libc.unshare(flag) != -1, hex(flag))
                            child = call(56, 220, flag | 17, 0, 0, 0, 0) # clone
                            if child == 0:
                                os._exit(0)
                        call(435, 435, 0, 0) # clone3
                        check(libc.setns(os.open("/proc/self/ns/net", os.O_RDONLY), 0) != -1, "setns")
                        """),
                Attempt.refused(
                        "another root",
                        """
                        os.mkdir("root")
                        attempt(os.chroot, "root")
                        attempt(os.chroot, "/usr")
                        """),
                Attempt.refused(
                        "becoming root",
                        """
                        check(os.getuid() == 0 or os.geteuid() == 0 or os.getgid() == 0, os.getresuid())
                        attempt(os.setuid, 0)
                        attempt(os.setgid, 0)
                        attempt(os.setresuid, 0, 0, 0)
                        attempt(os.setgroups, [0])
                        """),
                Attempt.refused(
                        "rights",
                        """
                        lines = open("/proc/self/status").read().splitlines()
                        values = dict(line.split(":", 1) for line in lines)
                        for name in ["CapPrm", "CapEff", "CapInh", "CapAmb"]:
                            check(int(values[name], 16) != 0, name + values[name])
                        check(int(values["NoNewPrivs"]) != 1, values["NoNewPrivs"])
                        check(int(values["Seccomp"]) != 2, values["Seccomp"])
                        """),
                Attempt.refused(
                        "programs that give rights",
                        """
                        import subprocess
                        def start(*command):
                            done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=20)
                            if done.returncode != 0 or b"uid=0" not in done.stdout:
                                raise PermissionError(done.returncode)
                            return done.stdout
                        attempt(start, "/usr/bin/su", "-c", "id")
                        attempt(start, "/usr/bin/sudo", "-n", "id")
                        attempt(start, "/usr/bin/newgrp", "root")
                        attempt(start, "/usr/bin/pkexec", "id")
                        """),
                Attempt.refused(
                        "a sandbox in the sandbox",
                        """
                        import subprocess
                        def start(*command):
                            subprocess.run(command, check=True, capture_output=True, timeout=20)
                        attempt(start, "/usr/bin/bwrap", "--unshare-user", "--dev-bind", "/", "/", "/usr/bin/env")
                        attempt(start, "/usr/bin/unshare", "--user", "--map-root-user", "/usr/bin/env")
                        attempt(start, "/usr/bin/nsenter", "--target", "1", "--mount", "/usr/bin/env")
                        """),
                Attempt.refusedCall(
                        "parts of the kernel that were often attacked",
                        """
                        call(321, 280, 0, 0, 0) # bpf
                        call(298, 241, 0, 0, -1, -1, 0) # perf_event_open
                        call(323, 282, 0) # userfaultfd
                        call(425, 425, 1, 0) # io_uring_setup
                        call(248, 217, 0, 0, 0, 0, -3) # add_key
                        call(250, 219, 0, -3, 0) # keyctl
                        call(135, 92, 0xffffffff) # personality
                        call(303, 264, -100, 0, 0, 0, 0) # name_to_handle_at
                        call(304, 265, -1, 0, 0) # open_by_handle_at
                        """),
                Attempt.refusedCall(
                        "the machine",
                        """
                        import time
                        call(169, 142, 0, 0, 0, 0) # reboot, with wrong magic numbers
                        call(246, 104, 0, 0, 0, 0) # kexec_load
                        call(175, 105, 0, 0, 0) # init_module
                        call(167, 224, 0, 0) # swapon
                        call(103, 116, 3, 0, 0) # syslog
                        attempt(time.clock_settime, time.CLOCK_REALTIME, 0)
                        attempt(__import__("socket").sethostname, "outside")
                        """),
                Attempt.refused(
                        "typing into a terminal",
                        """
                        import fcntl, termios
                        def type_word():
                            _, terminal = os.openpty()
                            fcntl.ioctl(terminal, termios.TIOCSTI, b"x")
                        attempt(type_word)
                        attempt(open, "/dev/tty")
                        """));
    }
}
