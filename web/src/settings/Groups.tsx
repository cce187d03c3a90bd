import { useState } from 'react';
import type { Person } from '../api/types.ts';
import { Notice } from '../app/Notice.tsx';
import { useAct } from '../app/useAct.ts';
import { useWords } from '../words/words.ts';
import { Folded } from './Folded.tsx';
import { Group } from './Group.tsx';
import { household, type Group as Grouped } from './household.ts';
import { Part } from './Part.tsx';
import type { Read } from './useRead.ts';

/** People who spend together. */
export function Groups({ people, groups }: { people: readonly Person[]; groups: Read<Grouped[]> }) {
    const words = useWords();
    const [name, setName] = useState('');
    const { busy, problem, act } = useAct();
    const wrong = problem ?? groups.problem;
    return (
        <Part title={words.members.groups} note={words.members.groupsWords}>
            {wrong !== null && <Notice problem={wrong} />}
            <ul className="rows">
                {groups.value?.map((group) => (
                    <li key={group.id}>
                        <Folded
                            title={
                                <>
                                    <span dir="auto">{group.name}</span>
                                    <span className="note">{words.members.peopleOf(group.people.length)}</span>
                                </>
                            }
                        >
                            {() => <Group id={group.id} people={people} onChanged={groups.reload} />}
                        </Folded>
                    </li>
                ))}
            </ul>
            <form
                className="line"
                onSubmit={(event) => {
                    event.preventDefault();
                    act(
                        () => household.makeGroup(name.trim()),
                        () => {
                            setName('');
                            groups.reload();
                        },
                    );
                }}
            >
                <label className="field">
                    {words.members.groupName}
                    <input
                        autoComplete="off"
                        required
                        maxLength={60}
                        readOnly={busy}
                        value={name}
                        onChange={(event) => setName(event.target.value)}
                    />
                </label>
                <button type="submit" disabled={busy || name.trim() === ''}>
                    {words.members.makeGroup}
                </button>
            </form>
        </Part>
    );
}
