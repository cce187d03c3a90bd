package dev.polymnia.server.store;

import dev.polymnia.core.Fault;
import dev.polymnia.server.people.Invitation;
import dev.polymnia.server.people.OpenIdAccount;
import dev.polymnia.server.people.Person;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Keeps the accounts elsewhere by which people sign in; each is one person's. What a method
/// changed is committed when it returns.
///
/// All methods block for a moment and throw a [Fault] `UNAVAILABLE` if the database cannot be read
/// or written. Thread-safe.
public final class OpenIdStore {
    private final Database database;

    /// @param database stays the caller's
    OpenIdStore(Database database) {
        this.database = database;
    }

    /// Returns an account; empty if nobody signs in by it.
    public Optional<OpenIdAccount> find(String issuer, String subject) {
        return database.read(handle ->
                handle.createQuery(
                                "select * from openid_accounts where issuer = :issuer and subject ="
                                        + " :subject")
                        .bind("issuer", issuer)
                        .bind("subject", subject)
                        .map((row, _) -> account(row))
                        .findOne());
    }

    /// Returns the accounts of a person, the oldest first.
    public List<OpenIdAccount> of(String person) {
        return database.read(handle ->
                handle.createQuery(
                                "select * from openid_accounts where person = :person order by"
                                        + " created, id")
                        .bind("person", person)
                        .map((row, _) -> account(row))
                        .list());
    }

    private static OpenIdAccount account(ResultSet row) throws SQLException {
        return new OpenIdAccount(
                row.getString("id"),
                row.getString("person"),
                row.getString("issuer"),
                row.getString("subject"),
                Instant.ofEpochMilli(row.getLong("created")));
    }

    /// Links an account with its person, who is there already.
    ///
    /// @throws Fault `INVALID` if somebody signs in by it
    public void add(OpenIdAccount account) {
        database.change(handle -> insert(handle, account));
    }

    /// Lets somebody in who was not there.
    ///
    /// @throws Fault `INVALID` if somebody signs in by the account, or has the name, and then
    ///   nothing is changed
    public void admit(Person person, OpenIdAccount account) {
        database.change(handle -> {
            PeopleStore.insert(handle, person);
            insert(handle, account);
        });
    }

    /// Uses an invitation: lets a person in who has been invited, or is there already, and all of
    /// whose sessions end then.
    ///
    /// @return false if somebody else has used it, and then nothing is changed
    /// @throws Fault `INVALID` if somebody signs in by the account, or has the name, and then the
    ///   invitation can be used again
    public boolean accept(Invitation invitation, Person person, OpenIdAccount account) {
        return database.compute(handle -> {
            boolean first = SessionStore.take(handle, invitation.id());
            if (first) {
                if (invitation.person() == null) {
                    PeopleStore.insert(handle, person);
                }
                insert(handle, account);
                SessionStore.endAll(handle, person.id());
            }
            return first;
        });
    }

    private static void insert(Handle handle, OpenIdAccount account) {
        int added =
                handle.createUpdate(
                                "insert into openid_accounts (id, person, issuer, subject, created)"
                                        + " values (:id, :person, :issuer, :subject, :created) on"
                                        + " conflict (issuer, subject) do nothing")
                        .bind("id", account.id())
                        .bind("person", account.person())
                        .bind("issuer", account.issuer())
                        .bind("subject", account.subject())
                        .bind("created", account.created().toEpochMilli())
                        .execute();
        if (added == 0) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "Somebody signs in here by this account of the provider already; sign in by it,"
                            + " or choose another account there.");
        }
    }

    /// Takes a link away. Does nothing if the person has no account of that id.
    public void remove(String person, String id) {
        database.change(handle ->
                handle.createUpdate(
                                "delete from openid_accounts where id = :id and person = :person")
                        .bind("id", id)
                        .bind("person", person)
                        .execute());
    }
}
