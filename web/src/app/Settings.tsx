import { useState } from 'react';
import { server } from '../api/client.ts';
import { asProblem, inWords, type Problem } from '../api/problem.ts';
import type { Me } from '../api/types.ts';
import { ModelList } from '../models/ModelList.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { CATALOGUES, useWords, type Language } from '../words/words.ts';
import { Notice } from './Notice.tsx';

export type Theme = 'system' | 'light' | 'dark';

export interface Look {
    theme: Theme;
    language: Language;
}

export function Settings({
    look,
    me,
    onLook,
    onModels,
    onOut,
    onClose,
}: {
    look: Look;
    me: Me;
    onLook: (change: Partial<Look>) => void;
    /** There may be other models. */
    onModels: () => void;
    onOut: () => void;
    onClose: () => void;
}) {
    const words = useWords();
    const [problem, setProblem] = useState<Problem | null>(null);
    return (
        <Dialog title={words.settings} onClose={onClose}>
            {problem !== null && <Notice problem={problem} />}
            <label className="field">
                {words.appearance}
                <select value={look.theme} onChange={(event) => onLook({ theme: event.target.value as Theme })}>
                    <option value="system">{words.system}</option>
                    <option value="light">{words.light}</option>
                    <option value="dark">{words.dark}</option>
                </select>
            </label>
            <label className="field">
                {words.language}
                <select value={look.language} onChange={(event) => onLook({ language: event.target.value as Language })}>
                    {Object.entries(CATALOGUES).map(([language, { name }]) => (
                        <option key={language} value={language} lang={language}>
                            {name}
                        </option>
                    ))}
                </select>
            </label>
            {(me.person === null || me.person.role === 'owner') && (
                <fieldset>
                    <legend>{words.models.title}</legend>
                    <ModelList onAnswering={onModels} />
                </fieldset>
            )}
            {me.person?.role === 'owner' && <Invite />}
            {me.person !== null && (
                <div className="actions">
                    <span className="note">{me.person.name}</span>
                    <button
                        type="button"
                        onClick={() => {
                            server.signOut().then(onOut, (error: unknown) => setProblem(asProblem(error)));
                        }}
                    >
                        {words.signOut}
                    </button>
                </div>
            )}
        </Dialog>
    );
}

function Invite() {
    const words = useWords();
    const [link, setLink] = useState('');
    const [problem, setProblem] = useState<Problem | null>(null);
    return (
        <fieldset className="invite">
            <legend>{words.invite}</legend>
            <p className="note">{problem === null ? words.inviteWords : inWords(problem, words)}</p>
            {link === '' ? (
                <button
                    type="button"
                    onClick={() => {
                        server.invite().then(
                            ({ secret }) => setLink(`${window.location.origin}/#join=${secret}`),
                            (error: unknown) => setProblem(asProblem(error)),
                        );
                    }}
                >
                    {words.makeLink}
                </button>
            ) : (
                <div className="copied">
                    <input readOnly aria-label={words.invite} value={link} onFocus={(event) => event.target.select()} />
                    <CopyButton label={words.copy} text={() => link} />
                </div>
            )}
        </fieldset>
    );
}
