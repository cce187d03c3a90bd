/** One of a few. */
export function Choice<T extends string>({
    label,
    value,
    options,
    lang = false,
    onChoose,
}: {
    label: string;
    value: T;
    /** Each with its name. */
    options: readonly (readonly [T, string])[];
    /** Whether each is a language, in which its name is read. */
    lang?: boolean;
    onChoose: (value: T) => void;
}) {
    return (
        <label className="field">
            {label}
            <select value={value} onChange={(event) => onChoose(event.target.value as T)}>
                {options.map(([option, name]) => (
                    <option key={option} value={option} lang={lang ? option : undefined}>
                        {name}
                    </option>
                ))}
            </select>
        </label>
    );
}
