import { ArrowUp, SlidersHorizontal, Square } from 'lucide-react';
import { useEffect, useId, useLayoutEffect, useRef, useState, type FormEvent, type RefObject } from 'react';
import type { Wishes } from '../api/client.ts';
import { asProblem, type Problem } from '../api/problem.ts';
import { MODES, type Mode } from '../run/events.ts';
import { Expected } from '../run/Expected.tsx';
import { useWords } from '../words/words.ts';
import { keep, kept } from './kept.ts';
import { Notice } from './Notice.tsx';

/** Where one writes. What is written is kept by the browser until the server has taken it. */
export function Composer({
    draft,
    field,
    wishes,
    models,
    working,
    quote,
    onWish,
    onSend,
    onStop,
}: {
    /** The name of what is written here. */
    draft: string;
    field: RefObject<HTMLTextAreaElement | null>;
    wishes: Wishes;
    models: readonly string[];
    /** Whether an answer is being written. */
    working: boolean;
    quote: { text: string } | null;
    onWish: (change: Partial<Wishes>) => void;
    onSend: (text: string) => Promise<void>;
    onStop: () => Promise<void>;
}) {
    const words = useWords();
    const [text, setText] = useState(() => kept(draft) ?? '');
    const [sending, setSending] = useState(false);
    const [problem, setProblem] = useState<Problem | null>(null);
    const [settings, setSettings] = useState(false);
    const id = useId();

    useEffect(() => {
        setText(kept(draft) ?? '');
        setProblem(null);
    }, [draft]);

    useEffect(() => {
        if (quote !== null) {
            const before = kept(draft) ?? '';
            const text = `${before}${before === '' ? '' : '\n\n'}${quote.text}\n\n`;
            setText(text);
            keep(draft, text);
            field.current?.focus();
        }
        // Not when the draft is another one: what was quoted there stays there.
    }, [quote]);

    useLayoutEffect(() => {
        const area = field.current;
        if (area !== null) {
            area.style.height = 'auto';
            area.style.height = `${area.scrollHeight}px`;
        }
    }, [text, field]);

    function write(value: string) {
        setText(value);
        keep(draft, value);
    }

    const shown = useRef(draft);
    shown.current = draft;

    async function send(event?: FormEvent) {
        event?.preventDefault();
        if (text.trim() === '' || sending || working) {
            return;
        }
        setSending(true);
        setProblem(null);
        try {
            await onSend(text);
            keep(draft, null);
            if (shown.current === draft) {
                setText('');
            }
        } catch (error) {
            setProblem(asProblem(error));
        } finally {
            setSending(false);
        }
    }

    return (
        <form className="composer" noValidate onSubmit={send}>
            {problem !== null && <Notice problem={problem} onRetry={() => void send()} />}
            <div className="composer-field">
                <label className="hidden" htmlFor={id}>
                    {words.message}
                </label>
                <textarea
                    id={id}
                    ref={field}
                    rows={1}
                    dir="auto"
                    value={text}
                    placeholder={words.ask}
                    onChange={(event) => write(event.target.value)}
                    onKeyDown={(event) => {
                        if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
                            event.preventDefault();
                            void send();
                        }
                    }}
                />
                <div className="composer-tools">
                    <ModeSwitch mode={wishes.mode} onChoose={(mode) => onWish({ mode })} />
                    <button
                        type="button"
                        className="quiet icon"
                        aria-label={words.modeSettings}
                        title={words.modeSettings}
                        aria-expanded={settings}
                        onClick={() => setSettings(!settings)}
                    >
                        <SlidersHorizontal aria-hidden="true" />
                    </button>
                    <Expected wishes={wishes} working={working} />
                    {working ? (
                        <button
                            type="button"
                            className="main icon"
                            aria-label={words.stop}
                            title={wishes.mode === 'contemplating' ? words.stopWithBest : words.stop}
                            onClick={() => {
                                onStop().catch((error: unknown) => setProblem(asProblem(error)));
                            }}
                        >
                            <Square aria-hidden="true" />
                        </button>
                    ) : (
                        <button
                            type="submit"
                            className="main icon"
                            aria-label={words.send}
                            title={words.send}
                            disabled={text.trim() === '' || sending}
                        >
                            <ArrowUp aria-hidden="true" />
                        </button>
                    )}
                </div>
            </div>
            {settings && <Limits wishes={wishes} models={models} onWish={onWish} />}
        </form>
    );
}

function ModeSwitch({ mode, onChoose }: { mode: Mode; onChoose: (mode: Mode) => void }) {
    const words = useWords();
    const says: Record<Mode, string> = {
        instant: words.instantWords,
        thinking: words.thinkingWords,
        contemplating: words.contemplatingWords,
    };
    const name = useId();
    return (
        <fieldset className="modes">
            <legend className="hidden">{words.mode}</legend>
            {MODES.map((each) => (
                <label key={each} title={says[each]}>
                    <input
                        type="radio"
                        className="hidden"
                        name={name}
                        checked={mode === each}
                        onChange={() => onChoose(each)}
                    />
                    <span>{words[each]}</span>
                </label>
            ))}
        </fieldset>
    );
}

function Limits({
    wishes,
    models,
    onWish,
}: {
    wishes: Wishes;
    models: readonly string[];
    onWish: (change: Partial<Wishes>) => void;
}) {
    const words = useWords();
    const number = (value: string) => (value === '' ? null : Math.max(1, Math.round(Number(value))));
    return (
        <div className="limits">
            {models.length > 1 && (
                <label>
                    {words.model}
                    <select value={wishes.model} onChange={(event) => onWish({ model: event.target.value })}>
                        <option value="">{models[0]}</option>
                        {models.slice(1).map((model) => (
                            <option key={model}>{model}</option>
                        ))}
                    </select>
                </label>
            )}
            {wishes.mode === 'contemplating' && (
                <label>
                    {words.agents}
                    <select
                        value={wishes.agents ?? ''}
                        onChange={(event) => onWish({ agents: number(event.target.value) })}
                    >
                        <option value="">{words.agentsAuto}</option>
                        {[2, 4, 8, 16, 32].map((agents) => (
                            <option key={agents}>{agents}</option>
                        ))}
                    </select>
                </label>
            )}
            <label>
                {words.tokens}
                <input
                    type="number"
                    min={1}
                    inputMode="numeric"
                    placeholder={words.noLimit}
                    value={wishes.tokens ?? ''}
                    onChange={(event) => onWish({ tokens: number(event.target.value) })}
                />
            </label>
            <label>
                {words.seconds}
                <input
                    type="number"
                    min={1}
                    inputMode="numeric"
                    placeholder={words.noLimit}
                    value={wishes.seconds ?? ''}
                    onChange={(event) => onWish({ seconds: number(event.target.value) })}
                />
            </label>
            <button
                type="button"
                className="quiet"
                onClick={() => onWish({ model: '', agents: null, tokens: null, seconds: null })}
            >
                {words.reset}
            </button>
        </div>
    );
}
