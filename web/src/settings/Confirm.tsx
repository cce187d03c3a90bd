import { useState } from 'react';
import { Notice } from '../app/Notice.tsx';
import { useAct } from '../app/useAct.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { useWords } from '../words/words.ts';

/** Asks before something is done that cannot be undone; stays with what went wrong. */
export function Confirm({
    title,
    note,
    action,
    typed = '',
    deed,
    onDone,
    onClose,
}: {
    title: string;
    note: string;
    action: string;
    /** What has to be typed before; empty for nothing. */
    typed?: string;
    deed: () => Promise<unknown>;
    onDone: () => void;
    onClose: () => void;
}) {
    const words = useWords();
    const [text, setText] = useState('');
    const { busy, problem, act } = useAct();
    return (
        <Dialog title={title} onClose={onClose}>
            <form
                onSubmit={(event) => {
                    event.preventDefault();
                    act(deed, onDone);
                }}
            >
                <p>{note}</p>
                {problem !== null && <Notice problem={problem} />}
                {typed !== '' && (
                    <label className="field">
                        {words.own.typeName(typed)}
                        <input
                            data-first
                            autoComplete="off"
                            value={text}
                            onChange={(event) => setText(event.target.value)}
                        />
                    </label>
                )}
                <div className="actions">
                    <button type="button" data-first={typed === '' ? true : undefined} onClick={onClose}>
                        {words.cancel}
                    </button>
                    <button type="submit" className="main danger" disabled={busy || text.trim().normalize() !== typed}>
                        {action}
                    </button>
                </div>
            </form>
        </Dialog>
    );
}
