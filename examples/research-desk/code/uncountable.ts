/** Questions for a number of files, lines or packages that no program at hand counts: what the desk says of them. */
import { pickProgram } from './programs.js';

const THINGS = String.raw`(?:files?|documents?|pages?|lines?|words|sentences|paragraphs|characters|mentions|occurrences|packages?|dependenc(?:y|ies)|librar(?:y|ies)|modules?)`;
const OWNERS = String.raw`(?:(?:of|among)\s+)?(?:(?:my|our|your|the|all|these|this|installed|direct)\s+)*`;
const PLACE = String.raw`(?:\s+(?:of|in|from)\s+\S+)?`;
const NOT = String.raw`(?:(?:do|does)(?:\s+not|n['’]t)|never)\s+(?:\w+\s+)?`;
const MENTION = String.raw`(?:mention|talk|refer|contain|name|say|describe|cover|speak|include|use)s?\b`;

/** Of texts and their words: no document holds such a number. */
const OF_TEXTS = new RegExp(
  String.raw`^(?:in\s+)?(?:how\s+many\s+${OWNERS}${THINGS}${PLACE}\s+(?:${NOT})?|(?:which|what)\s+${OWNERS}${THINGS}${PLACE}\s+${NOT})${MENTION}`,
  'i',
);
/** May be of texts, or of what the documents tell of: "How many files may I send?" */
const OF_THINGS = new RegExp(
  String.raw`^(?:in\s+)?how\s+many\s+${OWNERS}${THINGS}\b|^wie\s*viele\s+(?:dateien|dokumente|seiten|zeilen|wörter|pakete)(?!\p{L})`,
  'iu',
);

/** Whether `question` asks to count texts in a way that no program at hand does. */
export function asksForOtherCount(question: string): boolean {
  return OF_TEXTS.test(question.trim()) && pickProgram(question) === undefined;
}

/** Whether `question` may ask for a count, so that where no document answers it this is to be said. */
export function mayAskForCount(question: string): boolean {
  return OF_THINGS.test(question.trim());
}

export function uncountable(question: string): string {
  return `No program at hand can count this: ${question}`;
}
