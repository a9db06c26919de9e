/** The texts of Baton's own options, where its own code offers them. They come from the table of options. */
import { getOptionRow, type DECISION_OPTIONS, type OptionId, type Wording } from './decision-options.js';

/** The names in a request that the texts mention. */
export interface OptionNames {
  readonly tool?: string | undefined;
  readonly askedBy?: string | undefined;
  readonly redirectTo?: readonly string[] | undefined;
}

type Place<Id extends OptionId> = (typeof DECISION_OPTIONS)[Id] extends { readonly wordings: infer Places }
  ? keyof Places & string
  : never;

/** Creates a Baton option for one place that offers it. */
export function createOfferIn<Id extends OptionId>(
  id: Id,
  place: Place<Id>,
  names: OptionNames = {},
): { id: OptionId; label: string; consequence: string } {
  return { id, ...fillWording(id, getOptionRow(id).wordings?.[place], names) };
}

/** The text from the table that a request uses; undefined if the text comes from the run. */
export function findOwnWording(id: string, offered: Wording, names: OptionNames): Wording | undefined {
  return Object.values(getOptionRow(id).wordings ?? {}).find((wording) => {
    const { label, consequence } = fillWording(id, wording, names);
    return offered.label === label && offered.consequence === consequence;
  });
}

function fillWording(id: string, wording: Wording = {}, names: OptionNames): Required<Wording> {
  const { label, consequence } = getOptionRow(id);
  const { tool = '', askedBy = '', redirectTo = [] } = names;
  const known: Readonly<Record<string, string>> = { tool, askedBy, redirectTo: redirectTo.join(', ') };
  const words = { label, consequence, ...wording };
  const fill = (_all: string, name: string): string => known[name] ?? '';
  return { ...words, consequence: words.consequence.replace(/\{(\w+)\}/g, fill) };
}
