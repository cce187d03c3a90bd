import {
    Archive,
    ArchiveRestore,
    Ellipsis,
    EyeOff,
    FileArchive,
    FileJson,
    FileText,
    FolderInput,
    Pencil,
    Pin,
    PinOff,
    Plus,
    Search,
    Share2,
    Trash2,
    Upload,
} from 'lucide-react';
import { useEffect, useState, type MouseEvent, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { server } from '../api/client.ts';
import { asFailure, asProblem, type Problem } from '../api/problem.ts';
import type { Conversation, Found } from '../api/types.ts';
import { openSettings } from '../settings/section.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Menu } from '../ui/Menu.tsx';
import { useWords } from '../words/words.ts';
import { Folder } from './Folder.tsx';
import { forgetDraft } from './kept.ts';
import { tell } from './news.ts';
import { Notice } from './Notice.tsx';
import { go } from './place.ts';
import { foldersOf, sections, type Section } from './sections.ts';
import { ShareDialog } from './ShareDialog.tsx';
import { ToFolder } from './ToFolder.tsx';
import type { Listed } from './useConversations.ts';

/** What is asked before it is done with a conversation. */
type Asked = 'rename' | 'folder' | 'share' | 'delete';

/** All conversations: those that are pinned, folders, and the others by the day on which something was said last. */
export function Library({
    listed,
    archived,
    current,
    incognito,
    searchField,
    onArchived,
    onIncognito,
    onGone,
}: {
    listed: Listed;
    archived: boolean;
    current: string | null;
    searchField: RefObject<HTMLInputElement | null>;
    onArchived: (archived: boolean) => void;
    /** Whether a conversation is shown that leaves nothing. */
    incognito: boolean;
    onIncognito: () => void;
    /** Somebody went to a conversation. */
    onGone: () => void;
}) {
    const words = useWords();
    const [query, setQuery] = useState('');
    const [asked, setAsked] = useState<{ what: Asked; conversation: Conversation } | null>(null);
    const [problem, setProblem] = useState<Problem | null>(null);

    const change = (conversation: Conversation, part: Partial<Conversation>) => {
        setProblem(null);
        server.change(conversation.id, part).then(
            () => tell(conversation.id),
            (error: unknown) => setProblem(asFailure(error)),
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
                forgetDraft(conversation.id);
                tell(conversation.id);
            },
            (error: unknown) => setProblem(asFailure(error)),
        );
    };

    const folders = foldersOf(listed.all, words);
    const among = (pinned: boolean) =>
        sections(
            listed.all.filter((each) => each.pinned === pinned),
            new Date(),
            words,
        );
    const entry = (conversation: Conversation) => (
        <Entry
            key={conversation.id}
            conversation={conversation}
            current={conversation.id === current}
            onGone={onGone}
            onChange={(part) => change(conversation, part)}
            onAsk={(what) => setAsked({ what, conversation })}
        />
    );
    const section = ({ title, conversations }: Section) => (
        <section key={title} aria-label={title}>
            <h2>{title}</h2>
            <ul>{conversations.map(entry)}</ul>
        </section>
    );

    return (
        <nav className="library" aria-label={words.conversations}>
            <div className="begin">
                <button
                    type="button"
                    className="new"
                    onClick={() => {
                        flushSync(() => go(null));
                        onGone();
                    }}
                >
                    <Plus aria-hidden="true" />
                    {words.newConversation}
                </button>
                <button
                    type="button"
                    className="quiet icon"
                    aria-label={words.newIncognito}
                    title={words.newIncognito}
                    aria-current={incognito ? 'page' : undefined}
                    onClick={onIncognito}
                >
                    <EyeOff aria-hidden="true" />
                </button>
            </div>
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
                    {among(true).map(section)}
                    {folders.map((name) => (
                        <Folder
                            key={`${name} ${archived}`}
                            name={name}
                            archived={archived}
                            here={listed.all.some((each) => each.id === current && each.folder === name)}
                            entry={entry}
                        />
                    ))}
                    {among(false).map(section)}
                    {listed.more && (
                        <button type="button" className="quiet" onClick={listed.showMore}>
                            {words.showMore}
                        </button>
                    )}
                </div>
            ) : (
                <Results query={query} onGone={onGone} />
            )}
            <div className="library-foot">
                <label className="archived">
                    <input type="checkbox" checked={archived} onChange={(event) => onArchived(event.target.checked)} />
                    {words.archived}
                </label>
                <button type="button" className="quiet import" onClick={() => openSettings('data')}>
                    <Upload aria-hidden="true" />
                    {words.bring}
                </button>
            </div>
            {asked?.what === 'rename' && (
                <Rename
                    conversation={asked.conversation}
                    onClose={() => setAsked(null)}
                    onName={(title) => change(asked.conversation, { title })}
                />
            )}
            {asked?.what === 'folder' && (
                <ToFolder
                    folder={asked.conversation.folder}
                    folders={folders}
                    onFolder={(folder) => change(asked.conversation, { folder })}
                    onClose={() => setAsked(null)}
                />
            )}
            {asked?.what === 'share' && (
                <ShareDialog conversation={asked.conversation} onClose={() => setAsked(null)} />
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
    onAsk: (what: Asked) => void;
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
                    { label: words.toFolder, icon: <FolderInput aria-hidden="true" />, act: () => onAsk('folder') },
                    { label: words.share, icon: <Share2 aria-hidden="true" />, act: () => onAsk('share') },
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
                        label: words.exportZip,
                        icon: <FileArchive aria-hidden="true" />,
                        href: server.exported(id, 'zip'),
                    },
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
