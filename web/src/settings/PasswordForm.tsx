import { useState } from 'react';
import { asProblem, Problem } from '../api/problem.ts';
import type { Person } from '../api/types.ts';
import { Notice } from '../app/Notice.tsx';
import { useAct } from '../app/useAct.ts';
import { useWords } from '../words/words.ts';
import { household } from './household.ts';
import { Part } from './Part.tsx';

/** Changes one's own password. */
export function PasswordForm({ person, onDone }: { person: Person; onDone: () => void }) {
    const words = useWords();
    const [current, setCurrent] = useState('');
    const [password, setPassword] = useState('');
    const [changed, setChanged] = useState(false);
    const { busy, problem, act } = useAct();
    const wrong = problem?.kind === 'signed-out';
    return (
        <Part title={words.profile.changePassword}>
            <form
                onSubmit={(event) => {
                    event.preventDefault();
                    setChanged(false);
                    act(
                        () =>
                            household.changePassword(person.id, password, current).catch((error: unknown) => {
                                if (asProblem(error).kind === 'signed-out') {
                                    // The password is wrong, or nobody is signed in any more.
                                    onDone();
                                }
                                throw error;
                            }),
                        () => {
                            // There is another session.
                            onDone();
                            setCurrent('');
                            setPassword('');
                            setChanged(true);
                        },
                    );
                }}
            >
                {problem !== null && (
                    <Notice problem={wrong ? new Problem('refused', words.profile.wrongPassword) : problem} />
                )}
                {/* Password managers want to know whose it is. */}
                <input hidden autoComplete="username" readOnly value={person.name} />
                <label className="field">
                    {words.profile.current}
                    <input
                        type="password"
                        autoComplete="current-password"
                        maxLength={128}
                        readOnly={busy}
                        value={current}
                        onChange={(event) => setCurrent(event.target.value)}
                    />
                    <span className="note">{words.profile.currentWords}</span>
                </label>
                <label className="field">
                    {words.profile.next}
                    <input
                        type="password"
                        autoComplete="new-password"
                        required
                        minLength={12}
                        maxLength={128}
                        readOnly={busy}
                        value={password}
                        onChange={(event) => setPassword(event.target.value)}
                    />
                    <span className="note">{words.passwordWords}</span>
                </label>
                <div className="actions">
                    <button type="submit" disabled={busy || password === ''}>
                        {words.save}
                    </button>
                    <p className="note" role="status">
                        {changed ? words.profile.changed : ''}
                    </p>
                </div>
            </form>
        </Part>
    );
}
