import { useState } from 'react';
import type { Person } from '../api/types.ts';
import { Notice } from '../app/Notice.tsx';
import { joinAddress } from '../app/place.ts';
import { useAct } from '../app/useAct.ts';
import { useWords } from '../words/words.ts';
import { Confirm } from './Confirm.tsx';
import { household, type Made } from './household.ts';
import { Keys } from './Keys.tsx';
import { NameForm } from './NameForm.tsx';
import { Part } from './Part.tsx';
import { Quotas } from './Quotas.tsx';
import { RoleForm } from './RoleForm.tsx';
import { Secret } from './Secret.tsx';
import { Sessions } from './Sessions.tsx';

/** One of those who share the server, as an owner sees them. */
export function Member({
    person,
    isSelf,
    withdrawn,
    onChanged,
    onInvited,
    onErased,
}: {
    person: Person;
    isSelf: boolean;
    /** Invitations that were taken back. */
    withdrawn: readonly string[];
    onChanged: () => void;
    onInvited: () => void;
    onErased: () => void;
}) {
    const words = useWords();
    const [made, setMade] = useState<Made | null>(null);
    const [erased, setErased] = useState(false);
    const { busy, problem, act } = useAct();
    return (
        <>
            <NameForm key={person.name} person={person} onDone={onChanged} />
            <RoleForm key={person.role} person={person} onDone={onChanged} />
            <Part title={words.quota.title}>
                <Quotas holder={{ person: person.id }} canChange />
            </Part>
            {!isSelf && (
                <>
                    <Part title={words.profile.sessions}>
                        <Sessions person={person.id} current="" onOut={() => undefined} />
                    </Part>
                    <Keys person={person.id} canMake />
                    <Part title={words.members.lost} note={words.members.lostWords}>
                        {problem !== null && <Notice problem={problem} />}
                        {made === null || withdrawn.includes(made.id) ? (
                            <button
                                type="button"
                                disabled={busy}
                                onClick={() =>
                                    act(
                                        () => household.invite({ person: person.id }),
                                        ({ id, secret }) => {
                                            setMade({ id, secret });
                                            onInvited();
                                        },
                                    )
                                }
                            >
                                {words.members.newWay}
                            </button>
                        ) : (
                            <Secret
                                label={words.members.newWay}
                                text={joinAddress(window.location.origin, made.secret)}
                            />
                        )}
                    </Part>
                    <button type="button" className="danger" onClick={() => setErased(true)}>
                        {words.members.erase(person.name)}
                    </button>
                </>
            )}
            {erased && (
                <Confirm
                    title={words.members.eraseThis(person.name)}
                    note={words.members.eraseWords}
                    action={words.members.eraseNow}
                    deed={() => household.erase(person.id)}
                    onDone={() => {
                        setErased(false);
                        onErased();
                    }}
                    onClose={() => setErased(false)}
                />
            )}
        </>
    );
}
