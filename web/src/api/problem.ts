import type { Words } from '../words/words.ts';

/** Why the server did not do what was asked. */
export type ProblemKind =
    /** It cannot be reached. */
    | 'gone'
    /** It does not know who asks. */
    | 'signed-out'
    /** A quota leaves nothing. */
    | 'quota'
    /** Too much is asked at once. */
    | 'busy'
    | 'not-found'
    | 'too-long'
    /** It answered what this page cannot read. */
    | 'malformed'
    | 'refused';

export class Problem extends Error {
    readonly kind: ProblemKind;
    readonly code: string;
    /** After how many seconds it may go. */
    readonly after: number;

    constructor(kind: ProblemKind, message: string, code = '', after = 0) {
        super(message);
        this.kind = kind;
        this.code = code;
        this.after = after;
    }
}

interface ErrorBody {
    error?: { message?: unknown; code?: unknown };
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
    const code = typeof body.error?.code === 'string' ? body.error.code : '';
    const after = Number(response.headers.get('Retry-After') ?? 0) || 0;
    return new Problem(kindOf(response.status, message), message, code, after);
}

function kindOf(status: number, message: string): ProblemKind {
    switch (status) {
        case 401:
            return 'signed-out';
        case 404:
            return 'not-found';
        case 413:
            return 'too-long';
        case 429:
            return /quota|spent|left/i.test(message) ? 'quota' : 'busy';
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
        case 'quota':
            return `${words.quotaTitle} ${problem.message}`;
        case 'busy':
            return `${words.busyTitle} ${problem.message}`;
        case 'too-long':
            return words.tooLong('16 MB');
        case 'malformed':
            return words.malformed;
        case 'not-found':
        case 'refused':
            return problem.message;
    }
}
