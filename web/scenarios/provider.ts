import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A provider of OpenID Connect on this machine, which lets everybody in at once, as Dora. */
export class Provider {
    readonly #keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
    readonly #codes = new Map<string, URLSearchParams>();
    readonly #server = createServer((request, response) => {
        this.#answer(request, response).catch((error: unknown) => {
            response.writeHead(500).end(String(error));
        });
    });

    static async open(): Promise<Provider> {
        const provider = new Provider();
        await new Promise<void>((resolve) => provider.#server.listen(0, '127.0.0.1', resolve));
        return provider;
    }

    get issuer(): string {
        const address = this.#server.address();
        return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    }

    close(): void {
        this.#server.closeAllConnections();
        this.#server.close();
    }

    async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
        const { pathname, searchParams } = new URL(request.url ?? '/', this.issuer);
        const json = (body: object) => response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
        switch (pathname) {
            case '/.well-known/openid-configuration':
                json({
                    issuer: this.issuer,
                    authorization_endpoint: `${this.issuer}/authorize`,
                    token_endpoint: `${this.issuer}/token`,
                    jwks_uri: `${this.issuer}/keys`,
                });
                break;
            case '/authorize': {
                const code = randomUUID();
                this.#codes.set(code, searchParams);
                const back = new URL(searchParams.get('redirect_uri') ?? '');
                back.searchParams.set('code', code);
                back.searchParams.set('state', searchParams.get('state') ?? '');
                response.writeHead(302, { Location: back.href }).end();
                break;
            }
            case '/token':
                json({ access_token: randomUUID(), token_type: 'Bearer', id_token: this.#token(await form(request)) });
                break;
            case '/keys':
                json({ keys: [{ ...this.#keys.publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }] });
                break;
            default:
                response.writeHead(404).end();
        }
    }

    #token(sent: URLSearchParams): string {
        const asked = this.#codes.get(sent.get('code') ?? '');
        this.#codes.delete(sent.get('code') ?? '');
        const proof = createHash('sha256').update(sent.get('code_verifier') ?? '').digest('base64url');
        if (asked === undefined || proof !== asked.get('code_challenge')) {
            throw new Error('It is not who began that ends.');
        }
        const now = Math.floor(Date.now() / 1000);
        const head = base64({ alg: 'RS256', kid: 'one', typ: 'JWT' });
        const claims = base64({
            iss: this.issuer,
            sub: 'dora-1',
            aud: asked.get('client_id'),
            iat: now,
            exp: now + 300,
            nonce: asked.get('nonce'),
            name: 'Dora',
        });
        const signature = sign('sha256', Buffer.from(`${head}.${claims}`), this.#keys.privateKey);
        return `${head}.${claims}.${signature.toString('base64url')}`;
    }
}

async function form(request: IncomingMessage): Promise<URLSearchParams> {
    let text = '';
    for await (const part of request) {
        text += String(part);
    }
    return new URLSearchParams(text);
}
