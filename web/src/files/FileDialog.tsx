import { Download } from 'lucide-react';
import { useEffect, useState } from 'react';
import { server } from '../api/client.ts';
import { asProblem, Problem, problemOf } from '../api/problem.ts';
import type { KeptFile } from '../api/types.ts';
import { tell } from '../app/news.ts';
import { Notice } from '../app/Notice.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { useWords } from '../words/words.ts';
import { isPicture } from './kinds.ts';

/** What is in a file, which can be deleted. A text is shown as words, whatever it would be elsewhere. */
export function FileDialog({
    conversation,
    file,
    onClose,
}: {
    conversation: string;
    file: KeptFile;
    onClose: () => void;
}) {
    const words = useWords();
    const [asked, setAsked] = useState(false);
    const [problem, setProblem] = useState<Problem | null>(null);
    const address = server.file(conversation, file.id);
    const remove = () => {
        server.removeFile(conversation, file.id).then(
            () => {
                onClose();
                tell(conversation);
            },
            (error: unknown) => setProblem(asProblem(error)),
        );
    };
    return (
        <Dialog
            title={file.name}
            kind="wide"
            onClose={onClose}
            actions={
                <a className="icon-link" href={address} download={file.name} aria-label={words.saveFile(file.name)} title={words.saveFile(file.name)}>
                    <Download aria-hidden="true" />
                </a>
            }
        >
            {isPicture(file.type) ? (
                <img className="picture" src={address} alt={file.name} />
            ) : (
                <TextOf address={address} />
            )}
            {problem !== null && <Notice problem={problem} />}
            <div className="actions">
                {asked && <p className="note">{words.deleteFileWords}</p>}
                {asked && (
                    <button type="button" onClick={() => setAsked(false)}>
                        {words.cancel}
                    </button>
                )}
                <button
                    type="button"
                    className={asked ? 'main danger' : 'quiet'}
                    onClick={asked ? remove : () => setAsked(true)}
                >
                    {words.deleteFile}
                </button>
            </div>
        </Dialog>
    );
}

function TextOf({ address }: { address: string }) {
    const words = useWords();
    const [text, setText] = useState<string | Problem | null>(null);
    useEffect(() => {
        const left = new AbortController();
        read(address, left.signal).then(setText, (error: unknown) => {
            if (!left.signal.aborted) {
                setText(asProblem(error));
            }
        });
        return () => left.abort();
    }, [address]);
    if (text instanceof Problem) {
        return <Notice problem={text} />;
    }
    return (
        <pre className="file-text" tabIndex={0} role="region" aria-label={words.fileText} dir="auto">
            {text ?? '…'}
        </pre>
    );
}

async function read(address: string, signal: AbortSignal): Promise<string> {
    const response = await fetch(address, { credentials: 'same-origin', signal });
    if (!response.ok) {
        throw await problemOf(response);
    }
    return response.text();
}
