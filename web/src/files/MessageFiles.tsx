import { Download, FileText } from 'lucide-react';
import { useState } from 'react';
import { server } from '../api/client.ts';
import type { KeptFile } from '../api/types.ts';
import { useWords } from '../words/words.ts';
import { FileDialog } from './FileDialog.tsx';
import { isPicture, isText } from './kinds.ts';

/** The files that a message was said with: pictures to be seen, all to be opened and saved. */
export function MessageFiles({
    conversation,
    ids,
    known,
}: {
    conversation: string;
    ids: readonly string[];
    /** All that the conversation has. */
    known: readonly KeptFile[];
}) {
    const words = useWords();
    const [opened, setOpened] = useState<KeptFile | null>(null);
    if (ids.length === 0) {
        return null;
    }
    const files = ids.map((id) => known.find((file) => file.id === id));
    return (
        <>
            <ul className="message-files" aria-label={words.files}>
                {files.map((file, index) => (
                    <li key={ids[index]}>
                        {file === undefined ? (
                            <span className="note">{words.fileDeleted}</span>
                        ) : (
                            <MessageFile conversation={conversation} file={file} onOpen={() => setOpened(file)} />
                        )}
                    </li>
                ))}
            </ul>
            {opened !== null && (
                <FileDialog conversation={conversation} file={opened} onClose={() => setOpened(null)} />
            )}
        </>
    );
}

function MessageFile({
    conversation,
    file,
    onOpen,
}: {
    conversation: string;
    file: KeptFile;
    onOpen: () => void;
}) {
    const words = useWords();
    const address = server.file(conversation, file.id);
    if (isPicture(file.type)) {
        return (
            <button type="button" className="thumbnail" title={file.name} onClick={onOpen}>
                <img src={address} alt={words.openFile(file.name)} loading="lazy" />
            </button>
        );
    }
    const about = (
        <>
            <FileText aria-hidden="true" />
            <span className="attached-words">
                <span className="attached-name" dir="auto">
                    {file.name}
                </span>
                <span className="note">
                    {isText(file.type) ? words.fileText : file.type} · {words.bytesOf(file.size)}
                </span>
            </span>
        </>
    );
    return (
        <span className="attached">
            {isText(file.type) ? (
                <button type="button" className="attached-open" onClick={onOpen}>
                    {about}
                    <span className="hidden">{words.openFile(file.name)}</span>
                </button>
            ) : (
                about
            )}
            <a className="icon-link" href={address} download={file.name} aria-label={words.saveFile(file.name)} title={words.saveFile(file.name)}>
                <Download aria-hidden="true" />
            </a>
        </span>
    );
}
