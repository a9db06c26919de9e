/** What an agent at work sees of the shared memory: it reads what it was handed, and knows what it has seen since. */
import type { KnownMemory, MemoryReference } from '../../contracts/handoff/envelope.js';
import { selectPinned, withReferences } from '../../contracts/handoff/memory-reference.js';

export class MemoryView {
  private memory: KnownMemory;

  constructor(start: KnownMemory = { handed: [], known: [] }) {
    this.memory = start;
  }

  /** What a call of this tool must know; empty for any that does not reach the memory. */
  pinnedFor(tool: string): readonly MemoryReference[] {
    return selectPinned(tool, this.memory);
  }

  /** A call has shown these versions to the agent, or written them for it. */
  saw(references: readonly MemoryReference[] = []): void {
    this.memory = { ...this.memory, known: withReferences(this.memory.known, references) };
  }

  /** Enough to go on with, here or in another workflow; undefined while there is nothing to know. */
  get state(): KnownMemory | undefined {
    return this.memory.known.length === 0 ? undefined : this.memory;
  }
}
