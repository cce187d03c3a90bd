import type { Words } from '../words/words.ts';

/** Why the server did not do what was asked. */
export type ProblemKind =
    /** It cannot be reached. */
    | 'gone'
    /** It does not know who asks. */
    | 'signed-out'
    /** Too much is asked at once. */
    | 'busy'
    | 'not-found'
    | 'too-long'
    /** It answered what this page cannot read. */
    | 'malformed'
    | 'refused';

export class Problem extends Error {
    readonly kind: ProblemKind;

    constructor(kind: ProblemKind, message: string) {
        super(message);
        this.kind = kind;
    }
}

interface ErrorBody {
    error?: { message?: unknown };
}

export async function problemOf(response: Response): Promise<Problem> {
    const text = await response.text().catch(() => '');
    let body: ErrorBody = {};
    try {
        body = JSON.parse(text) as ErrorBody;
    } catch {
        // What stands between may answer with a page of its own.
    }
    const message = typeof body.error?.message === 'string' ? body.error.message : `HTTP ${response.status}`;
    return new Problem(kindOf(response.status), message);
}

function kindOf(status: number): ProblemKind {
    switch (status) {
        case 401:
            return 'signed-out';
        case 404:
            return 'not-found';
        case 413:
            return 'too-long';
        case 429:
        case 502:
        case 503:
        case 504:
            return 'busy';
        default:
            return 'refused';
    }
}

export function asProblem(error: unknown): Problem {
    return error instanceof Problem ? error : new Problem('gone', String(error));
}

/** Returns what happened and what to do. */
export function inWords(problem: Problem, words: Words): string {
    switch (problem.kind) {
        case 'gone':
            return words.offline;
        case 'signed-out':
            return words.signedOutWords;
        case 'busy':
            return `${words.busyTitle} ${problem.message}`;
        case 'too-long':
            return words.tooLong;
        case 'malformed':
            return words.malformed;
        case 'not-found':
        case 'refused':
            return problem.message;
    }
}
