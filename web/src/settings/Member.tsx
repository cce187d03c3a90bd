import { useState } from 'react';
import type { Person } from '../api/types.ts';
import { Notice } from '../app/Notice.tsx';
import { useWords } from '../words/words.ts';
import { Choice } from './Choice.tsx';
import { Confirm } from './Confirm.tsx';
import { household, ROLES } from './household.ts';
import { joinLink } from './joinLink.ts';
import { Keys } from './Keys.tsx';
import { NameForm } from './NameForm.tsx';
import { Part } from './Part.tsx';
import { Quotas } from './Quotas.tsx';
import { Secret } from './Secret.tsx';
import { Sessions } from './Sessions.tsx';
import { useAct } from './useAct.ts';

/** One of those who share the server, as an owner sees them. */
export function Member({
    person,
    isSelf,
    onChanged,
}: {
    person: Person;
    isSelf: boolean;
    onChanged: () => void;
}) {
    const words = useWords();
    const [link, setLink] = useState('');
    const [erased, setErased] = useState(false);
    const { busy, problem, act } = useAct();
    return (
        <>
            {problem !== null && <Notice problem={problem} />}
            <NameForm person={person} onDone={onChanged} />
            <Choice
                label={words.members.role}
                value={person.role}
                options={ROLES.map((role) => [role, words.members.roleWords[role]])}
                onChoose={(role) => act(() => household.change(person.id, { role }), onChanged)}
            />
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
                        {link === '' ? (
                            <button
                                type="button"
                                disabled={busy}
                                onClick={() =>
                                    act(
                                        () => household.invite({ person: person.id }),
                                        ({ secret }) => setLink(joinLink(secret)),
                                    )
                                }
                            >
                                {words.members.newWay}
                            </button>
                        ) : (
                            <Secret label={words.members.newWay} note={words.members.once} text={link} />
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
                        onChanged();
                    }}
                    onClose={() => setErased(false)}
                />
            )}
        </>
    );
}
