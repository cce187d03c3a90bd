import { afterEach, describe, expect, it, vi } from 'vitest';
import { household } from './household.ts';

/** What is asked for, and answered in turn. */
function answering(...answers: (object | number)[]): { asked: string[]; headers: Headers[] } {
    const asked: string[] = [];
    const headers: Headers[] = [];
    vi.stubGlobal('fetch', async (path: string, request: RequestInit) => {
        asked.push(`${request.method} ${path}`);
        headers.push(request.headers as Headers);
        const answer = answers.shift();
        return typeof answer === 'number'
            ? Response.json({ error: { message: 'no' } }, { status: answer })
            : Response.json(answer, { headers: { ETag: '"tag-1"' } });
    });
    return { asked, headers };
}

afterEach(() => vi.unstubAllGlobals());

describe('what is asked of the server', () => {
    it('is all of a list, page by page', async () => {
        const { asked } = answering(
            { data: [{ id: 'person-2' }, { id: 'person-1' }], has_more: true },
            { data: [{ id: 'person-0' }], has_more: false },
        );

        expect((await household.people()).map(({ id }) => id)).toEqual(['person-2', 'person-1', 'person-0']);
        expect(asked).toEqual(['GET /api/people?limit=100', 'GET /api/people?limit=100&after=person-1']);
    });

    it('ends, whatever a server says of more', async () => {
        answering({ data: [], has_more: true });

        expect(await household.invitations()).toEqual([]);
    });

    it('is changed as it was read', async () => {
        const { asked, headers } = answering({ data: [] }, { data: [] });
        const holder = { person: 'person-1', key: 'key/1' };
        const { tag } = await household.quotas(holder);
        await household.limit(holder, [], tag);

        expect(asked).toEqual([
            'GET /api/people/person-1/keys/key%2F1/quotas',
            'PUT /api/people/person-1/keys/key%2F1/quotas',
        ]);
        expect(headers[1]?.get('If-Match')).toBe('"tag-1"');
    });

    it('is no news of who is signed in where a password is wrong', async () => {
        answering(401, 401);
        const told = vi.fn();
        vi.stubGlobal('window', { dispatchEvent: told });

        await expect(household.changePassword('person-1', 'new', 'old')).rejects.toMatchObject({ kind: 'signed-out' });
        expect(told).not.toHaveBeenCalled();
        await expect(household.keys('person-1')).rejects.toMatchObject({ kind: 'signed-out' });
        expect(told).toHaveBeenCalledOnce();
    });
});
