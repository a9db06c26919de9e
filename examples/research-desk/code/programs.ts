/**
 * Chooses a program for a counting question without a model: by the form of the question, from a fixed set,
 * with parameters from its words. It reports its choice; the number comes only from running the program.
 */
import { type ProgramName, SOURCES } from './program-sources.js';
import { readForm, type Reading } from './question-forms.js';
import type { RunProgramInput } from './tool.js';

export interface PickedProgram {
  readonly program: ProgramName;
  /** A description for the reader: the counted thing and the place. */
  readonly says: string;
  /** The input of the tool `run_program`; the result matches `Count`. */
  readonly args: RunProgramInput;
}

const TOP = 5;
/** Phrases that mean the whole corpus. */
const EVERYWHERE =
  /^(?:(?:my|our|your|the|all|this|these|any|installed|direct)\s+)*(?:packages?|dependenc(?:y|ies)|librar(?:y|ies)|modules?|projects?|corpus|documents?|documentation|docs|files?|node_modules|total|all|here|there)$/i;

/** The program that answers `question`, or undefined if the question asks for no number that can be counted here. */
export function pickProgram(question: string): PickedProgram | undefined {
  const reading = readForm(question);
  if (reading === undefined) return undefined;
  const places = reading.terms.map(splitPlace);
  const terms = places.map(({ term }) => term);
  if (terms.some((term) => term === '' || term.length > 200) || reading.terms.some(isCombined))
    return undefined;
  const place = [reading.place, ...places.map((each) => each.place)]
    .map(packageOf)
    .find((name) => name !== undefined);
  const { program, measure, least, without, directOnly, top = TOP } = reading;
  return {
    program,
    says: `${describe(reading, terms)}${place === undefined ? '' : `, in the package ${place}`} (program "${program}")`,
    args: {
      source: SOURCES[program],
      data: { measure, least, without, directOnly, top },
      facts: { terms, ...(place === undefined ? {} : { package: place }) },
    },
  };
}

/** Whether several terms are joined by logic, which no program handles. */
function isCombined(text: string): boolean {
  return /^(?:neither|either|both)\s|\s(?:but\s+not|and\s+not|nor|without)\s/i.test(
    text.replace(/"[^"]*"/g, '""'),
  );
}

/** Splits "timeouts in zod" into the term and its place. A quoted part is always the whole term. */
function splitPlace(text: string): { term: string; place: string | undefined } {
  const quoted =
    /^(?:the\s+(?:word|term|name|phrase)\s+)?([`"'“‘])(.+?)[`"'”’](?:\s+(?:in|of|within|by)\s+(.+))?$/iu.exec(
      text,
    );
  if (quoted) return { term: quoted[2]?.trim() ?? '', place: quoted[3] };
  const bare = text.replace(/^(?:the\s+(?:words?|terms?|names?|phrases?)\s+|an?\s+|the\s+)/i, '').trim();
  const placed = /^(.+?)\s+(?:in|within|of)\s+((?:(?:my|our|the|all)\s+)*\S+(?:\s+package)?)$/i.exec(bare);
  const [, term = bare, place] = placed ?? [];
  return { term: term.replace(/[,;:]+$/, ''), place };
}

function packageOf(place: string | undefined): string | undefined {
  if (place === undefined || EVERYWHERE.test(place.trim())) return undefined;
  const name = place
    .trim()
    .replace(/^(?:the\s+)?(?:package\s+)?/i, '')
    .replace(/\s+package$/i, '')
    .replace(/^[`"'“‘]|[`"'”’]$/g, '');
  return name === '' || name.length > 200 || EVERYWHERE.test(name) ? undefined : name;
}

function describe(
  { program, measure, least, without, directOnly }: Reading,
  terms: readonly string[],
): string {
  const [first, second] = terms.map((term) => `"${term}"`);
  const unit = measure === 'times' ? 'mentions' : measure;
  const packages = directOnly ? 'direct dependencies' : 'packages';
  const order = least ? 'fewest first' : 'most first';
  switch (program) {
    case 'rank-packages':
      return `Ranks the ${packages} by ${unit} of ${first} in their documents, ${order}`;
    case 'rank-files':
      return `Ranks the files by ${unit} of ${first}, ${order}`;
    case 'count-packages':
      return `Counts the ${packages} whose documents ${without ? 'do not mention' : 'mention'} ${first}`;
    case 'count-typed':
      return `Counts the ${packages} ${without ? 'without' : 'with'} type declarations among their documents`;
    case 'count-files':
      return `Counts the files that ${without ? 'do not mention' : 'mention'} ${first}`;
    case 'count-mentions':
      return `Counts the ${unit} of ${first}`;
    case 'compare-terms':
      return `Compares ${first} with ${second} by ${unit}`;
    case 'rank-sizes':
      return `Ranks the ${packages} by ${unit} of their documents, ${order}`;
    case 'count-corpus':
      return `Counts the ${unit} of the corpus`;
  }
}
