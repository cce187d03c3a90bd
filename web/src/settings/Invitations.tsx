import { useState } from 'react';
import type { Person } from '../api/types.ts';
import { Notice } from '../app/Notice.tsx';
import { useWords } from '../words/words.ts';
import { Choice } from './Choice.tsx';
import { household, ROLES, type Role } from './household.ts';
import { joinLink } from './joinLink.ts';
import { Part } from './Part.tsx';
import { Secret } from './Secret.tsx';
import { useAct } from './useAct.ts';
import { useRead } from './useRead.ts';
import { day } from './when.ts';

/** Links that let somebody in: makes one, and takes those back that nobody has used. */
export function Invitations({ people }: { people: readonly Person[] }) {
    const words = useWords();
    const open = useRead(household.invitations);
    const [role, setRole] = useState<Role>('member');
    const [link, setLink] = useState('');
    const { busy, problem, act } = useAct();
    const wrong = problem ?? open.problem;
    const name = (id: string | null) => people.find((person) => person.id === id)?.name;
    return (
        <Part title={words.invite} note={words.inviteWords}>
            {wrong !== null && <Notice problem={wrong} />}
            <form
                className="line"
                onSubmit={(event) => {
                    event.preventDefault();
                    act(
                        () => household.invite({ role }),
                        ({ secret }) => {
                            setLink(joinLink(secret));
                            open.reload();
                        },
                    );
                }}
            >
                <Choice
                    label={words.members.asWhat}
                    value={role}
                    options={ROLES.map((each) => [each, words.roles[each]])}
                    onChoose={setRole}
                />
                <button type="submit" disabled={busy}>
                    {words.makeLink}
                </button>
            </form>
            {link !== '' && <Secret label={words.invite} note={words.members.once} text={link} />}
            {(open.value?.length ?? 0) > 0 && (
                <ul className="rows" aria-label={words.members.open}>
                    {open.value?.map((invitation) => (
                        <li key={invitation.id}>
                            <span>
                                {name(invitation.person) ?? words.roles[invitation.role]}
                                <span className="note">
                                    {`${words.since(day(invitation.created, words))} · ${words.until(day(invitation.expires, words))}`}
                                </span>
                            </span>
                            <button
                                type="button"
                                disabled={busy}
                                onClick={() => act(() => household.withdraw(invitation.id), open.reload)}
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
