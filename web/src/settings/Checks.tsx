/** Any of a few. */
export function Checks<T extends string>({
    legend,
    options,
    chosen,
    onChoose,
}: {
    legend: string;
    /** Each with its name. */
    options: readonly (readonly [T, string])[];
    chosen: readonly T[];
    onChoose: (chosen: T[]) => void;
}) {
    return (
        <fieldset className="checks">
            <legend>{legend}</legend>
            {options.map(([option, name]) => (
                <label key={option} className="check" dir="auto">
                    <input
                        type="checkbox"
                        checked={chosen.includes(option)}
                        onChange={(event) =>
                            onChoose(
                                event.target.checked
                                    ? [...chosen, option]
                                    : chosen.filter((each) => each !== option),
                            )
                        }
                    />
                    {name}
                </label>
            ))}
        </fieldset>
    );
}
