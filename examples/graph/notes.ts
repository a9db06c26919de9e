/** The example's knowledge: a few notes, and a search in them by shared words. */
const NOTES = [
  'Durable execution records each step of a program, so that the program goes on where it stopped after a crash.',
  'A durable program is replayed from its history; what has happened is read from there, and not done again.',
  'A state graph has nodes that change a state, and edges that say which node comes next.',
  'A conditional edge decides by the state where the graph goes, so that a graph can go in circles until it is done.',
  'A person who approves an action should see the exact arguments, and may change them before they agree.',
  'A fan-out gives each item a branch of its own; the branches are joined in the order of the items.',
];

const COMMON = new Set(['what', 'which', 'about', 'from', 'that', 'this', 'with', 'write', 'report', 'does']);

/** The three notes that share most words with the query, best first; equal notes keep their order. */
export function searchNotes(query: string): string[] {
  const wanted = new Set(wordsOf(query));
  return NOTES.map((note) => ({ note, shared: wordsOf(note).filter((word) => wanted.has(word)).length }))
    .filter(({ shared }) => shared > 0)
    .toSorted((a, b) => b.shared - a.shared)
    .slice(0, 3)
    .map(({ note }) => note);
}

function wordsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[a-z]{4,}/g) ?? [];
  return [...new Set(words.map((word) => word.replace(/s$/, '')))].filter((word) => !COMMON.has(word));
}
