import { useRef, useState } from 'react';
import { Notice } from '../app/Notice.tsx';
import { useAct } from '../app/useAct.ts';
import { Choice } from '../settings/Choice.tsx';
import { Part } from '../settings/Part.tsx';
import { useWords } from '../words/words.ts';
import { choices, endpoints, told, type Heard, type Wanted } from './endpoints.ts';

const EMPTY: Wanted = { url: '', key: '', model: '' };

/** Tests an endpoint, and adds it. */
export function EndpointForm({
    onAsked,
}: {
    /** The server was asked to add one, and may have done so whatever came of it. */
    onAsked: () => void;
}) {
    const words = useWords();
    const say = words.endpoints;
    const [wanted, setWanted] = useState(EMPTY);
    // The models at the address, if a test told several.
    const [models, setModels] = useState<readonly string[]>([]);
    const [heard, setHeard] = useState<Heard | null>(null);
    const [added, setAdded] = useState('');
    const address = useRef<HTMLInputElement>(null);
    const { busy, problem, act } = useAct();
    const tell = (test: Heard | null, model: string) => {
        setHeard(test);
        setAdded(model);
    };
    const change = (part: Partial<Wanted>) => {
        if (!busy) {
            tell(null, '');
            setWanted((before) => ({ ...before, ...part }));
        }
    };
    const trimmed = { url: wanted.url.trim(), key: wanted.key.trim(), model: wanted.model.trim() };
    const off = trimmed.url === '';
    return (
        <Part title={say.addOne}>
            <form
                onSubmit={(event) => {
                    event.preventDefault();
                    tell(null, '');
                    act(
                        () => endpoints.add(trimmed).finally(onAsked),
                        ({ model }) => {
                            setWanted(EMPTY);
                            setModels([]);
                            tell(null, model);
                            address.current?.focus();
                        },
                    );
                }}
            >
                {problem !== null && <Notice problem={problem} />}
                <label className="field">
                    {say.address}
                    <input
                        ref={address}
                        dir="ltr"
                        inputMode="url"
                        autoComplete="off"
                        autoCapitalize="off"
                        spellCheck={false}
                        required
                        readOnly={busy}
                        placeholder="http://localhost:11434"
                        value={wanted.url}
                        onChange={(event) => {
                            setModels([]);
                            change({ url: event.target.value });
                        }}
                    />
                </label>
                <label className="field">
                    {say.key}
                    <input
                        type="password"
                        // Browsers pay no heed to "off" here.
                        autoComplete="new-password"
                        readOnly={busy}
                        value={wanted.key}
                        onChange={(event) => change({ key: event.target.value })}
                    />
                    <span className="note">{say.keyWords}</span>
                </label>
                {models.length > 1 ? (
                    <Choice
                        label={words.model}
                        value={wanted.model}
                        options={[
                            ['', say.choose],
                            ...choices(models, wanted.model).map((name) => [name, name] as const),
                        ]}
                        onChoose={(model) => change({ model })}
                    />
                ) : (
                    <label className="field">
                        {words.model}
                        <input
                            autoComplete="off"
                            autoCapitalize="off"
                            spellCheck={false}
                            readOnly={busy}
                            value={wanted.model}
                            onChange={(event) => change({ model: event.target.value })}
                        />
                        <span className="note">{say.modelWords}</span>
                    </label>
                )}
                <div className="actions">
                    <button
                        type="button"
                        disabled={off}
                        aria-disabled={busy}
                        onClick={() => {
                            tell(null, '');
                            act(
                                () => endpoints.test(trimmed),
                                (test) => {
                                    setModels(test.models);
                                    tell(test, '');
                                },
                            );
                        }}
                    >
                        {say.test}
                    </button>
                    <button type="submit" disabled={off} aria-disabled={busy}>
                        {say.add}
                    </button>
                </div>
                <p className="note" role="status">
                    {busy && say.asking}
                    {!busy && heard !== null && told(heard, words)}
                    {!busy && added !== '' && say.added(added)}
                </p>
            </form>
        </Part>
    );
}
