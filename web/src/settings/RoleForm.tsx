import { useState } from 'react';
import type { Person } from '../api/types.ts';
import { useAct } from '../app/useAct.ts';
import { useWords } from '../words/words.ts';
import { Choice } from './Choice.tsx';
import { household, ROLES } from './household.ts';
import { LineForm } from './LineForm.tsx';

/** Gives a person another role. */
export function RoleForm({ person, onDone }: { person: Person; onDone: () => void }) {
    const words = useWords();
    const [role, setRole] = useState(person.role);
    const { busy, problem, act } = useAct();
    return (
        <LineForm
            problem={problem}
            ready={!busy && role !== person.role}
            onSave={() => act(() => household.change(person.id, { role }), onDone)}
        >
            <Choice
                label={words.members.role}
                value={role}
                options={ROLES.map((each) => [each, words.members.roleWords[each]])}
                onChoose={setRole}
            />
        </LineForm>
    );
}
