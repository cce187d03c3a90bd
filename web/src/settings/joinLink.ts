/** Returns the address that lets somebody in; its secret stands where no log of addresses has it. */
export function joinLink(secret: string): string {
    return `${window.location.origin}/#join=${secret}`;
}
