/** Models that are plain algorithms, and the text algorithms behind them. */
export { scoreBm25, rank, selectRelevant, type Ranked } from './bm25.js';
export { extractAnswer } from './extract.js';
export { parseBlocks, type Block, type BlockKind, type Line } from './markdown-blocks.js';
export { readMaterial, listStrings, type Material } from './material.js';
export { offlineModel, type OfflineModelOptions } from './model.js';
export type { OfflineAnswer, OfflineMove } from './move.js';
export { plainText, sentences, type Sentence } from './sentences.js';
export { computeOverlap, STOP_WORDS, listTerms, stem, tokenize } from './words.js';
