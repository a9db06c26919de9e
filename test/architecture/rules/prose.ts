/** How public text is written, as data: the words that are not used, each with the word that is, and the shape of sentences. */

export interface WordRule {
  readonly never: RegExp;
  /** The words to write instead. */
  readonly say: string;
  /** Files in which the word means something else. */
  readonly except?: RegExp;
}

/** One word for one thing: the glossary. */
const GLOSSARY: readonly WordRule[] = [
  { never: /\bhand(s|ed|ing)? (it |them |control |the task |the work )?(over|on)\b/i, say: 'hand off to' },
  {
    never: /\btak(e|es|en|ing) (it |them |the task |a task )?on\b|\btook (it |the task )?on\b/i,
    say: 'accept',
  },
  { never: /\bwhose it (is|was)\b|\bwho(ever)? has it next\b/i, say: 'owner, receiver' },
  { never: /\bwhat waits\b/i, say: 'a pending request' },
  { never: /\blet (it |them |something )?happen\b|\bsays? (no|yes)\b/i, say: 'approve, reject' },
  { never: /\bwho may decide\b|\bpeople who count\b/i, say: 'approver, eligible roles' },
  { never: /\bnobody answers\b|\bno worker answers\b/i, say: 'the worker is unavailable' },
  { never: /\bnobody (decides|knows|can know)\b/i, say: 'no one decides in time; the outcome is unknown' },
  { never: /\bheld by\b|\bis held\b|\bare held\b/i, say: 'stuck' },
  { never: /\bmend(s|ed|ing)?\b/i, say: 'fix, retry, recover' },
  { never: /\bstand(s|ing)? in for\b/i, say: 'replace; a stand-in is a fallback' },
  { never: /\bused up\b/i, say: 'exhausted' },
  { never: /\bledger\b/i, say: 'settled facts', except: /support-desk|compose|two-workers/ },
  { never: /\b(of|in) a workflow of its own\b/i, say: 'as a child workflow' },
  { never: /\bwhose (word|words) counts?\b/i, say: 'approver' },
];

/** Idioms that have a plain verb. */
const IDIOMS: readonly WordRule[] = [
  { never: /\b(is|are|was|were|be|being) told\b/i, say: 'name who says it: “the agent sees …”' },
  { never: /(?<!\bthere )\b(is|are) no\b(?! (longer|more|later|less)\b)/i, say: 'is not a …, there is no …' },
  { never: /\b(is|are|was|were|be) given\b/i, say: 'gets, receives' },
  { never: /\bthere is none\b|\bhas none\b|\bhave none\b/i, say: 'has no …, is missing' },
  { never: /\bbeside\b/i, say: 'next to, with, compared with' },
  { never: /\bcomes? to (the|a|an|its|somebody|anybody|nobody)\b/i, say: 'reaches' },
  { never: /\bgo(es|ne)? on with\b|\bgoes on\b|\bwent on\b/i, say: 'continues, resumes' },
  { never: /\bholds? for\b|\bheld for\b/i, say: 'applies to' },
  {
    never:
      /\bof (its|their|his|her|your|one's|ours|mine) own(?=$|[.,;:)]| (and|for|so|in|on|with|to|that|which)\b)/i,
    say: 'its own …',
  },
  { never: /\bby (itself|themselves)\b/i, say: 'automatically, alone' },
  { never: /\banew\b/i, say: 'again' },
  { never: /\bwhoever\b|\bwhatever\b/i, say: 'name the person or thing' },
  { never: /\ball the same\b/i, say: 'anyway' },
  { never: /\bis to be\b|\bare to be\b/i, say: 'must be, will be' },
  {
    never: /\bmay well\b|\bas it were\b|\bthereby\b|\bwherein\b|\bthereof\b|\bhence\b/i,
    say: 'leave it out',
  },
];

export const WORD_RULES: readonly WordRule[] = [...GLOSSARY, ...IDIOMS];

/** A relative clause is not a subject: “What remains fails”. A question may begin so. */
export const CLAUSE_AS_SUBJECT = /^(Who|What|Whom|Whose|Whoever|Whatever|That which)\s(?!.*\?$)/;

/** The guide says about 25. */
export const WORDS_A_SENTENCE = 30;
