import { asProblem, type Problem } from '../api/problem.ts';
import type { KeptFile } from '../api/types.ts';
import { HEAD, isWords, LONGEST_TEXT, MOST_FILES, pictureType } from './kinds.ts';

/** A file that is to be sent with what is written. */
export interface Attachment {
    /** Tells it apart from all others of this page. */
    key: number;
    file: File;
    /** Where the browser has the picture; null if it is none. */
    picture: string | null;
    sending: boolean;
    problem: Problem | null;
    /** Where the server has it already, when what it belongs to was not taken. */
    kept: { conversation: string; file: KeptFile } | null;
}

/** Why a file is not taken. */
export interface Refusal {
    name: string;
    why: 'kind' | 'long' | 'empty' | 'many' | 'unread';
}

/**
 * Returns what models are given of a file; null for nothing.
 *
 * @throws Error if the browser cannot read it, such as a folder
 */
export async function looked(file: Blob): Promise<'picture' | 'text' | Exclude<Refusal['why'], 'many' | 'unread'>> {
    const head = await bytesOf(file.slice(0, HEAD));
    if (head.length === 0) {
        return 'empty';
    }
    if (pictureType(head) !== null) {
        return 'picture';
    }
    if (file.size > LONGEST_TEXT) {
        return isWords(head, false) ? 'long' : 'kind';
    }
    return isWords(await bytesOf(file)) ? 'text' : 'kind';
}

async function bytesOf(blob: Blob): Promise<Uint8Array> {
    return new Uint8Array(await blob.arrayBuffer());
}

/** What is attached to drafts, as long as the page is there: a browser keeps words of drafts, and no files. */
export class Attachments {
    readonly #drafts = new Map<string, readonly Attachment[]>();
    readonly #heard = new Set<() => void>();
    readonly #show: (file: Blob) => string;
    readonly #hide: (url: string) => void;
    #last = 0;

    constructor(show: (file: Blob) => string, hide: (url: string) => void) {
        this.#show = show;
        this.#hide = hide;
    }

    of(draft: string): readonly Attachment[] {
        return this.#drafts.get(draft) ?? NOTHING;
    }

    /** Calls back whenever something has changed. */
    readonly listen = (heard: () => void): (() => void) => {
        this.#heard.add(heard);
        return () => this.#heard.delete(heard);
    };

    /** Takes those that models are given, and returns why the others are not. */
    async add(draft: string, files: readonly File[]): Promise<Refusal[]> {
        const refused: Refusal[] = [];
        for (const file of files) {
            const found = await looked(file).catch(() => 'unread' as const);
            if (found !== 'picture' && found !== 'text') {
                refused.push({ name: file.name, why: found });
            } else if (this.of(draft).length >= MOST_FILES) {
                refused.push({ name: file.name, why: 'many' });
            } else {
                const picture = found === 'picture' ? this.#show(file) : null;
                const added = { key: ++this.#last, file, picture, sending: false, problem: null, kept: null };
                this.#put(draft, [...this.of(draft), added]);
            }
        }
        return refused;
    }

    remove(draft: string, key: number): Attachment | undefined {
        const removed = this.of(draft).find((each) => each.key === key);
        this.#put(
            draft,
            this.of(draft).filter((each) => each !== removed),
        );
        this.#forget(removed);
        return removed;
    }

    /**
     * Takes away what was sent.
     *
     * @param next the draft that has what was added meanwhile
     */
    clear(draft: string, sent: readonly Attachment[], next = draft): void {
        const keys = new Set(sent.map(({ key }) => key));
        const gone = this.of(draft).filter(({ key, kept }) => keys.has(key) || kept !== null);
        const left = this.of(draft).filter((each) => !gone.includes(each));
        this.#put(draft, []);
        this.#put(next, [...this.of(next), ...left]);
        gone.forEach((each) => this.#forget(each));
    }

    forgetAll(): void {
        [...this.#drafts.keys()].forEach((draft) => this.clear(draft, this.of(draft)));
    }

    /**
     * Sends all that the conversation does not have yet, one after the other.
     *
     * @throws Problem the first one; what was kept before it is not sent again
     */
    async send(
        draft: string,
        conversation: string,
        keep: (conversation: string, file: File) => Promise<KeptFile>,
    ): Promise<KeptFile[]> {
        const files: KeptFile[] = [];
        for (const { key, file, kept } of this.of(draft)) {
            if (kept?.conversation === conversation) {
                files.push(kept.file);
                continue;
            }
            this.#change(draft, key, { sending: true, problem: null });
            try {
                const now = await keep(conversation, file);
                this.#change(draft, key, { sending: false, kept: { conversation, file: now } });
                files.push(now);
            } catch (error) {
                const problem = asProblem(error);
                this.#change(draft, key, { sending: false, problem });
                throw problem;
            }
        }
        return files;
    }

    #change(draft: string, key: number, part: Partial<Attachment>): void {
        this.#put(
            draft,
            this.of(draft).map((each) => (each.key === key ? { ...each, ...part } : each)),
        );
    }

    #put(draft: string, all: readonly Attachment[]): void {
        this.#drafts.set(draft, all);
        this.#heard.forEach((heard) => heard());
    }

    #forget(attachment: Attachment | undefined): void {
        if (attachment?.picture != null) {
            this.#hide(attachment.picture);
        }
    }
}

const NOTHING: readonly Attachment[] = [];
