package dev.polymnia.server;

import dev.polymnia.core.Mode;
import dev.polymnia.server.people.Invitation;
import dev.polymnia.server.people.Key;
import dev.polymnia.server.people.OpenIdAccount;
import dev.polymnia.server.people.Person;
import dev.polymnia.server.people.Quota;
import dev.polymnia.server.people.Session;
import dev.polymnia.server.people.Standing;
import dev.polymnia.server.people.Window;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// People, keys and quotas as objects for clients. Stateless.
final class PeopleJson {
    private PeopleJson() {}

    static void put(ObjectNode object, Person person) {
        object.put("id", person.id());
        object.put("object", "person");
        object.put("name", person.name().text());
        object.put("role", person.role().word());
        object.put("created", person.created().getEpochSecond());
    }

    static void put(ObjectNode object, Key key) {
        object.put("id", key.id());
        object.put("object", "key");
        object.put("person", key.person());
        object.put("name", key.name());
        object.put("prefix", key.prefix());
        ArrayNode models = object.putArray("models");
        key.scope().models().stream().sorted().forEach(models::add);
        ArrayNode modes = object.putArray("modes");
        key.scope().modes().stream().sorted().map(Mode::word).forEach(modes::add);
        object.put("tools", key.scope().tools());
        object.put("manages", key.scope().manages());
        object.put("created", key.created().getEpochSecond());
        put(object, "expires", key.expires());
        put(object, "used", key.used());
    }

    static void put(ObjectNode object, OpenIdAccount account) {
        object.put("id", account.id());
        object.put("object", "openid_account");
        object.put("issuer", account.issuer());
        object.put("subject", account.subject());
        object.put("created", account.created().getEpochSecond());
    }

    static void put(ObjectNode object, Session session) {
        object.put("id", session.id());
        object.put("object", "session");
        object.put("person", session.person());
        object.put("client", session.client());
        put(object, "created", session.created());
        put(object, "used", session.used());
    }

    static void put(ObjectNode object, Invitation invitation) {
        object.put("id", invitation.id());
        object.put("object", "invitation");
        object.put("person", invitation.person());
        object.put("role", invitation.role().word());
        put(object, "created", invitation.created());
        put(object, "expires", invitation.expires());
    }

    static void put(ObjectNode object, Standing standing) {
        Quota quota = standing.quota();
        Window window = quota.window();
        Mode mode = quota.mode();
        object.put("resource", quota.resource().word());
        object.put("per", window == null ? null : window.word());
        object.put("mode", mode == null ? null : mode.word());
        object.put("limit", quota.limit());
        object.put("spent", standing.spent());
        object.put("reserved", standing.reserved());
        object.put("left", standing.left());
        put(object, "renewed", standing.renewed());
    }

    private static void put(ObjectNode object, String field, @Nullable Instant moment) {
        object.put(field, moment == null ? null : Long.valueOf(moment.getEpochSecond()));
    }
}
