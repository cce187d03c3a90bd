import type { Words } from '../words/words.ts';

/** Why the server did not do what was asked. */
export type ProblemKind =
    /** It cannot be reached. */
    | 'gone'
    /** The same, where nothing tries again by itself. */
    | 'unreached'
    /** It does not know who asks. */
    | 'signed-out'
    /** Too much is asked at once. */
    | 'busy'
    /** It is not any more as it was read. */
    | 'changed'
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
    return new Problem(kindOf(response.status, body.error?.code), message);
}

function kindOf(status: number, code: unknown): ProblemKind {
    if (code === 'endpoint') {
        // It is not the server that is busy, or does not know who asks.
        return 'refused';
    }
    switch (status) {
        case 401:
            return 'signed-out';
        case 404:
            return 'not-found';
        case 412:
            return 'changed';
        case 413:
            return 'too-long';
        case 429:
            // Who guessed too often waits, whatever else the server does.
            return code === 'locked' ? 'refused' : 'busy';
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

/** Returns why something was not done that nothing tries again. */
export function asFailure(error: unknown): Problem {
    const problem = asProblem(error);
    return problem.kind === 'gone' ? new Problem('unreached', problem.message) : problem;
}

/** Returns what happened and what to do. */
export function inWords(problem: Problem, words: Words): string {
    switch (problem.kind) {
        case 'gone':
            return words.offline;
        case 'unreached':
            return words.unreached;
        case 'signed-out':
            return words.signedOutWords;
        case 'busy':
            return `${words.busyTitle} ${problem.message}`;
        case 'changed':
            return words.changedMeanwhile;
        case 'too-long':
            return words.tooLong;
        case 'malformed':
            return words.malformed;
        case 'not-found':
        case 'refused':
            return problem.message;
    }
}
