import { Command as CommandIcon, PanelLeft, Settings as SettingsIcon } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { server, type Wishes } from '../api/client.ts';
import { asProblem, type Problem } from '../api/problem.ts';
import type { Me } from '../api/types.ts';
import { MODES } from '../run/events.ts';
import { useLook, type Look } from '../settings/look.ts';
import { closeSettings, openSettings, sectionsFor, useSection } from '../settings/section.ts';
import { Settings } from '../settings/Settings.tsx';
import { CATALOGUES, useWords, WordsContext } from '../words/words.ts';
import { useKept } from './kept.ts';
import { Library, useConversations } from './Library.tsx';
import { Notice } from './Notice.tsx';
import { Palette, Shortcuts, type Command } from './Palette.tsx';
import { go, invitation, usePlace } from './place.ts';
import { SignIn } from './SignIn.tsx';
import { TalkView } from './TalkView.tsx';
import { useRetry } from './useRetry.ts';

const USUAL_WISHES: Wishes = { model: '', mode: 'thinking', agents: null, tokens: null, seconds: null };

export function App() {
    const [look, onLook] = useLook();
    return (
        <WordsContext value={CATALOGUES[look.language]}>
            <Doors look={look} onLook={onLook} />
        </WordsContext>
    );
}

/** Finds out who asks, and lets people in where the server wants to know. */
function Doors({ look, onLook }: { look: Look; onLook: (change: Partial<Look>) => void }) {
    const [me, setMe] = useState<Me | null>(null);
    const [problem, setProblem] = useState<Problem | null>(null);
    const find = useCallback(() => {
        server.me().then(
            (found) => {
                setMe(found);
                setProblem(null);
            },
            (error: unknown) => {
                setMe(null);
                setProblem(asProblem(error));
            },
        );
    }, []);
    useEffect(find, [find]);
    useEffect(() => {
        window.addEventListener('polymnia:signed-out', find);
        return () => window.removeEventListener('polymnia:signed-out', find);
    }, [find]);
    useRetry(problem, find);
    const out = problem?.kind === 'signed-out';
    if (out || (invitation() !== null && me?.person == null && (me !== null || problem !== null))) {
        return <SignIn onIn={find} />;
    }
    if (problem !== null) {
        return (
            <main className="alone">
                <Notice problem={problem} onRetry={find} />
            </main>
        );
    }
    return me === null ? null : <Rooms me={me} look={look} onLook={onLook} onMe={find} />;
}

function Rooms({
    me,
    look,
    onLook,
    onMe,
}: {
    me: Me;
    look: Look;
    onLook: (change: Partial<Look>) => void;
    onMe: () => void;
}) {
    const words = useWords();
    const place = usePlace();
    const [wishes, wish] = useKept<Wishes>('wishes', USUAL_WISHES);
    const [models, setModels] = useState<string[]>([]);
    const [archived, setArchived] = useState(false);
    const [list, setList] = useState(() => window.matchMedia('(min-width: 800px)').matches);
    const [dialog, setDialog] = useState<'palette' | 'shortcuts' | null>(null);
    const section = useSection(me.person);
    const [said, setSaid] = useState('');
    const listed = useConversations(archived);
    const field = useRef<HTMLTextAreaElement>(null);
    const searchField = useRef<HTMLInputElement>(null);
    const narrow = () => window.matchMedia('(max-width: 799px)').matches;

    useEffect(() => {
        server.models().then(setModels, () => setModels([]));
    }, []);
    // A model that is not there any more is not asked for.
    const asked = useMemo(
        () => (models.length > 0 && !models.includes(wishes.model) ? { ...wishes, model: '' } : wishes),
        [models, wishes],
    );

    // It may be older than what is listed, or in the archive.
    const [opened, setOpened] = useState('');
    const title = listed.all.find((each) => each.id === place)?.title ?? opened;
    useEffect(() => {
        document.title = title === '' ? words.polymnia : `${title} · ${words.polymnia}`;
    }, [title, words]);

    const begin = useCallback(() => {
        go(null);
        field.current?.focus();
    }, []);
    const search = useCallback(() => {
        setList(true);
        requestAnimationFrame(() => searchField.current?.focus());
    }, []);

    useEffect(() => {
        const pressed = (event: KeyboardEvent) => {
            if (!event.ctrlKey && !event.metaKey) {
                return;
            }
            const act = {
                k: () => setDialog((before) => (before === 'palette' ? null : 'palette')),
                b: () => setList((before) => !before),
                '/': () => setDialog('shortcuts'),
                // Where it stands on the key of 7.
                'shift /': () => setDialog('shortcuts'),
                'shift o': begin,
                'shift f': search,
            }[(event.shiftKey ? 'shift ' : '') + event.key.toLowerCase()];
            if (act !== undefined) {
                event.preventDefault();
                closeSettings();
                act();
            }
        };
        window.addEventListener('keydown', pressed);
        return () => window.removeEventListener('keydown', pressed);
    }, [begin, search]);

    const commands: Command[] = [
        { id: 'new', label: words.newConversation, keys: 'Ctrl Shift O', act: begin },
        { id: 'search', label: words.search, keys: 'Ctrl Shift F', act: search },
        { id: 'list', label: words.keys.list, keys: 'Ctrl B', act: () => setList(!list) },
        { id: 'focus', label: words.focusMessage, act: () => field.current?.focus() },
        ...MODES.map((mode) => ({ id: mode, label: `${words.mode}: ${words[mode]}`, act: () => wish({ mode }) })),
        { id: 'settings', label: words.settings, act: () => openSettings() },
        { id: 'keys', label: words.shortcuts, keys: 'Ctrl /', act: () => setDialog('shortcuts') },
        ...listed.all.map(({ id, title: name }) => ({ id, label: name === '' ? words.untitled : name, act: () => go(id) })),
        ...sectionsFor(me.person).map((each) => ({
            id: `settings-${each}`,
            label: `${words.settings}: ${words.sections[each]}`,
            act: () => openSettings(each),
        })),
    ];
    const close = () => setDialog(null);

    return (
        <div className="app" data-list={list}>
            <header className="bar">
                <button
                    type="button"
                    className="quiet icon"
                    aria-label={list ? words.hideList : words.showList}
                    aria-expanded={list}
                    onClick={() => setList(!list)}
                >
                    <PanelLeft aria-hidden="true" />
                </button>
                {place === null ? (
                    <span className="bar-title" />
                ) : (
                    <h1 className="bar-title" dir="auto">
                        {title === '' ? words.untitled : title}
                    </h1>
                )}
                <button
                    type="button"
                    className="quiet icon"
                    aria-label={words.palette}
                    title={`${words.palette} (Ctrl K)`}
                    onClick={() => setDialog('palette')}
                >
                    <CommandIcon aria-hidden="true" />
                </button>
                <button
                    type="button"
                    className="quiet icon"
                    aria-label={words.settings}
                    title={words.settings}
                    onClick={() => openSettings()}
                >
                    <SettingsIcon aria-hidden="true" />
                </button>
            </header>
            {list && (
                <Library
                    listed={listed}
                    archived={archived}
                    current={place}
                    searchField={searchField}
                    onArchived={setArchived}
                    onGone={() => {
                        if (narrow()) {
                            setList(false);
                        }
                        field.current?.focus();
                    }}
                />
            )}
            <main>
                <TalkView
                    id={place}
                    field={field}
                    wishes={asked}
                    models={models}
                    onWish={wish}
                    onSaid={setSaid}
                    onTitle={setOpened}
                />
            </main>
            <div className="hidden" role="status">
                {said}
            </div>
            {dialog === 'palette' && <Palette commands={commands} onClose={close} />}
            {dialog === 'shortcuts' && <Shortcuts onClose={close} />}
            {section !== null && <Settings section={section} look={look} me={me} onLook={onLook} onMe={onMe} />}
        </div>
    );
}
