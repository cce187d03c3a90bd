import { FileText, X } from 'lucide-react';
import { useWords } from '../words/words.ts';
import type { Attachment } from './attachments.ts';
import type { Attached } from './useAttachments.ts';
import { whyNotSent, whyRefused } from './why.ts';

/** What goes with what is written, until it is sent. */
export function AttachmentTray({
    attached: { all, refused },
    speechless,
    going,
    onRemove,
}: {
    attached: Pick<Attached, 'all' | 'refused'>;
    /** Whether nothing is said with them yet. */
    speechless: boolean;
    /** Whether they are being sent, one after the other. */
    going: boolean;
    onRemove: (key: number) => void;
}) {
    const words = useWords();
    return (
        <>
            {refused.length > 0 && (
                <div className="notice refused" role="alert">
                    {refused.map((refusal, index) => (
                        <p key={index}>{whyRefused(refusal, words)}</p>
                    ))}
                </div>
            )}
            {all.length > 0 && (
                <ul className="tray" aria-label={words.attached}>
                    {all.map((attachment) => (
                        <Waiting
                            key={attachment.key}
                            attachment={attachment}
                            going={going}
                            onRemove={() => onRemove(attachment.key)}
                        />
                    ))}
                </ul>
            )}
            {all.length > 0 && speechless && <p className="note tray-note">{words.sayWithFiles}</p>}
        </>
    );
}

function Waiting({
    attachment,
    going,
    onRemove,
}: {
    attachment: Attachment;
    going: boolean;
    onRemove: () => void;
}) {
    const words = useWords();
    const { file, picture, sending, problem } = attachment;
    return (
        <li className="attached" data-failed={problem !== null}>
            {picture === null ? <FileText aria-hidden="true" /> : <img src={picture} alt="" />}
            <span className="attached-words">
                <span className="attached-name" dir="auto" title={file.name}>
                    {file.name}
                </span>
                <span className="note">
                    {problem !== null
                        ? whyNotSent(problem, file.size, words)
                        : sending
                          ? words.fileSending
                          : `${picture === null ? words.fileText : words.filePicture} · ${words.bytesOf(file.size)}`}
                </span>
            </span>
            <button
                type="button"
                className="quiet icon"
                aria-label={words.removeFile(file.name)}
                title={words.removeFile(file.name)}
                disabled={going}
                onClick={onRemove}
            >
                <X aria-hidden="true" />
            </button>
        </li>
    );
}
