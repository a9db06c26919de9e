/**
 * Words that documents and readers use for the same thing, in ordinary English and in software. The list is
 * small on purpose, because a wrong synonym costs more than a missing one.
 */
const GROUPS = `
abort cancel cancellation interrupt
stop terminate shutdown halt quit
delete remove erase
create make construct instantiate
begin start
fail failure error exception
throw throws raise
retry retries reattempt repeat
timeout deadline
delay interval backoff
wait sleep
config configuration configure settings options
option flag switch setting
argument parameter arg param
install setup
validate validation check verify
parse parsing
convert transform coerce
unknown unrecognized unexpected
default fallback
env environment
log logging logger
mask redact censor hide
close dispose
receive listen subscribe
callback listener handler
stream streaming
concurrent parallel simultaneous concurrency
limit maximum max
minimum min
async asynchronous
colour color
license licence
download fetch
price cost fee charge
buy purchase
repair fix
clean wash cleaning
store keep storage
temperature degrees heat
ill sick illness
begin beginning start
allowed permitted allow permit
forbidden prohibited banned
refund reimburse reimbursement
holiday vacation leave
employee staff worker
phone telephone
reduce decrease lower
ingredient ingredients
duration hours minutes
nested nesting subobject
report throw raise
run execute execution
compile compiled
end finish complete
big large size
merge combine
copy clone duplicate
deprecated obsolete
enable activate
disable deactivate suppress
encrypt encryption
authenticate authentication auth login credentials
expire expiry last valid validity lifetime
attach attachment
reject refuse disallow forbid strict
detect notice recognize
fly flight plane aircraft
quota allowance
send deliver
order purchase
`;

/** Phrases for which documents use one word. Otherwise the search would look for each word of the phrase. */
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/\b(?:at the same time|at once|in parallel|side by side|all together)\b/gi, 'concurrent'],
  [
    /\b(?:limit )?how many (\w+) (.{0,40}?)\b(?:runs?|handles?|does|do|process(?:es)?)(?= concurrent\b)/gi,
    'maximum number of $1 $2 executes',
  ],
  [/\b(?:does|do|did|is|are)(?: not|n['’]t) (\S+) in time\b/gi, '$1 timeout'],
  [/\breports? (?:an? )?errors?\b/gi, 'throw error validation fails'],
  [/\b(?:for|of|in) nested (?:objects?|fields?|data)\b/gi, 'path'],
  [/\b(?:takes?|lasts?|runs?) too long\b/gi, 'timeout'],
  [/\btim(?:e|es|ed|ing) out\b/gi, 'timeout'],
  [/\b(?:switch|turn)(?:ed|s)? off\b/gi, 'disable'],
  [/\b(?:switch|turn)(?:ed|s)? on\b/gi, 'enable'],
  [/\b(?:tr(?:y|ied|ies)) again\b/gi, 'retry'],
  [/\bshuts? down\b/gi, 'shutdown'],
  [/\bset(?:s|ting)? up\b/gi, 'setup'],
  [/\b(?:at most|no more than|up to how many)\b/gi, 'maximum'],
  [/\bat least\b/gi, 'minimum'],
  [/\bhow (?:big|large) (?:can|may|must)\b/gi, 'maximum size'],
  [/\bgets? rid of\b/gi, 'remove'],
  [/\blog(?:s|ged)? in\b/gi, 'login'],
  [/\bkeeps? alive\b/gi, 'keepalive'],
];

/** Replaces the phrases of a text by the words that documents use. */
export function rephrased(text: string): string {
  return PHRASES.reduce((said, [phrase, word]) => said.replace(phrase, word), text);
}

const TABLE = new Map<string, Set<string>>();
for (const line of GROUPS.trim().split('\n')) {
  const group = line.trim().split(/\s+/);
  for (const word of group) {
    const others = TABLE.get(word) ?? new Set<string>();
    for (const other of group) if (other !== word) others.add(other);
    TABLE.set(word, others);
  }
}

/** The synonyms of `word`, also in a plural or with an ending. */
export function synonymsOf(word: string): readonly string[] {
  const bases = [
    word,
    word.replace(/s$/, ''),
    word.replace(/ie[sd]$/, 'y'),
    word.replace(/ing$/, ''),
    word.replace(/ing$/, 'e'),
    word.replace(/ed$/, ''),
    word.replace(/d$/, ''),
  ];
  for (const base of bases) {
    const others = TABLE.get(base);
    if (others !== undefined) return [...others];
  }
  return [];
}
