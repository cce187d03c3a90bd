import { asFailure, Problem } from '../api/problem.ts';

/** What is told of a draft: it is being sent, it was taken, or why it was not. */
export type Sent = 'going' | 'taken' | Problem;

/** The drafts that are being sent. Who wrote one may be elsewhere by now, and may come back before it was taken. */
export class Outbox {
    readonly #going = new Set<string>();
    readonly #heard = new Set<(draft: string, sent: Sent) => void>();

    has(draft: string): boolean {
        return this.#going.has(draft);
    }

    readonly listen = (heard: (draft: string, sent: Sent) => void): (() => void) => {
        this.#heard.add(heard);
        return () => this.#heard.delete(heard);
    };

    /** Sends a draft, unless it is being sent. */
    async send(draft: string, sending: () => Promise<void>): Promise<void> {
        if (this.has(draft)) {
            return;
        }
        this.#going.add(draft);
        this.#tell(draft, 'going');
        const sent = await sending().then(
            () => 'taken' as const,
            (error: unknown) => asFailure(error),
        );
        this.#going.delete(draft);
        this.#tell(draft, sent);
    }

    #tell(draft: string, sent: Sent): void {
        this.#heard.forEach((heard) => heard(draft, sent));
    }
}

export const outbox = new Outbox();
