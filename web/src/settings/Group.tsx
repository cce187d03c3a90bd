import { useCallback, useState } from 'react';
import type { Person } from '../api/types.ts';
import { Notice } from '../app/Notice.tsx';
import { useAct } from '../app/useAct.ts';
import { useWords } from '../words/words.ts';
import { Checks } from './Checks.tsx';
import { Confirm } from './Confirm.tsx';
import { changesOf, filled, type Changes } from './group.ts';
import { household } from './household.ts';
import { Part } from './Part.tsx';
import { Quotas } from './Quotas.tsx';
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
    // Who is gone is in no group any more.
    const group = useRead(useCallback(() => household.group(id), [id, people]));
    const [changes, setChanges] = useState<Changes>({});
    const [removed, setRemoved] = useState(false);
    const { busy, problem, act } = useAct();
    const wrong = problem ?? group.problem;
    const read = group.value;
    const before = read?.value.people ?? [];
    const chosen = filled(before, changes, people.map((person) => person.id));
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
                                    .fill(id, chosen, read.tag)
                                    // Somebody else may have changed it: then it is read anew.
                                    .finally(group.reload),
                            () => {
                                setChanges({});
                                onChanged();
                            },
                        );
                    }}
                >
                    <fieldset disabled={busy}>
                        <Checks
                            legend={words.members.inGroup}
                            options={people.map((person) => [person.id, person.name])}
                            chosen={chosen}
                            onChoose={(wanted) => setChanges(changesOf(before, wanted))}
                        />
                    </fieldset>
                    <div className="actions">
                        <button type="submit" disabled={busy || Object.keys(changesOf(before, chosen)).length === 0}>
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
