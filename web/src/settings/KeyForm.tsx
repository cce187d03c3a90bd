import { useEffect, useState } from 'react';
import { server } from '../api/client.ts';
import { Notice } from '../app/Notice.tsx';
import { useAct } from '../app/useAct.ts';
import { MODES } from '../run/events.ts';
import { useWords } from '../words/words.ts';
import { Checks } from './Checks.tsx';
import { Choice } from './Choice.tsx';
import { household, type Made, type WantedKey } from './household.ts';
import { Part } from './Part.tsx';

const LASTS = ['', '7', '30', '90', '365'] as const;

const DAY_SECONDS = 86_400;

const USUAL: WantedKey = { name: '', models: [], modes: [], tools: true, manages: false };

/** Makes a key, for what it is needed. */
export function KeyForm({ person, onMade }: { person: string; onMade: (made: Made) => void }) {
    const words = useWords();
    const [wanted, setWanted] = useState(USUAL);
    const [lasts, setLasts] = useState<(typeof LASTS)[number]>('');
    const [models, setModels] = useState<string[]>([]);
    const { busy, problem, act } = useAct();
    useEffect(() => {
        server.models().then(setModels, () => setModels([]));
    }, []);
    const change = (part: Partial<WantedKey>) => setWanted((before) => ({ ...before, ...part }));
    return (
        <Part title={words.access.make}>
            <form
                onSubmit={(event) => {
                    event.preventDefault();
                    const now = Math.floor(Date.now() / 1000);
                    const key = {
                        ...wanted,
                        name: wanted.name.trim(),
                        ...(lasts === '' ? {} : { expires: now + Number(lasts) * DAY_SECONDS }),
                    };
                    act(
                        () => household.makeKey(person, key),
                        ({ id, secret }) => {
                            setWanted(USUAL);
                            setLasts('');
                            onMade({ id, secret });
                        },
                    );
                }}
            >
                {problem !== null && <Notice problem={problem} />}
                <fieldset disabled={busy}>
                    <label className="field">
                        {words.access.name}
                        <input
                            autoComplete="off"
                            required
                            maxLength={100}
                            value={wanted.name}
                            onChange={(event) => change({ name: event.target.value })}
                        />
                    </label>
                    <Choice
                        label={words.access.lasts}
                        value={lasts}
                        options={LASTS.map((each) => [each, each === '' ? words.access.forEver : words.days(Number(each))])}
                        onChoose={setLasts}
                    />
                    <Checks
                        legend={words.access.modes}
                        options={MODES.map((mode) => [mode, words[mode]])}
                        chosen={wanted.modes}
                        onChoose={(modes) => change({ modes })}
                    />
                    {models.length > 1 && (
                        <Checks
                            legend={words.access.models}
                            options={models.map((model) => [model, model])}
                            chosen={wanted.models}
                            onChoose={(chosen) => change({ models: chosen })}
                        />
                    )}
                    <label className="check">
                        <input
                            type="checkbox"
                            checked={wanted.tools}
                            onChange={(event) => change({ tools: event.target.checked })}
                        />
                        {words.access.tools}
                    </label>
                    <label className="check">
                        <input
                            type="checkbox"
                            checked={wanted.manages}
                            onChange={(event) => change({ manages: event.target.checked })}
                        />
                        {words.access.manages}
                    </label>
                </fieldset>
                <div className="actions">
                    <button type="submit" disabled={busy || wanted.name.trim() === ''}>
                        {words.access.make}
                    </button>
                </div>
            </form>
        </Part>
    );
}
