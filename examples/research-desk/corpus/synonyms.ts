/**
 * Words that documents and their readers use for one another. Ordinary English and the words of software; a small
 * list on purpose, since a wrong synonym costs more than a missing one.
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

const TABLE = new Map<string, Set<string>>();
for (const line of GROUPS.trim().split('\n')) {
  const group = line.trim().split(/\s+/);
  for (const word of group) {
    const others = TABLE.get(word) ?? new Set<string>();
    for (const other of group) if (other !== word) others.add(other);
    TABLE.set(word, others);
  }
}

/** The words that would do for `word`, also when it stands in a plural or with an ending. */
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
