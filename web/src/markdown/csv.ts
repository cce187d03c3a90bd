/** Returns a table as comma-separated values (RFC 4180). */
export function tableAsCsv(table: HTMLTableElement): string {
    return asCsv([...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent ?? '')));
}

/** What a spreadsheet would take for a formula gets a sign before it by which it does not. */
function asCsv(rows: readonly (readonly string[])[]): string {
    return rows.map((row) => row.map(field).join(',') + '\r\n').join('');
}

function field(text: string): string {
    const plain = /^[=+@\t\r]|^-(?![\d.])/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
