import { ChevronRight, Folder as FolderIcon } from 'lucide-react';
import { useEffect, useId, useState, type ReactNode } from 'react';
import type { Conversation } from '../api/types.ts';
import { useWords } from '../words/words.ts';
import { Notice } from './Notice.tsx';
import { useConversations } from './useConversations.ts';

/** A folder: all that is in it is asked for when it is opened, as the list may have only the newest. */
export function Folder({
    name,
    archived,
    here,
    entry,
}: {
    name: string;
    archived: boolean;
    /** Whether the conversation that is shown is in it. */
    here: boolean;
    entry: (conversation: Conversation) => ReactNode;
}) {
    const [opened, setOpened] = useState(here);
    useEffect(() => setOpened((before) => before || here), [here]);
    const id = useId();
    return (
        <section aria-label={name}>
            <h2>
                <button type="button" className="folder" aria-expanded={opened} aria-controls={id} onClick={() => setOpened(!opened)}>
                    <ChevronRight aria-hidden="true" className="folder-open" />
                    <FolderIcon aria-hidden="true" />
                    <span dir="auto">{name}</span>
                </button>
            </h2>
            <div id={id}>{opened && <Contents name={name} archived={archived} entry={entry} />}</div>
        </section>
    );
}

function Contents({
    name,
    archived,
    entry,
}: {
    name: string;
    archived: boolean;
    entry: (conversation: Conversation) => ReactNode;
}) {
    const words = useWords();
    const { all, more, read, problem, reload, showMore } = useConversations(archived, name);
    return (
        <>
            {problem !== null && <Notice problem={problem} onRetry={reload} />}
            {read && all.length === 0 && <p className="note">{words.emptyFolder}</p>}
            <ul className="folder-list">{all.map(entry)}</ul>
            {more && (
                <button type="button" className="quiet" onClick={showMore}>
                    {words.showMore}
                </button>
            )}
        </>
    );
}
