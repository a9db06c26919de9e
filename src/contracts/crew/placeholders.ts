/** Placeholders in the texts of a crew, such as `{topic}`: how to find and fill them. */

/** The same syntax as CrewAI: a name in braces. Braces around anything else, such as JSON, are text. */
export const PLACEHOLDER = /\{([A-Za-z_][A-Za-z0-9_-]*)\}/g;

/** The names in a text of known type; otherwise any name. */
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

/** The names in a text, each once, in order. */
export function findPlaceholders(text: string): string[] {
  return [...new Set([...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name))];
}

/**
 * The text with the values filled in. A placeholder without a value stays. Filled-in values are not searched for
 * placeholders.
 */
export function fillPlaceholders(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(PLACEHOLDER, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  );
}
