import { useCallback, useState } from 'react';
import type { Person } from '../api/types.ts';
import { Notice } from '../app/Notice.tsx';
import { useWords } from '../words/words.ts';
import { Checks } from './Checks.tsx';
import { Confirm } from './Confirm.tsx';
import { household } from './household.ts';
import { Part } from './Part.tsx';
import { Quotas } from './Quotas.tsx';
import { useAct } from './useAct.ts';
import { useRead } from './useRead.ts';

/** Who is in a group, and what they may spend together. */
export function Group({
    id,
    people,
    onChanged,
}: {
    id: string;
    people: readonly Person[];
    onChanged: () => void;
}) {
    const words = useWords();
    const group = useRead(useCallback(() => household.group(id), [id]));
    const [chosen, setChosen] = useState<string[] | null>(null);
    const [removed, setRemoved] = useState(false);
    const { busy, problem, act } = useAct();
    const wrong = problem ?? group.problem;
    const read = group.value;
    return (
        <>
            {wrong !== null && <Notice problem={wrong} />}
            {read !== null && (
                <form
                    onSubmit={(event) => {
                        event.preventDefault();
                        act(
                            () =>
                                household
                                    .fill(id, chosen ?? read.value.people, read.tag)
                                    // Somebody else may have changed it: then it is read anew.
                                    .finally(group.reload),
                            () => {
                                setChosen(null);
                                onChanged();
                            },
                        );
                    }}
                >
                    <Checks
                        legend={words.members.inGroup}
                        options={people.map((person) => [person.id, person.name])}
                        chosen={chosen ?? read.value.people}
                        onChoose={setChosen}
                    />
                    <div className="actions">
                        <button type="submit" disabled={busy || chosen === null}>
                            {words.save}
                        </button>
                    </div>
                </form>
            )}
            <Part title={words.quota.title}>
                <Quotas holder={{ group: id }} canChange />
            </Part>
            <button type="button" className="danger" onClick={() => setRemoved(true)}>
                {words.members.removeGroup}
            </button>
            {removed && (
                <Confirm
                    title={words.members.removeGroupThis(read?.value.name ?? '')}
                    note={words.members.removeGroupWords}
                    action={words.remove}
                    deed={() => household.removeGroup(id)}
                    onDone={() => {
                        setRemoved(false);
                        onChanged();
                    }}
                    onClose={() => setRemoved(false)}
                />
            )}
        </>
    );
}
