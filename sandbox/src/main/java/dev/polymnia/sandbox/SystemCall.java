package dev.polymnia.sandbox;

/// System calls that programs in the box may not make, or not with all arguments, with their
/// numbers (Linux 6.15, `asm/unistd_64.h` for x86-64 and `asm-generic/unistd.h` for arm64).
///
/// Most of them would fail anyway for want of privileges; refusing them early takes the kernel's
/// code behind them out of reach. What such code was attacked through before is the reason for the
/// choice, which is close to what Docker's default profile and Flatpak leave out.
enum SystemCall {
    // Looking into and steering other processes.
    PTRACE(101, 117),
    PROCESS_VM_READV(310, 270),
    PROCESS_VM_WRITEV(311, 271),
    PROCESS_MADVISE(440, 440),
    PROCESS_MRELEASE(448, 448),
    KCMP(312, 272),
    PIDFD_GETFD(438, 438),

    // Namespaces and mounts.
    UNSHARE(272, 97),
    SETNS(308, 268),
    CHROOT(161, 51),
    PIVOT_ROOT(155, 41),
    MOUNT(165, 40),
    UMOUNT2(166, 39),
    OPEN_TREE(428, 428),
    MOVE_MOUNT(429, 429),
    FSOPEN(430, 430),
    FSCONFIG(431, 431),
    FSMOUNT(432, 432),
    FSPICK(433, 433),
    MOUNT_SETATTR(442, 442),
    OPEN_TREE_ATTR(467, 467),
    SETHOSTNAME(170, 161),
    SETDOMAINNAME(171, 162),

    // Files by other ways than their paths.
    NAME_TO_HANDLE_AT(303, 264),
    OPEN_BY_HANDLE_AT(304, 265),
    FANOTIFY_INIT(300, 262),
    QUOTACTL(179, 60),
    QUOTACTL_FD(443, 443),
    LOOKUP_DCOOKIE(212, 18),
    NFSSERVCTL(180, 42),
    USTAT(136, SystemCall.NONE),
    SYSFS(139, SystemCall.NONE),

    // Large and often attacked parts of the kernel.
    BPF(321, 280),
    PERF_EVENT_OPEN(298, 241),
    USERFAULTFD(323, 282),
    IO_URING_SETUP(425, 425),
    IO_URING_ENTER(426, 426),
    IO_URING_REGISTER(427, 427),
    ADD_KEY(248, 217),
    REQUEST_KEY(249, 218),
    KEYCTL(250, 219),
    PERSONALITY(135, 92),
    MODIFY_LDT(154, SystemCall.NONE),
    USELIB(134, SystemCall.NONE),
    MBIND(237, 235),
    SET_MEMPOLICY(238, 237),
    SET_MEMPOLICY_HOME_NODE(450, 450),
    MIGRATE_PAGES(256, 238),
    MOVE_PAGES(279, 239),

    // Memory that no limit of a process counts.
    MEMFD_CREATE(319, 279),
    MEMFD_SECRET(447, 447),
    SHMGET(29, 194),
    SEMGET(64, 190),
    MSGGET(68, 186),
    MQ_OPEN(240, 180),

    // The machine.
    KEXEC_LOAD(246, 104),
    KEXEC_FILE_LOAD(320, 294),
    CREATE_MODULE(174, SystemCall.NONE),
    INIT_MODULE(175, 105),
    FINIT_MODULE(313, 273),
    DELETE_MODULE(176, 106),
    QUERY_MODULE(178, SystemCall.NONE),
    REBOOT(169, 142),
    SWAPON(167, 224),
    SWAPOFF(168, 225),
    ACCT(163, 89),
    SYSLOG(103, 116),
    SYSCTL(156, SystemCall.NONE),
    SETTIMEOFDAY(164, 170),
    CLOCK_SETTIME(227, 112),
    ADJTIMEX(159, 171),
    CLOCK_ADJTIME(305, 266),
    VHANGUP(153, 58),
    IOPL(172, SystemCall.NONE),
    IOPERM(173, SystemCall.NONE),

    // It depends on their arguments.
    CLONE(56, 220),
    CLONE3(435, 435),
    SOCKET(41, 198),
    SOCKETPAIR(53, 199),
    IOCTL(16, 29);

    /// The number of a call that a machine does not have.
    static final int NONE = -1;

    private final int x86;
    private final int arm;

    SystemCall(int x86, int arm) {
        this.x86 = x86;
        this.arm = arm;
    }

    /// Returns its number on a machine, or [#NONE].
    int number(Machine machine) {
        return switch (machine) {
            case X86_64 -> x86;
            case AARCH64 -> arm;
        };
    }
}
