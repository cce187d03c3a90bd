import { Command as CommandIcon, PanelLeft, Settings as SettingsIcon } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { server, type Wishes } from '../api/client.ts';
import { asProblem, type Problem } from '../api/problem.ts';
import type { Me } from '../api/types.ts';
import { Offline } from '../offline/Offline.tsx';
import { useLate } from '../offline/useLate.ts';
import { MODES } from '../run/events.ts';
import { FirstModel } from '../models/FirstModel.tsx';
import { useLook, type Look } from '../settings/look.ts';
import { closeSettings, openSettings, sectionsFor, useSection } from '../settings/section.ts';
import { Settings } from '../settings/Settings.tsx';
import { usePseudo } from '../words/usePseudo.ts';
import { CATALOGUES, useWords, WordsContext } from '../words/words.ts';
import { useKept } from './kept.ts';
import { IncognitoView } from './IncognitoView.tsx';
import { Library } from './Library.tsx';
import { Notice } from './Notice.tsx';
import { Palette, Shortcuts, type Command } from './Palette.tsx';
import { go, goIncognito, invitation, useIncognito, usePlace, useShared } from './place.ts';
import { SharedView } from './SharedView.tsx';
import { SignIn } from './SignIn.tsx';
import { TalkView } from './TalkView.tsx';
import { useConversations } from './useConversations.ts';
import { useRetry } from './useRetry.ts';

const OFTEN = 4000;

/** How often a model is looked for that was chosen before: what is elsewhere is connected to by then, or not. */
const MOST_LOOKS = 15;

const USUAL_WISHES: Wishes = { model: '', mode: 'thinking', agents: null, tokens: null, seconds: null };

export function App() {
    const [look, onLook] = useLook();
    const words = usePseudo() ?? CATALOGUES[look.language];
    useEffect(() => {
        document.documentElement.lang = words.locale;
        document.documentElement.dir = words.dir;
    }, [words]);
    const shared = useShared();
    return (
        <WordsContext value={words}>
            {shared === null ? <Doors look={look} onLook={onLook} /> : <SharedView secret={shared} />}
        </WordsContext>
    );
}

/** Finds out who asks, and lets people in where the server wants to know. */
function Doors({ look, onLook }: { look: Look; onLook: (change: Partial<Look>) => void }) {
    const [me, setMe] = useState<Me | null>(null);
    const [problem, setProblem] = useState<Problem | null>(null);
    const latest = useRef(0);
    const find = useCallback(() => {
        const turn = ++latest.current;
        server.me().then(
            (found) => {
                if (turn === latest.current) {
                    setMe(found);
                    setProblem(null);
                }
            },
            (error: unknown) => {
                if (turn === latest.current) {
                    const found = asProblem(error);
                    // What is open stays while the server is gone.
                    setMe((before) => (found.kind === 'signed-out' ? null : before));
                    setProblem(found);
                }
            },
        );
    }, []);
    const leave = () => {
        setMe(null);
        find();
    };
    useEffect(find, [find]);
    useEffect(() => {
        window.addEventListener('polymnia:signed-out', find);
        return () => window.removeEventListener('polymnia:signed-out', find);
    }, [find]);
    useRetry(problem, find);
    const late = useLate(me === null && problem === null);
    const out = problem?.kind === 'signed-out';
    if (out || (invitation() !== null && me?.person == null && (me !== null || problem !== null))) {
        return <SignIn onIn={find} />;
    }
    if (me !== null) {
        return <Rooms key={me.person?.id} me={me} look={look} onLook={onLook} onMe={find} onOut={leave} />;
    }
    if (problem?.kind === 'gone' || late) {
        return <Offline onRetry={find} />;
    }
    if (problem !== null) {
        return (
            <main className="alone">
                <Notice problem={problem} onRetry={find} />
            </main>
        );
    }
    return null;
}

function Rooms({
    me,
    look,
    onLook,
    onMe,
    onOut,
}: {
    me: Me;
    look: Look;
    onLook: (change: Partial<Look>) => void;
    onMe: () => void;
    onOut: () => void;
}) {
    const words = useWords();
    const place = usePlace();
    const incognito = useIncognito();
    const [wishes, wish] = useKept<Wishes>('wishes', USUAL_WISHES);
    // null until they are known.
    const [found, setFound] = useState<string[] | null>(null);
    const models = useMemo(() => found ?? [], [found]);
    const [archived, setArchived] = useState(false);
    const [list, setList] = useState(() => window.matchMedia('(min-width: 800px)').matches);
    const [dialog, setDialog] = useState<'palette' | 'shortcuts' | null>(null);
    const section = useSection(me.person);
    const [said, setSaid] = useState('');
    const listed = useConversations(archived);
    const field = useRef<HTMLTextAreaElement>(null);
    const searchField = useRef<HTMLInputElement>(null);
    const narrow = () => window.matchMedia('(max-width: 799px)').matches;

    const findModels = useCallback(() => {
        // Where the server does not say, what is known stands.
        server.models().then(setFound, () => undefined);
    }, []);
    useEffect(findModels, [findModels]);
    const missing = wishes.model !== '' && !models.includes(wishes.model);
    const looks = useRef(0);
    useEffect(() => {
        if (found !== null && found.length > 0 && !(missing && looks.current++ < MOST_LOOKS)) {
            return;
        }
        // Somebody else may have one come, and a server that has just begun may still be connecting.
        const timer = setInterval(findModels, OFTEN);
        return () => clearInterval(timer);
    }, [found, missing, findModels]);
    const manages = me.person === null || me.person.role === 'owner';
    // A model that is not there is not asked for, until it is there again.
    const asked = useMemo(
        () => (models.length > 0 && missing ? { ...wishes, model: '' } : wishes),
        [models, missing, wishes],
    );

    // It may be older than what is listed, or in the archive.
    const [opened, setOpened] = useState('');
    const title = listed.all.find((each) => each.id === place)?.title ?? opened;
    const shownTitle = incognito ? words.incognito : title;
    useEffect(() => {
        document.title = shownTitle === '' ? words.polymnia : `${shownTitle} · ${words.polymnia}`;
    }, [shownTitle, words]);

    const begin = useCallback(() => {
        flushSync(() => go(null));
        field.current?.focus();
    }, []);
    const beginIncognito = () => {
        // Before, as the field that is there now goes.
        flushSync(goIncognito);
        field.current?.focus();
    };
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
        { id: 'incognito', label: words.newIncognito, act: beginIncognito },
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
    // What there is to see where no model answers.
    const bare =
        found?.length !== 0 ? null : manages ? (
            <FirstModel onAnswering={findModels} />
        ) : (
            <p className="welcome">{words.models.noneForYou}</p>
        );
    const gone = () => {
        if (narrow()) {
            setList(false);
        }
        field.current?.focus();
    };

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
                {place === null && !incognito ? (
                    <span className="bar-title" />
                ) : (
                    <h1 className="bar-title" dir="auto">
                        {shownTitle === '' ? words.untitled : shownTitle}
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
                    incognito={incognito}
                    onIncognito={() => {
                        flushSync(goIncognito);
                        gone();
                    }}
                    onArchived={setArchived}
                    onGone={gone}
                />
            )}
            <main>
                {incognito && bare === null ? (
                    <IncognitoView field={field} wishes={asked} models={models} onWish={wish} onSaid={setSaid} />
                ) : (
                    <TalkView
                        id={incognito ? null : place}
                        field={field}
                        wishes={asked}
                        models={models}
                        bare={bare}
                        onWish={wish}
                        onSaid={setSaid}
                        onTitle={setOpened}
                    />
                )}
            </main>
            <div className="hidden" role="status">
                {said}
            </div>
            {dialog === 'palette' && <Palette commands={commands} onClose={close} />}
            {dialog === 'shortcuts' && <Shortcuts onClose={close} />}
            {section !== null && (
                <Settings
                    section={section}
                    look={look}
                    me={me}
                    onLook={onLook}
                    onModels={findModels}
                    onMe={onMe}
                    onOut={onOut}
                />
            )}
        </div>
    );
}
