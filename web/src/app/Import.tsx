import { Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import { server } from '../api/client.ts';
import { asProblem, Problem } from '../api/problem.ts';
import type { Brought } from '../api/types.ts';
import { useWords } from '../words/words.ts';
import { typeOf } from './bring.ts';
import { tell } from './news.ts';
import { Notice } from './Notice.tsx';

/** Takes conversations of a file that was saved, here or elsewhere; all of them or none. */
export function Import() {
    const words = useWords();
    const input = useRef<HTMLInputElement>(null);
    const [state, setState] = useState<'ready' | 'at work' | Brought | Problem>('ready');
    const busy = state === 'at work';
    const said = busy
        ? words.bringing
        : state === 'ready' || state instanceof Problem
          ? ''
          : words.brought(state.conversations, state.messages, state.files, state.skipped);

    async function bring(file: File) {
        setState('at work');
        try {
            setState(await server.bring(file, await typeOf(file)));
            tell('');
        } catch (error) {
            setState(asProblem(error));
        }
    }

    return (
        <>
            {state instanceof Problem && <Notice problem={state} />}
            {said !== '' && (
                <p className="note" role="status">
                    {said}
                </p>
            )}
            <button
                type="button"
                className="quiet import"
                title={words.bringWords}
                disabled={busy}
                onClick={() => input.current?.click()}
            >
                <Upload aria-hidden="true" />
                {words.bring}
            </button>
            <input
                ref={input}
                type="file"
                hidden
                accept=".json,.zip,application/json,application/zip"
                aria-label={words.bring}
                onChange={({ target }) => {
                    const file = target.files?.[0];
                    if (file !== undefined) {
                        void bring(file);
                    }
                    target.value = '';
                }}
            />
        </>
    );
}
