/** How an agent states its confidence in a call: in an extra property of the call, which the tool never gets. */
import { defined } from '../../contracts/data/defined.js';
import type { Confidence } from '../../contracts/definitions/confidence.js';
import { isJsonObject, type Json } from '../../contracts/data/json.js';
import { CONFIDENCE_PROPERTY } from '../../contracts/data/names.js';

/** A tool's parameters with the property, for a model. It is optional, because an invented number is worse than no number. */
export function withConfidence(parameters: Json): Json {
  if (!isJsonObject(parameters)) return parameters;
  const { properties } = parameters;
  const confidence = {
    type: 'number',
    minimum: 0,
    maximum: 1,
    description:
      'How sure you are, from 0 to 1, that this call with these arguments is right. Leave it out where you cannot say: a person is asked then.',
  };
  const own = properties !== undefined && isJsonObject(properties) ? properties : {};
  return { ...parameters, properties: { ...own, [CONFIDENCE_PROPERTY]: confidence } };
}

/** The arguments for the tool, and the confidence that the model stated. */
export function withoutConfidence(written: Json): { readonly args: Json; readonly stated?: number } {
  if (!isJsonObject(written) || !(CONFIDENCE_PROPERTY in written)) return { args: written };
  const { [CONFIDENCE_PROPERTY]: said, ...args } = written;
  // An invalid confidence is ignored, and a person is asked.
  return typeof said === 'number' && said >= 0 && said <= 1 ? { args, stated: said } : { args };
}

export function toConfidence(stated: number | undefined, routed: number | undefined): Confidence {
  return defined({ stated, routed });
}
