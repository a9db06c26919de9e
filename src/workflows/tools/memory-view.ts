/** An agent's view of the shared memory: the versions that came with its task, and those that it has seen since. */
import type { KnownMemory, MemoryReference } from '../../contracts/handoff/envelope.js';
import { selectPinned, withReferences } from '../../contracts/handoff/memory-reference.js';

export class MemoryView {
  private memory: KnownMemory;

  constructor(start: KnownMemory = { handed: [], known: [] }) {
    this.memory = start;
  }

  /** The versions for a call of this tool; empty for a tool that does not use the memory. */
  pinnedFor(tool: string): readonly MemoryReference[] {
    return selectPinned(tool, this.memory);
  }

  /** A call has shown these versions to the agent, or written them for it. */
  saw(references: readonly MemoryReference[] = []): void {
    this.memory = { ...this.memory, known: withReferences(this.memory.known, references) };
  }

  /** Enough to resume, here or in another workflow; undefined while there is nothing to know. */
  get state(): KnownMemory | undefined {
    return this.memory.known.length === 0 ? undefined : this.memory;
  }
}
