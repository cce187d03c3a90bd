import { ArrowUp, SlidersHorizontal, Square } from 'lucide-react';
import {
    useEffect,
    useId,
    useLayoutEffect,
    useState,
    useSyncExternalStore,
    type ClipboardEvent,
    type FormEvent,
    type RefObject,
} from 'react';
import { flushSync } from 'react-dom';
import type { Wishes } from '../api/client.ts';
import { asFailure, Problem } from '../api/problem.ts';
import { AttachButton } from '../files/AttachButton.tsx';
import { AttachmentTray } from '../files/AttachmentTray.tsx';
import { inserted, pasted } from '../files/paste.ts';
import { PasteOffer } from '../files/PasteOffer.tsx';
import { useAttachments, type Outgoing } from '../files/useAttachments.ts';
import { useDropped } from '../files/useDropped.ts';
import { MODES, type Mode } from '../run/events.ts';
import { Expected } from '../run/Expected.tsx';
import { useWords } from '../words/words.ts';
import { keep, kept } from './kept.ts';
import { Notice } from './Notice.tsx';
import { outbox } from './outbox.ts';

/** A text that was pasted, and what is selected where it would stand. */
interface Offered {
    text: string;
    start: number;
    end: number;
}

/** Where one writes. What is written is kept by the browser until the server has taken it. */
export function Composer({
    draft,
    fleeting = false,
    field,
    wishes,
    models,
    working,
    quote,
    onQuoted,
    onWish,
    onSend,
    onStop,
}: {
    /** The name of what is written here. */
    draft: string;
    /** Whether nothing of it is kept. */
    fleeting?: boolean;
    field: RefObject<HTMLTextAreaElement | null>;
    wishes: Wishes;
    models: readonly string[];
    /** Whether an answer is being written. */
    working: boolean;
    quote: { text: string } | null;
    /** The quote stands in what is written. */
    onQuoted?: () => void;
    onWish: (change: Partial<Wishes>) => void;
    /** Returns the draft in which one writes on. */
    onSend: (text: string, files: Outgoing) => Promise<string>;
    onStop: () => Promise<void>;
}) {
    const words = useWords();
    const found = () => (fleeting ? '' : (kept(draft) ?? ''));
    const [text, setText] = useState(found);
    const sending = useSyncExternalStore(outbox.listen, () => outbox.has(draft));
    const [problem, setProblem] = useState<Problem | null>(null);
    const [settings, setSettings] = useState(false);
    const [offered, setOffered] = useState<Offered | null>(null);
    const attached = useAttachments(draft);
    const over = useDropped((files) => {
        void attached.add(files);
        field.current?.focus();
    });
    const id = useId();

    useEffect(() => {
        setText(found());
        setProblem(null);
        setOffered(null);
    }, [draft]);

    useEffect(
        () =>
            outbox.listen((which, sent) => {
                if (which !== draft) {
                    return;
                }
                if (sent === 'taken') {
                    setText('');
                } else {
                    setProblem(sent === 'going' ? null : sent);
                }
            }),
        [draft],
    );

    useEffect(() => {
        if (quote !== null) {
            write(`${text}${text === '' ? '' : '\n\n'}${quote.text}\n\n`);
            onQuoted?.();
            field.current?.focus();
        }
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
        if (!fleeting) {
            keep(draft, value);
        }
    }

    function paste(event: ClipboardEvent<HTMLTextAreaElement>) {
        const { clipboardData, currentTarget } = event;
        const what = pasted({ text: clipboardData.getData('text/plain'), files: [...clipboardData.files] });
        // A box that takes nothing has nothing to ask either.
        if (what.kind === 'usual' || (what.kind === 'long' && sending)) {
            return;
        }
        event.preventDefault();
        if (what.kind === 'files') {
            void attached.add(what.files);
        } else {
            setOffered({ text: what.text, start: currentTarget.selectionStart, end: currentTarget.selectionEnd });
        }
    }

    /** Where it is refused, it is still there to be put into the message. */
    async function asFile(offer: Offered) {
        const refused = await attached.add([new File([offer.text], words.pastedName, { type: 'text/plain' })]);
        if (refused.length === 0) {
            settle(() => undefined);
        }
    }

    /** Goes back to where one writes, once the question is away. */
    function settle(put: () => void) {
        flushSync(() => {
            put();
            setOffered(null);
        });
        field.current?.focus();
    }

    function send(event?: FormEvent) {
        event?.preventDefault();
        if (text.trim() === '' || working) {
            return;
        }
        void outbox.send(draft, async () => {
            const next = await onSend(text, attached);
            keep(draft, null);
            attached.sent(attached.all, next);
        });
    }

    return (
        <form className="composer" noValidate onSubmit={send}>
            {over && (
                <div className="drop" role="status">
                    {words.dropHere}
                </div>
            )}
            {problem !== null && (
                <Notice
                    problem={
                        // Which one it was, and why, stands with the file.
                        attached.all.some((each) => each.problem !== null)
                            ? new Problem('refused', words.filesNotSent)
                            : problem
                    }
                    onRetry={send}
                />
            )}
            {offered !== null && !sending && (
                <PasteOffer
                    text={offered.text}
                    onFile={() => void asFile(offered)}
                    onText={() => settle(() => write(inserted(text, offered.start, offered.end, offered.text)))}
                    onForget={() => settle(() => undefined)}
                />
            )}
            <div className="composer-field">
                <AttachmentTray
                    attached={attached}
                    speechless={text.trim() === ''}
                    going={sending}
                    onRemove={(key) => {
                        attached.remove(key);
                        setProblem(null);
                        field.current?.focus();
                    }}
                />
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
                    // Files may take a while, and what is written meanwhile would not go with them.
                    readOnly={sending}
                    onChange={(event) => write(event.target.value)}
                    onPaste={paste}
                    onKeyDown={(event) => {
                        if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
                            event.preventDefault();
                            send();
                        }
                    }}
                />
                <div className="composer-tools">
                    <AttachButton onFiles={attached.add} />
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
                                onStop().catch((error: unknown) => setProblem(asFailure(error)));
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
