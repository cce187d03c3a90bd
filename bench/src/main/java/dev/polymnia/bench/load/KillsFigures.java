package dev.polymnia.bench.load;

import dev.polymnia.server.store.RunState;
import dev.polymnia.testkit.ChildServer;
import dev.polymnia.testkit.ToldRuns;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// Kills the server (`kill -9`) again and again while it is at work: what it has told has to be
/// there.
///
/// @param times how often
record KillsFigures(PrintStream out, int times) {
    private static final int CLIENTS = 8;
    private static final int TOKENS = 120;
    private static final int SECONDS = 120;

    boolean run() throws IOException, InterruptedException, SQLException {
        ToldRuns told = new ToldRuns();
        Random random = new Random(1);
        Map<String, Integer> settings = Map.of("RUNS", CLIENTS);
        try (Program program = new Program()) {
            for (int i = 0; i < times; i++) {
                int enough = random.nextInt(50, 400);
                try (ChildServer server = program.start(settings);
                        Load load = new Load(server.url(), TOKENS, told).with(CLIENTS)) {
                    load.await(enough + " events are told", SECONDS, now -> now.events() >= enough);
                    load.leave();
                    server.kill();
                }
            }
            out.println("killed %d times, %d clients".formatted(times, CLIENTS));
            boolean held = Aftermath.inFolder(program.folder(), told).tell(out, told);
            String integrity = Aftermath.integrity(program.folder());
            out.println("pragma integrity_check: " + integrity);
            try (ChildServer server = program.start(settings);
                    Load load = new Load(server.url(), TOKENS, told)) {
                load.followAll(told.runs());
            }
            out.println("after another start, when all are over:");
            Aftermath end = Aftermath.inFolder(program.folder(), told);
            Set<RunState> states = end.states().keySet();
            return end.tell(out, told)
                    && held
                    && integrity.equals("ok")
                    && states.stream().allMatch(RunState::isOver);
        }
    }
}
