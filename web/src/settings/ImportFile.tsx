import { useId } from 'react';
import { Problem } from '../api/problem.ts';
import { Notice } from '../app/Notice.tsx';
import { useWords } from '../words/words.ts';
import { send, stop, useImport } from './import.ts';
import { Part } from './Part.tsx';

/** Takes conversations along from elsewhere. */
export function ImportFile({ person }: { person: string }) {
    const words = useWords();
    const { name, part, brought, problem } = useImport(person);
    const id = useId();
    return (
        <Part title={words.own.import} note={words.own.importWords}>
            {problem !== null && (
                // Some servers hang up in the midst of what is too long for them.
                <Notice problem={problem.kind === 'gone' ? new Problem('refused', words.own.brokeOff) : problem} />
            )}
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
                        void send(person, file);
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
                        <button type="button" onClick={stop}>
                            {words.cancel}
                        </button>
                    )}
                </div>
            )}
            <p role="status">{brought === null ? '' : words.own.brought(brought)}</p>
        </Part>
    );
}
