/** How often an agent may correct an answer that cannot be used. */
export const REPAIR_LIMIT = 2;
