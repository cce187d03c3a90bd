import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer, type Server as NetServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';

export const KEY = 'the-key-of-the-operator';

/** The real server as a child of this process; what it keeps goes with it. */
export class Server {
    readonly #folder = mkdtempSync(join(tmpdir(), 'polymnia-page-'));
    readonly #millis: number;
    readonly #key: string;
    readonly #bare: boolean;
    readonly #issuer: string;
    #child: ChildProcess | undefined;
    #port = 0;

    /**
     * @param millis that each word takes
     * @param key of the operator; empty if it is this machine's alone
     * @param issuer by whose accounts people sign in; empty for nobody's
     * @param bare whether it begins without a model
     */
    constructor(millis: number, key = '', issuer = '', bare = false) {
        this.#millis = millis;
        this.#key = key;
        this.#issuer = issuer;
        this.#bare = bare;
    }

    get port(): number {
        return this.#port;
    }

    get url(): string {
        return `http://localhost:${this.#port}`;
    }

    /** Starts it, where it was before if it was; resolves when it answers. */
    async start(): Promise<this> {
        const home = process.env['JAVA_HOME'];
        const classes = readFileSync('target/test-class-path.txt', 'utf8').trim();
        const child = spawn(
            home === undefined ? 'java' : join(home, 'bin/java'),
            [
                '--enable-native-access=ALL-UNNAMED',
                '-XX:+UseSerialGC',
                // As the browsers are told, so that days are the same.
                '-Duser.timezone=UTC',
                `-Dpage.bare=${this.#bare}`,
                // It lives for seconds.
                '-XX:TieredStopAtLevel=1',
                // What a killed process leaves behind goes with the folder.
                `-Djava.io.tmpdir=${this.#folder}`,
                '-cp',
                ['target/test-classes', 'target/classes', classes].join(delimiter),
                'dev.polymnia.web.PageServer',
                this.#folder,
                String(this.#port),
                String(this.#millis),
                ...[this.#key, this.#issuer].filter((each) => each !== ''),
            ],
            { stdio: ['pipe', 'pipe', 'inherit'] },
        );
        this.#child = child;
        for await (const line of createInterface({ input: child.stdout })) {
            const port = /:(\d+)\/v1$/.exec(line)?.[1];
            if (port !== undefined) {
                this.#port = Number(port);
                child.stdout.resume();
                return this;
            }
        }
        throw new Error('The server ended before it said where it answers; what it said stands above.');
    }

    /** Ends it as a machine that fails would. */
    async kill(): Promise<void> {
        const child = this.#child;
        if (child !== undefined && child.exitCode === null && child.signalCode === null) {
            const ended = new Promise((resolve) => child.once('exit', resolve));
            child.kill('SIGKILL');
            await ended;
        }
    }

    async close(): Promise<void> {
        await this.kill();
        rmSync(this.#folder, { recursive: true, force: true });
    }
}

/** A line to a server that can be cut. */
export class Line {
    readonly #sockets = new Set<Socket>();
    readonly #server: NetServer;
    #whole = true;

    private constructor(to: number) {
        this.#server = createServer((socket) => {
            if (!this.#whole) {
                socket.destroy();
                return;
            }
            const far = connect(to, '127.0.0.1');
            for (const [one, other] of [[socket, far], [far, socket]] as const) {
                this.#sockets.add(one);
                one.on('error', () => other.destroy());
                one.on('close', () => {
                    this.#sockets.delete(one);
                    other.destroy();
                });
                one.pipe(other);
            }
        });
    }

    static async to(port: number): Promise<Line> {
        const line = new Line(port);
        await new Promise<void>((resolve) => line.#server.listen(0, '127.0.0.1', resolve));
        return line;
    }

    get url(): string {
        const address = this.#server.address();
        return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    }

    cut(): void {
        this.#whole = false;
        this.#sockets.forEach((socket) => socket.destroy());
    }

    mend(): void {
        this.#whole = true;
    }

    close(): void {
        this.cut();
        this.#server.close();
    }
}
