/** Placeholders in the texts of a crew, as `{topic}`: which there are, and what they are filled with. */

/** As CrewAI knows them: a name in braces. Braces around anything else, as in JSON, are text. */
export const PLACEHOLDER = /\{([A-Za-z_][A-Za-z0-9_-]*)\}/g;

/** The names in a text whose type is known; any name where it is not. */
export type PlaceholdersIn<Text extends string | undefined> = Text extends string
  ? string extends Text
    ? never
    : Text extends `${string}{${infer Rest}`
      ? Rest extends `${infer Name}}${infer Further}`
        ? IsName<Name> extends true
          ? Name | PlaceholdersIn<Further>
          : PlaceholdersIn<Rest>
        : never
      : never
  : never;

type IsName<Text extends string> = Text extends ''
  ? false
  : Text extends `${string}${' ' | '"' | "'" | ':' | ',' | '{' | '\n' | '.' | '$'}${string}`
    ? false
    : true;

/** The names in a text, each once, in their order. */
export function findPlaceholders(text: string): string[] {
  return [...new Set([...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name))];
}

/** The text with the values in their places; what has none stays as it is. What is filled in is not filled again. */
export function fillPlaceholders(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(PLACEHOLDER, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  );
}
