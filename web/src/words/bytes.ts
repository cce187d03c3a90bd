const UNITS = ['B', 'KB', 'MB', 'GB'];

/** Returns a number of bytes for a person. */
export function bytes(n: number, locale: string): string {
    const power = n < 1024 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(n) / 10));
    const value = n / 1024 ** power;
    const digits = power === 0 || value >= 10 ? 0 : 1;
    return `${value.toLocaleString(locale, { maximumFractionDigits: digits })} ${UNITS[power]}`;
}
