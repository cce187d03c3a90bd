import { Problem, problemOf } from '../api/problem.ts';

/** What a file brought. */
export interface Brought {
    conversations: number;
    messages: number;
    files: number;
    skipped: number;
}

/**
 * Sends a file whose conversations are to be taken along.
 *
 * @param told is called with how much of it was sent, from 0 to 1
 * @throws Problem if it is not taken, in the words of the server
 */
export function bring(file: Blob, told: (part: number) => void, signal: AbortSignal): Promise<Brought> {
    return new Promise((resolve, reject) => {
        // fetch does not tell how far it is.
        const request = new XMLHttpRequest();
        const stop = () => request.abort();
        const ended = (act: () => void) => () => {
            signal.removeEventListener('abort', stop);
            act();
        };
        request.upload.onprogress = ({ loaded, total }) => told(total === 0 ? 1 : loaded / total);
        request.onload = ended(() => read(request).then(resolve, reject));
        request.onerror = ended(() => reject(new Problem('gone', 'The connection broke.')));
        request.onabort = ended(() => reject(signal.reason));
        signal.addEventListener('abort', stop);
        request.open('POST', '/api/import');
        request.setRequestHeader('Accept', 'application/json');
        // It may be JSON or a ZIP: the server looks.
        request.setRequestHeader('Content-Type', 'application/octet-stream');
        request.send(file);
    });
}

async function read(request: XMLHttpRequest): Promise<Brought> {
    const response = new Response(request.responseText, { status: request.status });
    if (!response.ok) {
        const problem = await problemOf(response);
        // How much it takes is said in its words.
        throw problem.kind === 'too-long' ? new Problem('refused', problem.message) : problem;
    }
    return (await response.json().catch((error: unknown) => {
        throw new Problem('malformed', String(error));
    })) as Brought;
}
