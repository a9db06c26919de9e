/** WebAssembly's memory, whose types exist only in a browser's library. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

declare const WebAssembly: {
  readonly Memory: new (pages: { initial: number; maximum: number }) => WasmMemory;
};

const PAGE_BYTES = 64 * 1024;
/** The interpreter's initial memory: 16 MB. */
const INITIAL_PAGES = 256;

/** A memory that can never exceed `bytes`. */
export function boundedMemory(bytes: number): WasmMemory {
  return new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: Math.floor(bytes / PAGE_BYTES) });
}
