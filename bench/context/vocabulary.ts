/** Words that fill the placeholders of sentences, and sentences that occur in any work. */

export const WORDS: Readonly<Record<string, readonly string[]>> = {
  place:
    'Milton House,Harbour Row,the north annex,Quay Street,the old mill,Linden Court,Ferry Lane,the depot,Tanner Yard,Station Road'.split(
      ',',
    ),
  person: 'Maria,Tomasz,Priya,Ingrid,Kwame,Aiko,Leonard,Samira,Bogdan,Yusuf,Helene,Odile'.split(','),
  firm: 'Lindqvist & Sons,Orrin Services,Bellweather,Kestrel Trade,Marlow Group,Tessera,Hollis Freight,Northgate Supply,Ambry Works,Corvane'.split(
    ',',
  ),
  city: 'Hamburg,Gdansk,Porto,Leeds,Utrecht,Trieste,Bergen,Lyon,Cork,Aarhus'.split(','),
  device:
    'boiler,roof fan,goods lift,fire panel,heat pump,sprinkler main,door controller,water softener'.split(
      ',',
    ),
  goods:
    'oak desk,reading lamp,cargo bike,espresso machine,camping stove,office chair,snow shovel,record player,garden bench,steam iron,bread oven,bookcase,folding bed,wall clock,tool chest,canoe'.split(
      ',',
    ),
  service:
    'billing-api,search-index,mail-relay,session-store,report-builder,image-resizer,audit-log,price-feed,login-page,stock-sync,pdf-printer,geo-coder,label-queue,rate-limiter,tax-tables,chat-bridge'.split(
      ',',
    ),
  month: 'January,February,March,April,May,June,July,August,September,October,November,December'.split(','),
  reason:
    'the supplier cannot do it earlier,it costs the least,the other way failed last year,the insurer asks for it,nobody is there in the evening,it can be undone within an hour'.split(
      ',',
    ),
};

/** Sentences of people and agents in any work. */
export const CHATTER: readonly string[] = [
  'Sorry for the late reply, it has been a long week.',
  'Thanks for taking care of this.',
  'I will be travelling on {day} {month}, but can be reached.',
  'Let me know if anything is missing.',
  'Hope you had a good weekend.',
  'I had that somewhere, give me a moment.',
  'Good question.',
  'My colleague {person} may know more, but is away.',
  'As said on the phone.',
  'Have a good day, {person}.',
];

/** Sentences of an agent while it works. */
export const MUSINGS: readonly string[] = [
  'I will look through the records next and see what is there.',
  'Nothing unusual so far.',
  'Let me check the other source before I go on.',
  'This took longer than expected, as the first page was out of date.',
  'I have read the thread up to {month}, the rest is about other things.',
  'There are {number} entries, most of which say the same.',
  'It is not clear whether this matters.',
  'I am going through the list from the top.',
];
