/** Makes scenarios: the same ones for the same number, with filler enough to overflow their windows. */
import { present } from './judge.js';
import { Random } from './random.js';
import {
  FEWEST_HOPS,
  KINDS,
  MOST_HOPS,
  WINDOWS,
  type Call,
  type Item,
  type Kind,
  type Scenario,
  type Turn,
} from './scenario.js';
import { Writer } from './writer.js';

const CHARACTERS_PER_TOKEN = 4.5;
/** No agent's own conversation fills its window: it could not work. */
const MOST_OF_WINDOW = 0.7;
/** The least that one agent says and reads, in tokens. */
const LEAST_TOKENS = 500;

/** Every pair of a window and a number of hops comes up once before any comes up again. */
export function generateScenarios(count: number): Scenario[] {
  const span = MOST_HOPS - FEWEST_HOPS + 1;
  return Array.from({ length: count }, (_, index) => {
    const column = index % WINDOWS.length;
    const row = Math.floor(index / WINDOWS.length);
    return generate(index, FEWEST_HOPS + ((row + column) % span), WINDOWS[column] ?? 0);
  });
}

function generate(seed: number, hops: number, window: number): Scenario {
  const random = new Random(seed + 1);
  const id = `s${String(seed + 1).padStart(3, '0')}`;
  const writer = new Writer(random, id);
  // In all between 1.6 and 2.4 windows, where that many agents can hold as much.
  const all = window * (1.6 + 0.8 * random.chance());
  const tokens = Math.max(LEAST_TOKENS, Math.min(window * MOST_OF_WINDOW, all / hops));
  // All items before any filler, so that no filler says what an item says.
  const planned = Array.from({ length: hops }, (_, origin) =>
    kindsOf(random, window).map((kind) => writer.item(kind, origin)),
  );
  const agents = planned.map((own) => {
    const turns = turnsOf(writer, random, own, tokens * CHARACTERS_PER_TOKEN);
    checkPresent(
      turns,
      own.map(({ item }) => item),
    );
    return turns;
  });
  const items = planned.flat().map(({ item }) => item);
  return { id, hops, window, task: writer.task(), agents, items };
}

/** One of each kind, and more where there is room. */
function kindsOf(random: Random, window: number): Kind[] {
  const more = random.number(0, window <= 2_048 ? 0 : window <= 4_096 ? 1 : 3);
  return random.shuffled([...KINDS, ...Array.from({ length: more }, () => random.pick(KINDS))]);
}

type Own = ReturnType<Writer['item']>;

/** Turns that bring the items up in some order, with filler around them up to a number of characters. */
function turnsOf(writer: Writer, random: Random, own: readonly Own[], characters: number): Turn[] {
  const share = Math.floor(characters / (own.length + 1));
  const spoken: string[] = [];
  const calls: Call[] = [];
  for (const each of own) {
    const carried = writer.carry(each, share);
    if (typeof carried === 'string') {
      spoken.push(carried);
      calls.push(writer.idle(share));
    } else calls.push(carried);
  }
  calls.push(writer.idle(share));
  const turns: Turn[] = [];
  for (let at = 0; at < calls.length;) {
    const some = calls.slice(at, at + random.number(1, 3));
    turns.push({ say: writer.musing(), calls: some });
    at += some.length;
  }
  // Decisions in an agent's own words are spread over its turns, between other words.
  return turns.map((turn, index) => {
    const words = spoken.filter((_, which) => which % turns.length === index);
    return { ...turn, say: words.reduce((said, word) => `${said} ${word} ${writer.musing()}`, turn.say) };
  });
}

/** A scenario of which even the whole conversation lacked something would prove nothing. */
function checkPresent(turns: readonly Turn[], items: readonly Item[]): void {
  const text = turns
    .flatMap(({ say, calls }) => [
      say,
      ...calls.flatMap(({ args, result }) => [JSON.stringify(args), result]),
    ])
    .join('\n');
  const missing = items.find((item) => !present(item, text));
  if (missing) throw new Error(`The scenario does not say ${missing.subject}: ${missing.value}.`);
}
