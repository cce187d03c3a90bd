import { useState } from 'react';
import { MODES, type Mode } from '../run/events.ts';
import { useWords } from '../words/words.ts';
import { Choice } from './Choice.tsx';
import { limitOf, RESOURCES, WINDOWS, type Quota } from './quota.ts';

/** Sets a quota; one for the same is replaced. */
export function QuotaForm({
    busy,
    onSet,
}: {
    busy: boolean;
    /** Calls back when it is done. */
    onSet: (quota: Quota, done: () => void) => void;
}) {
    const words = useWords();
    const [resource, setResource] = useState<Quota['resource']>('tokens');
    const [per, setPer] = useState<(typeof WINDOWS)[number]>('day');
    const [mode, setMode] = useState<Mode | ''>('');
    const [text, setText] = useState('');
    const limit = limitOf(resource, text);
    return (
        <form
            className="quota-form"
            onSubmit={(event) => {
                event.preventDefault();
                if (limit !== null) {
                    const quota = { resource, per: resource === 'runs' ? null : per, mode: mode === '' ? null : mode, limit };
                    onSet(quota, () => setText(''));
                }
            }}
        >
            <label className="field">
                {words.quota.limit}
                <input
                    type="number"
                    inputMode={resource === 'money' ? 'decimal' : 'numeric'}
                    min={0}
                    step={resource === 'money' ? 'any' : 1}
                    required
                    readOnly={busy}
                    value={text}
                    onChange={(event) => setText(event.target.value)}
                />
            </label>
            <Choice
                label={words.quota.what}
                value={resource}
                options={RESOURCES.map((each) => [each, words.quota.resources[each]])}
                onChoose={setResource}
            />
            {resource !== 'runs' && (
                <Choice
                    label={words.quota.per}
                    value={per}
                    options={WINDOWS.map((each) => [each, words.quota.windows[each]])}
                    onChoose={setPer}
                />
            )}
            <Choice
                label={words.mode}
                value={mode}
                options={[['', words.quota.allModes] as const, ...MODES.map((each) => [each, words[each]] as const)]}
                onChoose={setMode}
            />
            <button type="submit" disabled={busy || limit === null}>
                {words.quota.set}
            </button>
        </form>
    );
}
