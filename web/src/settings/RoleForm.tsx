import { useState } from 'react';
import type { Person } from '../api/types.ts';
import { Notice } from '../app/Notice.tsx';
import { useWords } from '../words/words.ts';
import { Choice } from './Choice.tsx';
import { household, ROLES } from './household.ts';
import { useAct } from './useAct.ts';

/** Gives a person another role. */
export function RoleForm({ person, onDone }: { person: Person; onDone: () => void }) {
    const words = useWords();
    const [role, setRole] = useState(person.role);
    const { busy, problem, act } = useAct();
    return (
        <form
            className="part"
            onSubmit={(event) => {
                event.preventDefault();
                act(() => household.change(person.id, { role }), onDone);
            }}
        >
            {problem !== null && <Notice problem={problem} />}
            <div className="line">
                <Choice
                    label={words.members.role}
                    value={role}
                    options={ROLES.map((each) => [each, words.members.roleWords[each]])}
                    onChoose={setRole}
                />
                <button type="submit" disabled={busy || role === person.role}>
                    {words.save}
                </button>
            </div>
        </form>
    );
}
