import { useState } from 'react';
import type { Person } from '../api/types.ts';
import { Notice } from '../app/Notice.tsx';
import { joinAddress } from '../app/place.ts';
import { useAct } from '../app/useAct.ts';
import { useWords, type Words } from '../words/words.ts';
import { Choice } from './Choice.tsx';
import { household, ROLES, type Invitation, type Made, type Role } from './household.ts';
import { Part } from './Part.tsx';
import { Secret } from './Secret.tsx';
import type { Read } from './useRead.ts';
import { day } from './when.ts';

/** Links that let somebody in: makes one, and takes those back that nobody has used. */
export function Invitations({
    people,
    open,
    withdrawn,
    onWithdrawn,
}: {
    people: readonly Person[];
    open: Read<Invitation[]>;
    /** Those that were taken back. */
    withdrawn: readonly string[];
    onWithdrawn: (id: string) => void;
}) {
    const words = useWords();
    const [role, setRole] = useState<Role>('member');
    const [made, setMade] = useState<Made | null>(null);
    const { busy, problem, act } = useAct();
    const wrong = problem ?? open.problem;
    const name = (invitation: Invitation) =>
        people.find((person) => person.id === invitation.person)?.name ?? words.roles[invitation.role];
    return (
        <Part title={words.invite} note={words.inviteWords}>
            {wrong !== null && <Notice problem={wrong} />}
            <form
                className="line"
                onSubmit={(event) => {
                    event.preventDefault();
                    act(
                        () => household.invite({ role }),
                        ({ id, secret }) => {
                            setMade({ id, secret });
                            open.reload();
                        },
                    );
                }}
            >
                <Choice
                    label={words.members.role}
                    value={role}
                    options={ROLES.map((each) => [each, words.roles[each]])}
                    onChoose={setRole}
                />
                <button type="submit" disabled={busy}>
                    {words.makeLink}
                </button>
            </form>
            {made !== null && !withdrawn.includes(made.id) && (
                <Secret label={words.invite} text={joinAddress(window.location.origin, made.secret)} />
            )}
            {(open.value?.length ?? 0) > 0 && (
                <ul className="rows" aria-label={words.members.open}>
                    {open.value?.map((invitation) => (
                        <li key={invitation.id}>
                            <span>
                                {name(invitation)}
                                <span className="note">{lasts(invitation, words)}</span>
                            </span>
                            <button
                                type="button"
                                disabled={busy}
                                aria-label={`${words.members.withdraw}: ${name(invitation)}, ${lasts(invitation, words)}`}
                                onClick={() =>
                                    act(
                                        () => household.withdraw(invitation.id),
                                        () => {
                                            onWithdrawn(invitation.id);
                                            open.reload();
                                        },
                                    )
                                }
                            >
                                {words.members.withdraw}
                            </button>
                        </li>
                    ))}
                </ul>
            )}
        </Part>
    );
}

function lasts({ created, expires }: Invitation, words: Words): string {
    return `${words.since(day(created, words))} · ${words.until(day(expires, words))}`;
}
