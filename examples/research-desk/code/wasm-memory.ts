/** WebAssembly's memory, whose types come with a browser's library only. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

declare const WebAssembly: {
  readonly Memory: new (pages: { initial: number; maximum: number }) => WasmMemory;
};

const PAGE_BYTES = 64 * 1024;
/** What the interpreter asks for at its start: 16 MB. */
const INITIAL_PAGES = 256;

/** A memory that can never have more than `bytes`. */
export function boundedMemory(bytes: number): WasmMemory {
  return new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: Math.floor(bytes / PAGE_BYTES) });
}
