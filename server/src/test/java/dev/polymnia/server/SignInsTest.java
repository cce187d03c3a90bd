package dev.polymnia.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.server.people.Key;
import dev.polymnia.server.people.Password;
import dev.polymnia.server.people.Person;
import dev.polymnia.server.people.PersonName;
import dev.polymnia.server.people.Role;
import dev.polymnia.server.people.Scope;
import dev.polymnia.server.people.Secret;
import dev.polymnia.server.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Who tries passwords.
@Timeout(120)
final class SignInsTest {
    private static final Password RIGHT = new Password("a horse and a battery");
    private static final Password WRONG = new Password("a horse and no battery");

    private Instant now = Instant.parse("2026-11-29T12:00:00Z");
    private Store store;
    private SignIns signIns;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = Store.inFolder(folder, EventJson::line);
        Household household = new Household(store, new Audit(store.audit()), () -> now);
        Person ada = Person.create(new PersonName("Ada"), Role.OWNER, now);
        Secret secret = Secret.random();
        household.begin(ada, Key.create(ada.id(), "x", secret, Scope.ALL, now, null), secret);
        store.sessions().setPassword(ada.id(), RIGHT.hash());
        signIns = new SignIns(household, () -> now, new Hashing(1, () -> 0, Duration.ofMinutes(1)));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private int status(String name, Password password) {
        try {
            return signIns.signIn(name, password).name().text().equals("Ada") ? 200 : 500;
        } catch (ApiError error) {
            return error.status();
        }
    }

    private void wait(Duration time) {
        now = now.plus(time);
    }

    @Test
    void who_is_wrong_too_often_waits_longer_each_time() {
        for (int i = 0; i < 5; i++) {
            assertThat(status("Ada", WRONG)).isEqualTo(401);
        }
        assertThat(status("Ada", RIGHT)).isEqualTo(429);
        assertThat(status(" ADA", RIGHT)).isEqualTo(429);
        wait(Duration.ofSeconds(1));
        assertThat(status("Ada", WRONG)).isEqualTo(401);
        wait(Duration.ofSeconds(1));
        assertThatThrownBy(() -> signIns.signIn("Ada", RIGHT))
                .isInstanceOf(ApiError.class)
                .hasMessageContaining("6 times")
                .hasMessageContaining("in 2 seconds");
        wait(Duration.ofSeconds(1));

        assertThat(status("Ada", RIGHT)).isEqualTo(200);
        // All is forgotten then.
        assertThat(status("Ada", WRONG)).isEqualTo(401);
        assertThat(status("Ada", RIGHT)).isEqualTo(200);
    }

    @Test
    void nobody_waits_longer_than_a_quarter_of_an_hour() {
        for (int i = 0; i < 20; i++) {
            assertThat(status("Ada", WRONG)).isEqualTo(401);
            wait(Duration.ofMinutes(15));
        }
        assertThat(status("Ada", RIGHT)).isEqualTo(200);
    }

    @Test
    void whether_there_is_such_a_person_is_not_told() {
        for (int i = 0; i < 5; i++) {
            assertThat(status("Eve", WRONG)).isEqualTo(401);
        }
        assertThat(status("Eve", WRONG)).isEqualTo(429);
        assertThat(status("Ada", RIGHT)).isEqualTo(200);
    }
}
