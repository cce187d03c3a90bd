import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { server } from '../api/client.ts';
import type { KeptFile } from '../api/types.ts';
import { Attachments, type Attachment, type Refusal } from './attachments.ts';

const attachments = new Attachments(
    (file) => URL.createObjectURL(file),
    (url) => URL.revokeObjectURL(url),
);

export interface Attached {
    all: readonly Attachment[];
    /** Those that were not taken last. */
    refused: readonly Refusal[];
    /** Returns why some of them were not taken. */
    add: (files: readonly File[]) => Promise<readonly Refusal[]>;
    remove: (key: number) => void;
    /** Puts them into a conversation. */
    send: Attach;
    /** They were sent, and belong to the draft no more; what was added meanwhile belongs to the next one. */
    sent: (all: readonly Attachment[], next: string) => void;
}

/** What goes along. */
export type Outgoing = Pick<Attached, 'all' | 'send'>;

/**
 * Puts files into a conversation, and returns what they are there.
 *
 * @throws Problem if not all of them are there
 */
export type Attach = (conversation: string) => Promise<KeptFile[]>;

/** Forgets what is attached to a draft. */
export function forgetAttachments(draft: string): void {
    attachments.clear(draft, attachments.of(draft));
}

/** Forgets what is attached to all drafts. */
export function forgetAllAttachments(): void {
    attachments.forgetAll();
}

/** What is attached to a draft. */
export function useAttachments(draft: string): Attached {
    const all = useSyncExternalStore(attachments.listen, () => attachments.of(draft));
    const [refused, setRefused] = useState<readonly Refusal[]>([]);
    useEffect(() => setRefused([]), [draft]);
    const add = useCallback(
        async (files: readonly File[]) => {
            setRefused([]);
            const now = await attachments.add(draft, files);
            setRefused(now);
            return now;
        },
        [draft],
    );
    const remove = useCallback(
        (key: number) => {
            setRefused([]);
            const kept = attachments.remove(draft, key)?.kept;
            if (kept != null) {
                // Where it fails, it lies there until its conversation goes.
                server.removeFile(kept.conversation, kept.file.id).catch(() => undefined);
            }
        },
        [draft],
    );
    const send = useCallback(
        (conversation: string) =>
            attachments.send(draft, conversation, (to, file) => server.keepFile(to, file.name, file)),
        [draft],
    );
    const sent = useCallback(
        (gone: readonly Attachment[], next: string) => {
            setRefused([]);
            attachments.clear(draft, gone, next);
        },
        [draft],
    );
    return { all, refused, add, remove, send, sent };
}
