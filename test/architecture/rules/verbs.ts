/** The words that a function of the package may begin with. A missing verb is added here; a noun is not. */

/** The verbs of functions that do something. */
const ACTIONS = `
abort accept acknowledge acquire add adopt answer append apply ask assert assign
audit authenticate await begin block bound build call carry chain change check
choose claim clarify classify clean clear clip close collect compare complete compose compute
conclude condense confirm connect continue converse copy count create cut decide decline
decode dedupe deepen define delegate delete deliver deny derive describe digest dismiss
dispatch dispose download draw drop edit embed encode end ensure enter escape
estimate examine exit explain export extract fail fall fetch fill filter find finish
fit flatten flush fold follow forget fork format freeze generate get give
go group guard handle hang hash hear hide hold host identify implement import indent install
interrupt intersect introduce join judge keep knock launch leave limit link list
listen load locate lock look loosen make map mark match measure merge
mirror move name normalize note notify number observe offer omit open pad
parse pause perform pick place plan play pluralize post prepare present print
probe produce propose prune publish put query queue quote rank read recall record
recover redact redirect refresh refuse register release remember remind remove render renew
repair repeat replace report request require reroute resolve resume retry return review
revoke roll round route run save say score seal search select send
serialize serve set settle shape share shorten show shut sign sort split
stack start step stop store stream strip sum summarize supervise take tally
tell throw tint tokenize trigger trim truncate try turn unpack unwrap update
use validate verify visit wait warn watch weigh wrap write
`;

/** The verbs of functions that describe their argument. */
const PREDICATES = 'are can does has includes is matches needs should';

/** Conversions, copies with a change, and handlers of events. */
const CONVERSIONS = 'from on to with without';

/** `defined({ … })` reads as the object that it makes; `childAgent` is a workflow type, so histories hold it. */
const NAMES = new Set(['defined', 'childAgent']);

const VERBS = new Set([ACTIONS, PREDICATES, CONVERSIONS].join(' ').trim().split(/\s+/));

export function beginsWithVerb(name: string): boolean {
  return NAMES.has(name) || VERBS.has(/^[a-z]+/.exec(name)?.[0] ?? name);
}
