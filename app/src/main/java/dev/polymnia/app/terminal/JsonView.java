package dev.polymnia.app.terminal;

import dev.polymnia.agents.RunListener;
import dev.polymnia.core.run.RunEvent;
import dev.polymnia.server.EventJson;
import java.io.PrintWriter;

/// A run for programs: each event is one line of [JSON][EventJson]. Confined to the thread of the
/// run.
final class JsonView implements RunListener {
    private final PrintWriter out;

    JsonView(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void on(RunEvent event) {
        out.println(EventJson.line(event));
        out.flush();
    }
}
