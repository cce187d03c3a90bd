import { FileText } from 'lucide-react';
import { useWords } from '../words/words.ts';

/** The files that a message was said with, where there is no more of them than their names. */
export function FileNames({ names }: { names: readonly string[] }) {
    const words = useWords();
    return names.length === 0 ? null : (
        <ul className="message-files" aria-label={words.files}>
            {names.map((name, index) => (
                <li key={index} className="attached" dir="auto">
                    <FileText aria-hidden="true" />
                    <span className="attached-name">{name}</span>
                </li>
            ))}
        </ul>
    );
}
