/** Every text generator, behind one interface. */
export { modelFromEnvironment, type EnvironmentModelOptions } from './from-environment.js';
export {
  ModelError,
  type FinishReason,
  type Embeddings,
  type Model,
  type ModelErrorCode,
  type ModelRequest,
  type ModelResponse,
  type ToolSpec,
} from './model/model.js';
export {
  offlineModel,
  type OfflineAnswer,
  type OfflineModelOptions,
  type OfflineMove,
  plainText,
  sentences,
  stem,
  STOP_WORDS,
  tokenize,
} from './offline/index.js';
export { openaiModel, type OpenAIModelOptions } from './openai/openai-model.js';
export { estimateTokens } from './model/token-estimate.js';
