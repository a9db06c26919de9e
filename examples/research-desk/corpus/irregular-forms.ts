/** Forms of English words that no stemmer unites: "met" is a form of "meet", "children" of "child". */
const FORMS = `
meet met; go went gone; run ran; write wrote written; build built; send sent; keep kept; leave left; make made; take took taken;
begin began begun; find found; lose lost; pay paid; hold held; tell told; lead led; fall fell fallen; grow grew grown;
know knew known; draw drew drawn; break broke broken; choose chose chosen; drive drove driven; eat ate eaten; fly flew flown;
give gave given; rise rose risen; speak spoke spoken; steal stole stolen; teach taught; think thought; throw threw thrown;
win won; wear wore worn; sell sold; buy bought; catch caught; fight fought; sleep slept; spend spent; stand stood;
understand understood; die died death; bring brought; feel felt; forget forgot forgotten; freeze froze frozen; hide hid hidden;
hear heard; mean meant; ride rode ridden; ring rang rung; say said; see saw seen; seek sought; shake shook shaken; sing sang sung;
sink sank sunk; sit sat; strike struck; swim swam swum; bind bound; bite bit bitten; blow blew blown; shoot shot; show shown;
become became; come came; do did done; get got; lie lay lain; rewrite rewrote rewritten; override overrode overridden;
man men; woman women; child children; foot feet; tooth teeth; mouse mice; person people; life lives; wife wives; knife knives;
leaf leaves; loaf loaves; half halves; wolf wolves; goose geese; index indices indexes; matrix matrices; datum data;
criterion criteria; analysis analyses; vertex vertices; schema schemata
`;

const TABLE = new Map<string, readonly string[]>();
for (const group of FORMS.split(';')) {
  const forms = group.trim().split(/\s+/);
  for (const form of forms)
    TABLE.set(form, [...(TABLE.get(form) ?? []), ...forms.filter((other) => other !== form)]);
}

/** The other forms of a word, in lower case; empty for a regular word. */
export function otherForms(word: string): readonly string[] {
  return TABLE.get(word) ?? [];
}
