import { useCallback, useState } from 'react';
import { Notice } from '../app/Notice.tsx';
import { useAct } from '../app/useAct.ts';
import { useWords } from '../words/words.ts';
import { Confirm } from './Confirm.tsx';
import { household, type Memory as Remembered } from './household.ts';
import { Part } from './Part.tsx';
import { Switch } from './Switch.tsx';
import { useRead } from './useRead.ts';

const LONGEST = 500;

/** What is remembered of a person, which is theirs to write, change and switch off. */
export function Memory({ person }: { person: string }) {
    const words = useWords();
    const memories = useRead(useCallback(() => household.memories(person), [person]));
    const [text, setText] = useState('');
    const [changed, setChanged] = useState<Remembered | null>(null);
    const [asked, setAsked] = useState<Remembered | null>(null);
    const { busy, problem, act } = useAct();
    const wrong = problem ?? memories.problem;
    return (
        <Part title={words.memory.title} note={words.memory.note}>
            {wrong !== null && <Notice problem={wrong} />}
            {memories.value !== null && (
                <Switch
                    label={words.memory.on}
                    on={memories.value.on}
                    turn={(on) => household.turnMemory(person, on)}
                    onTurned={memories.reload}
                />
            )}
            {memories.value?.data.length === 0 && <p className="note">{words.memory.nothing}</p>}
            <ul className="rows">
                {memories.value?.data.map((memory) =>
                    memory.id === changed?.id ? (
                        <li key={memory.id}>
                            <form
                                className="line"
                                onSubmit={(event) => {
                                    event.preventDefault();
                                    act(
                                        () => household.correct(person, memory.id, changed.text),
                                        () => {
                                            setChanged(null);
                                            memories.reload();
                                        },
                                    );
                                }}
                            >
                                <label className="field">
                                    <span className="hidden">{words.memory.what}</span>
                                    <input
                                        autoFocus
                                        required
                                        maxLength={LONGEST}
                                        readOnly={busy}
                                        value={changed.text}
                                        onChange={(event) => setChanged({ ...memory, text: event.target.value })}
                                    />
                                </label>
                                <button type="button" onClick={() => setChanged(null)}>
                                    {words.cancel}
                                </button>
                                <button type="submit" disabled={busy || changed.text.trim() === ''}>
                                    {words.save}
                                </button>
                            </form>
                        </li>
                    ) : (
                        <li key={memory.id}>
                            <span dir="auto">{memory.text}</span>
                            <button
                                type="button"
                                aria-label={`${words.edit}: ${memory.text}`}
                                onClick={() => setChanged(memory)}
                            >
                                {words.edit}
                            </button>
                            <button
                                type="button"
                                aria-label={`${words.memory.forget}: ${memory.text}`}
                                onClick={() => setAsked(memory)}
                            >
                                {words.memory.forget}
                            </button>
                        </li>
                    ),
                )}
            </ul>
            <form
                className="line"
                onSubmit={(event) => {
                    event.preventDefault();
                    act(
                        () => household.remember(person, text),
                        () => {
                            setText('');
                            memories.reload();
                        },
                    );
                }}
            >
                <label className="field">
                    {words.memory.what}
                    <input
                        required
                        maxLength={LONGEST}
                        readOnly={busy}
                        value={text}
                        onChange={(event) => setText(event.target.value)}
                    />
                </label>
                <button type="submit" disabled={busy || text.trim() === ''}>
                    {words.memory.remember}
                </button>
            </form>
            {asked !== null && (
                <Confirm
                    title={words.memory.forgetThis}
                    note={asked.text}
                    action={words.memory.forget}
                    deed={() => household.forget(person, asked.id)}
                    onDone={() => {
                        setAsked((before) => (before === asked ? null : before));
                        memories.reload();
                    }}
                    onClose={() => setAsked(null)}
                />
            )}
        </Part>
    );
}
