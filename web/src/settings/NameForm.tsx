import { useState } from 'react';
import type { Person } from '../api/types.ts';
import { useAct } from '../app/useAct.ts';
import { useWords } from '../words/words.ts';
import { household } from './household.ts';
import { LineForm } from './LineForm.tsx';

/** Gives a person another name. */
export function NameForm({ person, onDone }: { person: Person; onDone: () => void }) {
    const words = useWords();
    const [text, setText] = useState(person.name);
    const { busy, problem, act } = useAct();
    const name = text.trim();
    return (
        <LineForm
            problem={problem}
            ready={!busy && name !== '' && name !== person.name}
            onSave={() => act(() => household.change(person.id, { name }), onDone)}
        >
            <label className="field">
                {words.profile.name}
                <input
                    autoComplete="off"
                    required
                    maxLength={60}
                    readOnly={busy}
                    value={text}
                    onChange={(event) => setText(event.target.value)}
                />
            </label>
        </LineForm>
    );
}
