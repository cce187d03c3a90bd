package dev.polymnia.server;

import dev.polymnia.server.store.Store;
import java.time.ZoneId;

/// Zones of what is kept in a folder.
final class SqliteZoneTest extends ZoneContract {
    @Override
    Store open(ZoneId chosen) {
        return Store.inFolder(folder, EventJson::line, chosen);
    }
}
