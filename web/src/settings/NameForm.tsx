import { useState } from 'react';
import type { Person } from '../api/types.ts';
import { Notice } from '../app/Notice.tsx';
import { useWords } from '../words/words.ts';
import { household } from './household.ts';
import { useAct } from './useAct.ts';

/** Gives a person another name. */
export function NameForm({ person, onDone }: { person: Person; onDone: () => void }) {
    const words = useWords();
    const [name, setName] = useState(person.name);
    const { busy, problem, act } = useAct();
    return (
        <form
            className="part"
            onSubmit={(event) => {
                event.preventDefault();
                act(() => household.change(person.id, { name: name.trim() }), onDone);
            }}
        >
            {problem !== null && <Notice problem={problem} />}
            <div className="line">
                <label className="field">
                    {words.profile.name}
                    <input
                        autoComplete="off"
                        required
                        maxLength={60}
                        readOnly={busy}
                        value={name}
                        onChange={(event) => setName(event.target.value)}
                    />
                </label>
                <button type="submit" disabled={busy || name.trim() === '' || name.trim() === person.name}>
                    {words.save}
                </button>
            </div>
        </form>
    );
}
