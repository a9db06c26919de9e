/**
 * What models, tools and callers write may hold characters that are not seen, that turn the direction of text, or that
 * steer a terminal, and so show a person another thing than the one they decide on. Here they become visible, for all
 * output: control characters, marks of direction, joiners and fillers without a width, tags, variation selectors, lone
 * halves of a character. An emoji is seen, whatever it is made of.
 */
const UNSEEN = String.raw`[[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]--[\n\t]]`;
const EMOJI_OR_UNSEEN = new RegExp(String.raw`\p{RGI_Emoji}|(${UNSEEN})`, 'gv');

/**
 * The text with an escape, as JSON has it, for each such character; so JSON stays the same value. Line breaks and tabs
 * stay.
 */
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
