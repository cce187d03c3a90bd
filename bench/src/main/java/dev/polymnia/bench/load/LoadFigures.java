package dev.polymnia.bench.load;

import java.io.PrintStream;

/// What the server does under load and with faults. Arguments: which, and how much of it:
///
/// - `watchers` SECONDS (300): 500 watchers who have nothing to read, and 64 runs at work
/// - `kills` TIMES (20): the server is killed in the midst of its work and started again
/// - `slow` READERS (20): they ask for a stream and do not read it
/// - `sign-ins` SECONDS (20): very many try to sign in
/// - `disk`: the disk gets full; needs root, for a file system of its own
/// - `lock` SECONDS (12): another process holds the lock of SQLite
/// - `postgres` SECONDS (5): PostgreSQL is stopped and started again
public final class LoadFigures {
    private LoadFigures() {}

    /// Prints the figures; ends with 1 if something is not as it should be.
    public static void main(String[] arguments) throws Exception {
        String which = arguments.length > 0 ? arguments[0] : "";
        PrintStream out = System.out;
        boolean held =
                switch (which) {
                    case "watchers" -> new WatchersFigures(out, size(arguments, 300)).run();
                    case "kills" -> new KillsFigures(out, size(arguments, 20)).run();
                    case "slow" -> new SlowFigures(out, size(arguments, 20)).run();
                    case "sign-ins" -> new SignInsFigures(out, size(arguments, 20)).run();
                    case "disk" -> new DiskFigures(out).run();
                    case "lock" -> new LockFigures(out, size(arguments, 12)).run();
                    case "postgres" -> new PostgresFigures(out, size(arguments, 5)).run();
                    default ->
                            throw new IllegalArgumentException(
                                    "'%s' is none of watchers, kills, slow, sign-ins, disk, lock, postgres"
                                            .formatted(which));
                };
        System.exit(held ? 0 : 1);
    }

    private static int size(String[] arguments, int usual) {
        int size = arguments.length > 1 ? Integer.parseInt(arguments[1]) : usual;
        if (size < 1 || size > 3600) {
            throw new IllegalArgumentException(size + " is too little or too much: 1 to 3600");
        }
        return size;
    }
}
