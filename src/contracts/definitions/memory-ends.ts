/** Which namespaces of the shared memory two ends of a transition have in common. */
import { BatonError } from '../errors.js';

/** Any end of a contract: an agent names the namespaces that it reads and writes, a person has no tools for it. */
interface End {
  readonly kind: 'agent' | 'human';
  readonly name: string;
  readonly memory?: readonly { readonly name: string }[];
}

/** References go only to who can read them, and come from who can know them. */
export function assertBothEndsHave(
  contract: string,
  namespaces: readonly { readonly name: string }[],
  ends: readonly End[],
): void {
  for (const [index, { name }] of namespaces.entries()) {
    if (namespaces.findIndex((other) => other.name === name) !== index)
      throw new BatonError('BAD_DEFINITION', `contract ${contract}: memory names ${name} twice.`, { name });
    const without = ends.find(({ memory = [] }) => !memory.some((own) => own.name === name));
    if (without === undefined) continue;
    const instead =
      without.kind === 'agent'
        ? `Add it to the memory of agent ${without.name}, or leave it out of the contract.`
        : 'A person has no tools to read it: hand over in the payload what they must know.';
    throw new BatonError(
      'BAD_DEFINITION',
      `contract ${contract}: it hands over the memory ${name}, which ${without.name} does not have. ${instead}`,
      { contract, memory: name, agent: without.name },
    );
  }
}
