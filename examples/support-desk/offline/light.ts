/** The light that a customer describes: its colour, and how often it blinks. */
import { Light } from '../shapes.js';

export const WHICH_LIGHT =
  'Which colour does the light on the front have, and how often does it blink in a row?';

const COLOUR = /\b(?<colour>red|orange|amber|green|blue|white)\b/i;
const LIGHT = /\b(?:light|lamp|led|blinks?|blinking|flashes|flashing|glows?)\b/i;
const BLINKS = /\b(?:blinks?|blinking|flash(?:es|ing)?)\b/i;
const STEADY = /\b(?:steady|steadily|constant|constantly|(?:not|n't|without|never) (?:blink|flash)\w*)\b/i;
const TIMES =
  /\b(?<times>once|twice|thrice|\d+|one|two|three|four|five|six)(?:\s*(?:times|x)\b|(?<=once|twice|thrice))/i;

const NUMBERS: Readonly<Record<string, number>> = {
  once: 1,
  one: 1,
  twice: 2,
  two: 2,
  thrice: 3,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
};

/** The light in a message; undefined if the description is incomplete. */
export function lightIn(message: string): Light | undefined {
  for (const sentence of message.split(/[.!?](?:\s|$)/)) {
    const light = LIGHT.test(sentence) ? read(sentence) : undefined;
    if (light !== undefined) return light;
  }
  return undefined;
}

/** The light in an answer to {@link WHICH_LIGHT}, which need not contain the word. */
export function lightAnswered(answer: string): Light | undefined {
  return read(answer.replaceAll(WHICH_LIGHT, ' '));
}

/** In usual words, e.g. "red, blinks 3 times". */
export function sayLight({ colour, blinks }: Light): string {
  if (blinks === 0) return `${colour}, steady`;
  return `${colour}, blinks ${blinks === 1 ? 'once' : `${blinks} times`}`;
}

function read(text: string): Light | undefined {
  const named = COLOUR.exec(text)?.groups?.['colour']?.toLowerCase();
  if (named === undefined) return undefined;
  const blinks = blinksIn(text);
  if (blinks === undefined) return undefined;
  return Light.parse({ colour: named === 'amber' ? 'orange' : named, blinks });
}

function blinksIn(text: string): number | undefined {
  if (STEADY.test(text)) return 0;
  const times = TIMES.exec(text)?.groups?.['times']?.toLowerCase();
  if (times !== undefined) return NUMBERS[times] ?? Number(times);
  // "It blinks" without a number is only half an answer.
  return BLINKS.test(text) ? undefined : 0;
}
