/**
 * Makes invisible characters visible. Texts from models, tools and callers can contain characters that are invisible,
 * change the direction of text or control a terminal. A person could then see something else than they decide on. This
 * module escapes them in all output: control characters, direction marks, zero-width joiners and fillers, tags,
 * variation selectors and half surrogate pairs. Emoji stay visible, including their joiners.
 */
const UNSEEN = String.raw`[[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]--[\n\t]]`;
const EMOJI_OR_UNSEEN = new RegExp(String.raw`\p{RGI_Emoji}|(${UNSEEN})`, 'gv');

/** Replaces each such character with a JSON escape, so JSON keeps its value. Line breaks and tabs stay. */
export function makeVisible(text: string): string {
  return text.replace(EMOJI_OR_UNSEEN, (found: string, unseen: string | undefined) =>
    unseen === undefined ? found : escapeUnits(found),
  );
}

/** Each of its UTF-16 units as `\\uXXXX`. */
export function escapeUnits(text: string): string {
  return Array.from(
    { length: text.length },
    (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');
}
