/** Models that are plain algorithms, and the text algorithms they are made of. */
export { bm25, rank, selectRelevant, type Ranked } from './bm25.js';
export { extractiveAnswer } from './extract.js';
export { blocks, type Block, type BlockKind, type Line } from './markdown-blocks.js';
export { readMaterial, stringsIn, type Material } from './material.js';
export { offlineModel, type OfflineModelOptions } from './model.js';
export type { OfflineAnswer, OfflineMove } from './move.js';
export { plainText, sentences, type Sentence } from './sentences.js';
export { stem } from './stem.js';
export { overlap, STOP_WORDS, terms, tokenize } from './words.js';
