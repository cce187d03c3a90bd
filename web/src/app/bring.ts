/** Returns what a file of conversations is called for the server, which looks at its bytes as this does. */
export async function typeOf(file: Blob): Promise<'application/json' | 'application/zip'> {
    const [p, k] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
    return p === 0x50 && k === 0x4b ? 'application/zip' : 'application/json';
}
