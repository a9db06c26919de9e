/** The German that the desk knows: words without a topic, and word endings. */
const STOP = new Set(
  `aber alle als am an auch auf aus bei beim bin bis bist da dann darf dürfen das dass dein deine dem den denn der des
  die dies diese dieser doch du durch ein eine einem einen einer eines er es etwas für gibt habe haben hat hatte hier
  ich ihr im in ins ist ja jede jeder kann kannst kein keine können man mein meine meinem meinen meiner mich mir mit
  muss müssen nach nicht noch nur ob oder ohne sein seine sich sie sind soll sollen sollte tun über um und uns unser
  vom von vor war warum was wann welche welchem welchen welcher welches wem wen wenn wer werden wie wieso wird wir wo
  wofür worden wurde zu zum zur`.split(/\s+/),
);
/** German words that never occur in an English question; others ("die", "war", "man") prove nothing. */
const TELLING =
  /(?<!\p{L})(?:ich|ist|wie|wann|welche[rsmn]?|darf|muss|müssen|können|kann|nicht|oder|und|eine?[rsmn]?|der|das|den|dem|wird|werden|wer|warum|gibt|für|über|wenn|habe|haben|sind)(?!\p{L})/giu;

const ENDINGS = ['', 'e', 'en', 'er', 'es', 'em', 'n', 's', 'ene', 'ener', 'enen', 'enes', 'ern'];

/** Whether a text is German: it has two words that only German has, or one and an umlaut. */
export function isGerman(text: string): boolean {
  const told = new Set((text.match(TELLING) ?? []).map((word) => word.toLowerCase())).size;
  return told >= 2 || (told === 1 && (/[äöüß]/i.test(text) || text.split(/\s+/).length <= 4));
}

export function isGermanStopWord(word: string): boolean {
  return STOP.has(word);
}

/** Other forms of a German word: "verlorener" for "verloren". */
export function germanForms(word: string): readonly string[] {
  const base = word.replace(/(?:ern|enen|ener|enes|en|er|es|em|e|n|s)$/, '');
  if (base.length < 4) return [];
  return ENDINGS.map((ending) => `${base}${ending}`).filter((form) => form !== word);
}

/** The English words for a German software term, by the start of the term, which its forms share. */
const ENGLISH: readonly (readonly [string, string])[] = [
  ['abbrech', 'cancel abort'],
  ['abbreche', 'cancel abort'],
  ['abbruch', 'cancel abort cancellation'],
  ['breche', 'cancel abort'],
  ['abhängig', 'dependency'],
  ['anfrage', 'request'],
  ['anhang', 'attachment attachments'],
  ['anhänge', 'attachment attachments'],
  ['aufgabe', 'task'],
  ['ausführ', 'execute run'],
  ['begrenz', 'limit maximum'],
  ['datei', 'file'],
  ['daten', 'data'],
  ['einstell', 'option setting configure'],
  ['fehler', 'error failure'],
  ['gleichzeitig', 'concurrent concurrently parallel'],
  ['höchst', 'maximum'],
  ['lese', 'read'],
  ['lösch', 'delete remove'],
  ['nachricht', 'message'],
  ['option', 'option'],
  ['prüf', 'validate check'],
  ['schreib', 'write'],
  ['send', 'send'],
  ['signal', 'signal'],
  ['standard', 'default'],
  ['starte', 'start'],
  ['test', 'test'],
  ['unterschied', 'difference'],
  ['verbind', 'connection connect'],
  ['verschick', 'send'],
  ['voreinstell', 'default'],
  ['warte', 'wait'],
  ['warteschlange', 'queue'],
  ['wiederhol', 'retry'],
  ['zeitlimit', 'timeout'],
  ['zeitüberschreitung', 'timeout'],
];

/** English words for a German one; empty for most words. */
export function inEnglish(word: string): readonly string[] {
  return ENGLISH.filter(([beginning]) => word.startsWith(beginning)).flatMap(([, words]) => words.split(' '));
}
