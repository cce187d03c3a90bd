import { useId, useRef, useState } from 'react';
import { asProblem, Problem } from '../api/problem.ts';
import { tell } from '../app/news.ts';
import { Notice } from '../app/Notice.tsx';
import { useWords } from '../words/words.ts';
import { Part } from './Part.tsx';
import { bring, type Brought } from './upload.ts';

/** Takes conversations along from elsewhere. It goes on when nobody looks at it any more. */
export function ImportFile() {
    const words = useWords();
    const [name, setName] = useState('');
    const [part, setPart] = useState<number | null>(null);
    const [brought, setBrought] = useState<Brought | null>(null);
    const [problem, setProblem] = useState<Problem | null>(null);
    const sent = useRef<AbortController | null>(null);
    const id = useId();

    async function send(file: File) {
        const controller = new AbortController();
        sent.current = controller;
        setName(file.name);
        setBrought(null);
        setProblem(null);
        setPart(0);
        try {
            setBrought(await bring(file, setPart, controller.signal));
            tell('');
        } catch (error) {
            if (!controller.signal.aborted) {
                const found = asProblem(error);
                if (found.kind === 'signed-out') {
                    window.dispatchEvent(new Event('polymnia:signed-out'));
                }
                // Some servers hang up in the midst of what is too long for them.
                setProblem(found.kind === 'gone' ? new Problem('refused', words.own.brokeOff) : found);
            }
        } finally {
            setPart(null);
        }
    }

    return (
        <Part title={words.own.import} note={words.own.importWords}>
            {problem !== null && <Notice problem={problem} />}
            <label className="field" htmlFor={id}>
                {words.own.file}
            </label>
            <input
                id={id}
                type="file"
                accept=".json,.zip,application/json,application/zip"
                disabled={part !== null}
                onChange={(event) => {
                    const file = event.target.files?.[0];
                    if (file !== undefined) {
                        void send(file);
                        // So that the same one can be chosen once more.
                        event.target.value = '';
                    }
                }}
            />
            {part !== null && (
                <div className="line">
                    <label className="field">
                        {part < 1 ? words.own.sending(name) : words.own.reading(name)}
                        <progress max={1} {...(part < 1 ? { value: part } : {})} />
                    </label>
                    {part < 1 && (
                        <button type="button" onClick={() => sent.current?.abort()}>
                            {words.cancel}
                        </button>
                    )}
                </div>
            )}
            <p role="status">{brought === null ? '' : words.own.brought(brought)}</p>
        </Part>
    );
}
