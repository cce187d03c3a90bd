import { Archive, ArchiveRestore, Ellipsis, FileJson, FileText, Pencil, Pin, PinOff, Plus, Search, Trash2 } from 'lucide-react';
import { useCallback, useEffect, useRef, useState, type MouseEvent, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { server } from '../api/client.ts';
import { asProblem, type Problem } from '../api/problem.ts';
import type { Conversation, Found, Page } from '../api/types.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Menu } from '../ui/Menu.tsx';
import { useWords } from '../words/words.ts';
import { listen, tell } from './news.ts';
import { Notice } from './Notice.tsx';
import { go } from './place.ts';
import { sections } from './sections.ts';
import { useRetry } from './useRetry.ts';

export interface Listed {
    all: Conversation[];
    more: boolean;
    read: boolean;
    problem: Problem | null;
    reload: () => void;
    showMore: () => void;
}

export function useConversations(archived: boolean): Listed {
    const [all, setAll] = useState<Conversation[]>([]);
    const [more, setMore] = useState(false);
    const [read, setRead] = useState(false);
    const [problem, setProblem] = useState<Problem | null>(null);
    const latest = useRef(0);
    const wanted = useRef(PAGE);
    const reload = useCallback(() => {
        const turn = ++latest.current;
        atLeast(wanted.current, archived).then(
            ({ data, has_more }) => {
                if (turn === latest.current) {
                    setAll(data);
                    setMore(has_more);
                    setRead(true);
                    setProblem(null);
                }
            },
            (error: unknown) => {
                if (turn === latest.current) {
                    setProblem(asProblem(error));
                }
            },
        );
    }, [archived]);
    useEffect(() => {
        reload();
        return listen(reload);
    }, [reload]);
    useRetry(problem, reload);
    const showMore = () => {
        wanted.current = all.length + PAGE;
        reload();
    };
    return { all, more, read, problem, reload, showMore };
}

const PAGE = 60;

/** Returns the first conversations, page by page, until there are so many. */
async function atLeast(count: number, archived: boolean): Promise<Page<Conversation>> {
    const data: Conversation[] = [];
    for (;;) {
        const page = await server.conversations(archived, PAGE, data.at(-1)?.id ?? null);
        data.push(...page.data);
        if (!page.has_more || data.length >= count) {
            return { data, has_more: page.has_more };
        }
    }
}

/** All conversations, by the day on which something was said last. */
export function Library({
    listed,
    archived,
    current,
    searchField,
    onArchived,
    onGone,
}: {
    listed: Listed;
    archived: boolean;
    current: string | null;
    searchField: RefObject<HTMLInputElement | null>;
    onArchived: (archived: boolean) => void;
    /** Somebody went to a conversation. */
    onGone: () => void;
}) {
    const words = useWords();
    const [query, setQuery] = useState('');
    const [asked, setAsked] = useState<{ what: 'rename' | 'delete'; conversation: Conversation } | null>(null);
    const [problem, setProblem] = useState<Problem | null>(null);

    const change = (conversation: Conversation, part: Partial<Conversation>) => {
        setProblem(null);
        server.file(conversation.id, part).then(
            () => tell(conversation.id),
            (error: unknown) => setProblem(asProblem(error)),
        );
    };
    const remove = (conversation: Conversation) => {
        setProblem(null);
        server.remove(conversation.id).then(
            () => {
                if (conversation.id === current) {
                    // Left before there is news of it, so that nobody asks for it any more.
                    flushSync(() => go(null));
                }
                tell(conversation.id);
            },
            (error: unknown) => setProblem(asProblem(error)),
        );
    };

    return (
        <nav className="library" aria-label={words.conversations}>
            <button
                type="button"
                className="new"
                onClick={() => {
                    go(null);
                    onGone();
                }}
            >
                <Plus aria-hidden="true" />
                {words.newConversation}
            </button>
            <label className="search">
                <Search aria-hidden="true" />
                <span className="hidden">{words.searchFor}</span>
                <input
                    ref={searchField}
                    type="search"
                    placeholder={words.search}
                    value={query}
                    onChange={(event) => setQuery(event.target.value)}
                />
            </label>
            {problem !== null && <Notice problem={problem} />}
            {listed.problem !== null && <Notice problem={listed.problem} onRetry={listed.reload} />}
            {query.trim() === '' ? (
                <div className="library-list">
                    {listed.read && listed.all.length === 0 && <p className="note">{words.noConversations}</p>}
                    {sections(listed.all, new Date(), words).map((section) => (
                        <section key={section.title} aria-label={section.title}>
                            <h2>{section.title}</h2>
                            <ul>
                                {section.conversations.map((conversation) => (
                                    <Entry
                                        key={conversation.id}
                                        conversation={conversation}
                                        current={conversation.id === current}
                                        onGone={onGone}
                                        onChange={(part) => change(conversation, part)}
                                        onAsk={(what) => setAsked({ what, conversation })}
                                    />
                                ))}
                            </ul>
                        </section>
                    ))}
                    {listed.more && (
                        <button type="button" className="quiet" onClick={listed.showMore}>
                            {words.showMore}
                        </button>
                    )}
                </div>
            ) : (
                <Results query={query} onGone={onGone} />
            )}
            <label className="archived">
                <input type="checkbox" checked={archived} onChange={(event) => onArchived(event.target.checked)} />
                {words.archived}
            </label>
            {asked?.what === 'rename' && (
                <Rename
                    conversation={asked.conversation}
                    onClose={() => setAsked(null)}
                    onName={(title) => change(asked.conversation, { title })}
                />
            )}
            {asked?.what === 'delete' && (
                <Dialog title={words.deleteThis(asked.conversation.title)} onClose={() => setAsked(null)}>
                    <p>{words.deleteWords}</p>
                    <div className="actions">
                        <button type="button" onClick={() => setAsked(null)}>
                            {words.cancel}
                        </button>
                        <button
                            type="button"
                            className="main danger"
                            onClick={() => {
                                remove(asked.conversation);
                                setAsked(null);
                            }}
                        >
                            {words.delete}
                        </button>
                    </div>
                </Dialog>
            )}
        </nav>
    );
}

/** Goes there in this page, unless another tab is wanted. */
function visit(event: MouseEvent, conversation: string, onGone: () => void) {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
        event.preventDefault();
        go(conversation);
        onGone();
    }
}

function Entry({
    conversation,
    current,
    onGone,
    onChange,
    onAsk,
}: {
    conversation: Conversation;
    current: boolean;
    onGone: () => void;
    onChange: (part: Partial<Conversation>) => void;
    onAsk: (what: 'rename' | 'delete') => void;
}) {
    const words = useWords();
    const { id, title, pinned, archived } = conversation;
    return (
        <li className="entry">
            <a
                href={`/c/${id}`}
                aria-current={current ? 'page' : undefined}
                title={title}
                onClick={(event) => visit(event, id, onGone)}
            >
                {title === '' ? words.untitled : title}
            </a>
            <Menu
                label={`${words.menu}: ${title}`}
                icon={<Ellipsis aria-hidden="true" />}
                items={[
                    { label: words.rename, icon: <Pencil aria-hidden="true" />, act: () => onAsk('rename') },
                    {
                        label: pinned ? words.unpin : words.pin,
                        icon: pinned ? <PinOff aria-hidden="true" /> : <Pin aria-hidden="true" />,
                        act: () => onChange({ pinned: !pinned }),
                    },
                    {
                        label: archived ? words.unarchive : words.archive,
                        icon: archived ? <ArchiveRestore aria-hidden="true" /> : <Archive aria-hidden="true" />,
                        act: () => onChange({ archived: !archived }),
                    },
                    {
                        label: words.exportMarkdown,
                        icon: <FileText aria-hidden="true" />,
                        href: server.exported(id, 'markdown'),
                    },
                    { label: words.exportJson, icon: <FileJson aria-hidden="true" />, href: server.exported(id, 'json') },
                    {
                        label: words.delete,
                        icon: <Trash2 aria-hidden="true" />,
                        danger: true,
                        act: () => onAsk('delete'),
                    },
                ]}
            />
        </li>
    );
}

function Rename({
    conversation,
    onClose,
    onName,
}: {
    conversation: Conversation;
    onClose: () => void;
    onName: (title: string) => void;
}) {
    const words = useWords();
    const [title, setTitle] = useState(conversation.title);
    return (
        <Dialog title={words.rename} onClose={onClose}>
            <form
                onSubmit={(event) => {
                    event.preventDefault();
                    onName(title.trim());
                    onClose();
                }}
            >
                <label className="field">
                    {words.newName}
                    <input data-first maxLength={200} value={title} onChange={(event) => setTitle(event.target.value)} />
                </label>
                <div className="actions">
                    <button type="button" onClick={onClose}>
                        {words.cancel}
                    </button>
                    <button type="submit" className="main" disabled={title.trim() === ''}>
                        {words.save}
                    </button>
                </div>
            </form>
        </Dialog>
    );
}

function Results({ query, onGone }: { query: string; onGone: () => void }) {
    const words = useWords();
    const [found, setFound] = useState<Found[] | null>(null);
    const [problem, setProblem] = useState<Problem | null>(null);
    useEffect(() => {
        const left = new AbortController();
        const timer = setTimeout(() => {
            server.search(query, left.signal).then(
                ({ data }) => {
                    setFound(data);
                    setProblem(null);
                },
                (error: unknown) => {
                    if (!left.signal.aborted) {
                        setProblem(asProblem(error));
                    }
                },
            );
        }, 150);
        return () => {
            clearTimeout(timer);
            left.abort();
        };
    }, [query]);
    if (problem !== null) {
        return <Notice problem={problem} />;
    }
    return (
        <div className="library-list" aria-live="polite">
            {found?.length === 0 && <p className="note">{words.nothingFound}</p>}
            <ul>
                {found?.map((each) => (
                    <li key={each.id} className="found">
                        <a href={`/c/${each.conversation}`} onClick={(event) => visit(event, each.conversation, onGone)}>
                            {each.title === '' ? words.untitled : each.title}
                            <span className="note">{each.snippet}</span>
                        </a>
                    </li>
                ))}
            </ul>
        </div>
    );
}
